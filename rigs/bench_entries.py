"""The tables of a bench file, as data."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

import msgspec

from labctl.quantity import Quantity

REPLAY = "replay"
"""The emulator that answers from a recorded trace."""


class QuantityEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`{value = 20, unit = "V"}`, with standard uncertainty `u` in the same unit."""

    value: float
    unit: str
    u: float = 0.0

    def quantity(self) -> Quantity:
        """As a quantity."""
        return Quantity(self.value, self.unit, self.u)


class RoleEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One role: `driver` (vendor.model), `address`, `limits` by name, and what else the driver
    wants to know as `options`.

    Only on a simulated bench: `emulator` and the world's `port` it is wired to, or the emulator
    `replay` and the `trace` it answers from, a file named from the bench file's folder.

    `certificate` is the number of its calibration, `calibrated` and `calibration_due` its first and
    its last day.
    """

    driver: str
    address: str
    emulator: str = ""
    port: str = ""
    trace: str = ""
    limits: dict[str, QuantityEntry] = {}
    options: dict[str, Any] = {}
    certificate: str = ""
    calibrated: date | None = None
    calibration_due: date | None = None


class SimEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The simulated world, `sim_backends/worlds/<world>.py`, and `faults` in it, a table each.

    A bench of traces alone has no world.
    """

    world: str = ""
    faults: list[dict[str, Any]] = []


class VisaEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """VISA library of a real bench: `@py`, `@ivi`, or a path."""

    library: str = "@py"


class ReferenceCellEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The calibrated reference cell: responsivity with its u, and the certificate that says so.

    `calibrated` and `calibration_due` are the first and the last day of the certificate.
    """

    serial: str
    certificate: str
    responsivity: QuantityEntry
    calibrated: date | None = None
    calibration_due: date | None = None


class UncertaintyEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A contribution of the bench: standard uncertainty `value`, relative unless `unit` says."""

    name: str
    value: float
    source: str
    distribution: Literal["normal", "rectangular"] = "normal"
    unit: str = "dimensionless"
