"""The thing tested: its identity and what is known of it before the test.

A sample sheet states dimensions with their uncertainty; a procedure that needs an area or a mass
takes it from here, so that it is in the record and in the uncertainty.
"""

from __future__ import annotations

import msgspec

from labctl.errors import BenchError
from labctl.evidence import Attachment
from labctl.quantity import Quantity


class Stated(msgspec.Struct, frozen=True):
    """A quantity of the fingerprint as the sheet states it: `value` in `unit`, standard uncertainty
    `u` in the same unit.

    `band` is how far a fingerprint may lie from it to either side, in its own unit or in %; None
    leaves that to the rig.
    """

    value: float
    unit: str
    u: float = 0.0
    band: Quantity | None = None

    @property
    def quantity(self) -> Quantity:
        """As a quantity."""
        return Quantity(self.value, self.unit, self.u)


class Sample(msgspec.Struct, frozen=True):
    """One sample: id (barcode), lot, dimensions and properties by name, declared aspects.

    `properties` hold quantities with standard uncertainty (`area`, `current_temperature_
    coefficient`); `aspects` hold conditions in words as the operator stated them.
    `description` and `condition` (as it came) are text, `received` and `sampled` dates (ISO 8601):
    a report names them. `fingerprint` holds what tells it from others, by name; `photo` is its
    picture, kept with every run on it.
    """

    id: str
    kind: str
    lot: str = ""
    properties: dict[str, Quantity] = {}
    aspects: dict[str, str] = {}
    description: str = ""
    received: str = ""
    sampled: str = ""
    condition: str = ""
    fingerprint: dict[str, Stated] = {}
    photo: Attachment | None = None

    def quantity(self, name: str, unit: str) -> Quantity:
        """Property `name` in `unit`; `BenchError` names what the sample sheet lacks."""
        if name not in self.properties:
            raise BenchError(
                f"sample {self.id} states no {name}",
                remedy=f"add {name} with unit and u to the sample's sheet",
            )
        return self.properties[name].to(unit)
