"""Which faults the instruments of a simulated bench can have on their lines, with their sizes.

Kinds and keys are those of `[[sim.faults]]` in a bench file. Faults of a sensor are not among them:
nothing on the line tells those, so that they prove nothing about a procedure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from typing import Any

from drivers.links.settings import AttributeSettings, ProcessSettings
from drivers.registry import load_driver
from labctl.testing.offered import Offered
from rigs.bench import load_bench
from rigs.benches import simulated_bench
from rigs.dossier import DossierRig

FILES = "sim:files"
"""The door of instruments that write files: they are asked nothing and answer nothing."""

Table = Mapping[str, Any]


def offered(bench: Path | None, *, rig: type, seed: int) -> tuple[Offered, ...]:
    """The faults of each role of a simulated bench, in its order, sized by `seed`.

    None of a real bench, nor of a rig without instruments.
    """
    if issubclass(rig, DossierRig):
        return ()
    found = load_bench(bench or simulated_bench(rig.name))
    if not found.simulated:
        return ()
    return tuple(
        Offered(role, kind, size(Random(f"{seed}/{role}/{kind}"), entry.driver))
        for role, entry in found.roles.items()
        if entry.address != FILES
        for kind, size in SIZES.items()
    )


def lates(timeout: float, quiet: float) -> tuple[float, float]:
    """Delays in s that a driver has to bear: within the time-out, and within the silence that
    follows a failure. One that comes later may be taken for the next answer (docs/gaps.md)."""
    return 0.3 * timeout, timeout + 0.6 * quiet


def patience(driver: str) -> tuple[float, float]:
    """Time-out of one answer in s, and the silence in s after which none is waited for.

    A program that did not answer in time is killed: nothing of it comes late.
    """
    settings: Any = load_driver(driver).settings
    silent = isinstance(settings, AttributeSettings | ProcessSettings)
    quiet = 0.0 if silent else settings.quiet
    return settings.timeout, quiet


def _nothing(rng: Random, driver: str) -> Table:
    return {}


def _late(rng: Random, driver: str) -> Table:
    return {"seconds": rng.choice(lates(*patience(driver)))}


def _mask(rng: Random, driver: str) -> Table:
    """No mask turns a digit into another digit."""
    return {"mask": rng.choice((0x15, 0x40, 0x80, 0xFF))}


SIZES: dict[str, Callable[[Random, str], Table]] = {
    "silence": _nothing,
    "delay": _late,
    "garble": _mask,
    "truncate": lambda rng, _: {"keep": rng.randint(1, 7)},
    "disconnect": _nothing,
    "reboot": lambda rng, _: {"seconds": rng.choice((1.0, 5.0, 30.0))},
    "replace": lambda *_: {"old": "SIM-", "new": "SIM-9"},
}
"""The size of a fault of each kind, drawn for a driver."""
