"""Whether a lease holds: by its holder's process here, by its holder's counter elsewhere."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from labctl import clock
from labctl.leases.lease import BEAT, Lease, any_alive, is_here
from labctl.leases.shelf import Shelf
from labctl.platform.filesystems import network_file_system

BEATS = 3.5
"""For how many beats a counter is watched before its holder is taken for dead."""

LOOKS = 8
"""How often it is looked at in that time."""

State = Literal["held", "dead", "unknown"]
"""Its process runs; it has ended; it cannot be seen from here."""

Found = Lease | bytes
"""A lease, or what stands in a file that is none."""


@dataclass(frozen=True)
class Standing:
    """A lease as `labctl leases` lists it; `lease` is None for a file that is none."""

    file: str
    state: State
    lease: Lease | None


def standing(folder: Path) -> list[Standing]:
    """Every lease in `folder` that somebody holds or left behind; [] where there is no folder.

    Nobody is waited for: a holder that cannot be seen from here is "unknown".
    """
    if not folder.is_dir():
        return []
    shelf, local = Shelf(folder), is_local(folder)
    found: list[Standing] = []
    for stem, number in sorted(shelf.tops().items()):
        one = shelf.read(stem, number)
        if one is not None:
            lease = one if isinstance(one, Lease) else None
            found.append(Standing(f"{stem}.{number}", state_of(shelf, one, local=local), lease))
    return found


def is_local(folder: Path) -> bool:
    """Whether the folder lies on a disk that only this machine writes."""
    return not network_file_system(folder)


def state_of(shelf: Shelf, found: Found, *, local: bool, run: str = "") -> State:
    """What is known at once; a run's own lease is dead with the process that held it.

    Others' hold as long as a process uses the bench for them, so that no worker without a guardian
    meets another run at its instruments.
    """
    if isinstance(found, bytes) or not is_here(found.holder, local=local):
        return "unknown"
    pulse = shelf.pulse(found.holder.token)
    own = found.holder.run == run
    keepers = () if own or pulse is None else pulse.keepers
    return "held" if any_alive(found.holder, keepers) else "dead"


def watched(
    shelf: Shelf, unknown: Mapping[str, tuple[int, Found]]
) -> Literal["silent", "alive", "changed"]:
    """Watch the holders of files (stem -> number and content) that cannot be seen from here.

    "silent": none moved its counter for longer than three of its beats, which are waited for.
    "alive": one did. "changed": one of the files is no longer what it was, look again.
    """
    files, beats = _files(shelf, unknown), _beats(shelf, unknown)
    seconds = BEATS * max(_beat(found) for _, found in unknown.values())
    began, pause = clock.stopwatch(), threading.Event()
    while clock.stopwatch() - began < seconds:
        pause.wait(seconds / LOOKS)
        if _files(shelf, unknown) != files:
            return "changed"
        if _beats(shelf, unknown) != beats:
            return "alive"
    return "silent"


def _beat(found: Found) -> float:
    return BEAT if isinstance(found, bytes) else found.holder.beat


def _files(shelf: Shelf, unknown: Mapping[str, tuple[int, Found]]) -> list[object]:
    tops = shelf.tops()
    return [(tops.get(stem), shelf.read(stem, number)) for stem, (number, _) in unknown.items()]


def _beats(shelf: Shelf, unknown: Mapping[str, tuple[int, Found]]) -> list[int | None]:
    leases = [found for _, found in unknown.values() if isinstance(found, Lease)]
    pulses = [shelf.pulse(lease.holder.token) for lease in leases]
    return [None if pulse is None else pulse.beats for pulse in pulses]
