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
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import msgspec

from labctl.i18n import N_
from labctl.quantity import Quantity
from labctl.sample import Sample
from labctl.words import Words

if TYPE_CHECKING:
    from labctl.labs import BenchOpener

NO_EMULATOR = N_("there is no emulator of this model")
OTHER_PORT = N_("its emulator does not fit what it measures on the rig's simulated bench")
LIMITS = N_("{why}; the other model does not keep the limits {lost}")
"""Why another instrument stands in for one."""

REFERENCE_CELL, BOTTOM_CELL, SHUNT = "reference_cell", "bottom_cell", "shunt"
TRANSFORMER, DC_TRANSDUCER = "current_transformer", "dc_transducer"
"""What a certificate belongs to that is no role: reference cell, shunt, current transducers."""


class StandIn(msgspec.Struct, frozen=True):
    """In the role `role` the driver `by` stands in for its `driver`, and `why`.

    The accuracies and the emulator of `by` enter the rehearsal.
    """

    role: str
    driver: str
    by: str
    why: Words


class Certificate(msgspec.Struct, frozen=True):
    """A calibration of a role, of the `reference_cell` or the `shunt`: its `number`, and until when
    it lasts.

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


@runtime_checkable
class Consumables(Protocol):
    """A rig that can tell what it uses up."""

    async def consumed(self) -> Mapping[str, Quantity]:
        """What was used up so far, by name (`lamp_hours`), as the instruments count it."""
        ...


Used = Mapping[str, Quantity]
"""What a rehearsal used up, by name."""


@dataclass(frozen=True)
class Rehearsal:
    """A bench that can be opened for a rehearsal by `open`, whose argument `bench` is left alone.

    `bench` is its name, `sha256` that of its file; `real`: it has real instruments, which are
    simulated here. `addresses` are those in the file, by role. `hardware_interlock` names what cuts
    the energy of a `hazardous` bench without labctl. `certificates` has a row for every role.
    `used` gains a row with each rehearsal whose rig tells what it uses up (`Consumables`).
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
    used: list[Used] = field(default_factory=list[Used])


class Rehearser(Protocol):
    """Prepares the rehearsal of the bench file `bench` (None: the rig's own simulated bench).

    `sheet` is that of the sample that will be tested: what it states, with its relative
    uncertainties; None for that of a simulated sample.
    `BenchError` where the file is wrong, or is none for the class `rig`.
    """

    def __call__(self, bench: Path | None, rig: type, sheet: Sample | None = None) -> Rehearsal:
        """The prepared rehearsal; nothing is open yet."""
        ...
