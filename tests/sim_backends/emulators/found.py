"""Every emulator, as it stands on the bench `reference`."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from drivers.conformance.folder import folder_of
from labctl.discovery import installed_labs
from labctl.labs import OURS
from rigs.bench import Bench, RoleEntry
from rigs.conformance import places
from rigs.conformance.checks import stand_of
from rigs.serving import alone
from sim_backends.conformance.stand import Stand


def names() -> list[str]:
    """`vendor.model` of every emulator of ours."""
    return places.emulators(installed_labs()[0])


@lru_cache
def bench() -> Bench:
    """The bench `reference`."""
    (found,) = places.simulated_benches(installed_labs()[0])
    return found


def role_of(emulator: str) -> tuple[str, RoleEntry]:
    """The role that has this emulator on the bench `reference`."""
    for role, entry in bench().roles.items():
        if entry.emulator == emulator:
            return role, entry
    raise AssertionError(f"the bench reference lacks {emulator}: rigs/benches/sim/reference.toml")


def make(emulator: str, seed: int = 1) -> Any:
    """A fresh emulator on its known device at run time 0."""
    role, _ = role_of(emulator)
    return alone(bench(), role, seed).build(0.0)[1][role]


def stand(emulator: str) -> Stand:
    """The emulator as the rules meet it, with what its driver's golden file sends."""
    (lab,) = (lab for lab in installed_labs() if lab.name == OURS)
    place = next(place for place in places.places(lab) if place.emulator == emulator)
    return stand_of(place, folder_of("drivers"))


def streams() -> list[str]:
    """Emulators on a bench that speak on a stream of bytes."""
    found = [place.emulator for place in places.places(installed_labs()[0])]
    return sorted(name for name in set(found) if stand(name).on_a_stream)
