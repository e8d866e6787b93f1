"""The simulated counterpart of one role of a real bench.

The emulator of the role's own driver is taken where one of the labs has it and where the port of
the rig's simulated bench can serve it. Else the instrument of that bench stands in, by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from drivers.registry import load_driver
from labctl.discovery import installed_labs
from labctl.rehearsing import LIMITS, NO_EMULATOR, OTHER_PORT, StandIn
from labctl.words import Text
from rigs.bench_entries import RoleEntry
from rigs.conformance.places import places
from rigs.serving import ports_of


def counterpart(role: str, real: RoleEntry, twin: RoleEntry) -> tuple[RoleEntry, StandIn | None]:
    """The role as it is simulated, after `twin` of the rig's simulated bench, and what stands in.

    Nothing stands in (None) where the role's own driver talks to an emulator of its own model.
    """
    if real.driver == twin.driver:
        return _wired(real, twin, twin.emulator, twin.address), None
    found = list(_emulators(real.driver))
    for emulator, door in found:
        if fits(emulator, twin.emulator):
            return _wired(real, twin, emulator, door), None
    why = _why(real, twin, OTHER_PORT if found else NO_EMULATOR)
    return _other(real, twin), StandIn(role, real.driver, twin.driver, why)


def fits(emulator: str, served: str) -> bool:
    """Whether a port that serves the emulator `served` serves `emulator` as well.

    It does where `emulator` takes the same kind of port, or one with fewer abilities.
    """
    taken, given = ports_of(emulator), ports_of(served)
    return bool(given) and all(any(_is_kind(one, kind) for kind in taken) for one in given)


def _is_kind(port: Any, kind: Any) -> bool:
    return port == kind or (isinstance(port, type) and kind in port.__mro__)


def _wired(real: RoleEntry, twin: RoleEntry, emulator: str, door: str) -> RoleEntry:
    """`real` at the port of `twin`, with `emulator` behind `door`."""
    return msgspec.structs.replace(
        real,
        address=door,
        emulator=emulator,
        port=twin.port,
        trace=twin.trace,
        options=_without_secrets(real),
        certificate_file="",
        certificate_tables=(),
    )


def _other(real: RoleEntry, twin: RoleEntry) -> RoleEntry:
    """`twin` with those limits of `real` that its driver keeps."""
    known = load_driver(twin.driver).limit_units
    limits = {name: limit for name, limit in real.limits.items() if name in known}
    return msgspec.structs.replace(twin, limits={**twin.limits, **limits})


def _why(real: RoleEntry, twin: RoleEntry, why: str) -> Text:
    known = load_driver(twin.driver).limit_units
    lost = ", ".join(name for name in real.limits if name not in known)
    return Text(why if not lost else LIMITS, {"why": why, "lost": lost} if lost else {})


def _emulators(driver: str) -> Iterator[tuple[str, str]]:
    """Emulator and door of `driver` wherever a simulated bench of a lab has it, ours first."""
    for lab in installed_labs():
        for place in places(lab):
            if place.driver == driver:
                yield place.emulator, place.bench.roles[place.role].address


def _without_secrets(entry: RoleEntry) -> dict[str, object]:
    """The options of a role with a word in the place of each secret: none is needed here."""
    return {
        name: "rehearsal" if isinstance(value, dict) and set(value) <= {"env", "keyring"} else value
        for name, value in entry.options.items()
    }
