"""The tables of a bench file, as data."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from labctl.calibration.assigning import TableFor
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


class RatioEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`{value = 40, u = 0.01}`: a ratio with its standard uncertainty."""

    value: float
    u: float = 0.0

    def quantity(self) -> Quantity:
        """As a quantity."""
        return Quantity(self.value, "dimensionless", self.u)


class RoleEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One role: `driver` (vendor.model), `address`, `limits` by name, and what else the driver
    wants to know as `options`.

    Only on a simulated bench: `emulator` and the world's `port` it is wired to, or the emulator
    `replay` and the `trace` it answers from, a file named from the bench file's folder.

    `certificate_file` is its calibration certificate, TOML or a Digital Calibration Certificate,
    named from the bench file's folder, and `certificate_tables` say what its tables are for, where
    it does not. Without a file `certificate` is the number of its calibration by `laboratory`,
    `calibrated` its day. `calibration_due` is the last day on which it counts, for the bench.
    """

    driver: str
    address: str
    emulator: str = ""
    port: str = ""
    trace: str = ""
    limits: dict[str, QuantityEntry] = {}
    options: dict[str, Any] = {}
    certificate_file: str = ""
    certificate_tables: tuple[TableFor, ...] = ()
    certificate: str = ""
    laboratory: str = ""
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


class StandardEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A calibrated thing without a line: its serial number, and the certificate that says how much.

    `calibrated` is the day of its calibration by `laboratory`, `calibration_due` the last one on
    which it counts.
    """

    serial: str
    certificate: str
    laboratory: str = ""
    calibrated: date | None = None
    calibration_due: date | None = None


class ReferenceCellEntry(StandardEntry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The calibrated reference cell: responsivity with its u."""

    responsivity: QuantityEntry


class ShuntEntry(StandardEntry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The calibrated shunt: resistance with its u."""

    resistance: QuantityEntry


class TransformerEntry(StandardEntry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The calibrated current transformer: ratio of primary to secondary current, with its u."""

    ratio: RatioEntry


class AmbientEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The temperature round the instruments, from `low` to `high` in degC, by `source`."""

    low: float
    high: float
    source: str
