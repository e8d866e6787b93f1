"""What a lab offers to whoever plans a run: a bench rehearsed on simulated counterparts of itself.

A rehearsal opens no address that stands in the bench file: every instrument is an emulator in
this process. The procedure, the drivers, their accuracies and the bench's own contributions are
those of the real run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import msgspec

from labctl.words import Words

if TYPE_CHECKING:
    from labctl.labs import BenchOpener

REFERENCE_CELL = "reference_cell"
"""What a certificate belongs to that is no role: the bench's reference cell."""


class StandIn(msgspec.Struct, frozen=True):
    """In the role `role` the driver `by` stands in for its `driver`, and `why`.

    The accuracies and the emulator of `by` enter the rehearsal.
    """

    role: str
    driver: str
    by: str
    why: Words


class Certificate(msgspec.Struct, frozen=True):
    """A calibration of a role, or of the `reference_cell`: its `number`, and until when it lasts.

    None and "" where the bench file does not say.
    """

    of: str
    number: str = ""
    calibrated: date | None = None
    due: date | None = None


class Guard(msgspec.Struct, frozen=True):
    """An interlock of the bench and what it does: "hold" or "trip"."""

    name: str
    action: str


@dataclass(frozen=True)
class Rehearsal:
    """A bench that can be opened for a rehearsal by `open`, whose argument `bench` is left alone.

    `bench` is its name, `sha256` that of its file; `real`: it has real instruments, which are
    simulated here. `addresses` are those in the file, by role. `hardware_interlock` names what cuts
    the energy of a `hazardous` bench without labctl. `certificates` has a row for every role.
    """

    bench: str
    path: Path
    sha256: str
    real: bool
    open: BenchOpener
    stand_ins: tuple[StandIn, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    guards: tuple[Guard, ...] = ()
    hazardous: bool = False
    hardware_interlock: str = ""
    addresses: Mapping[str, str] = field(default_factory=dict[str, str])


class Rehearser(Protocol):
    """Prepares the rehearsal of the bench file `bench` (None: the rig's own simulated bench).

    `BenchError` where the file is wrong, or is none for the class `rig`.
    """

    def __call__(self, bench: Path | None, rig: type) -> Rehearsal:
        """The prepared rehearsal; nothing is open yet."""
        ...
