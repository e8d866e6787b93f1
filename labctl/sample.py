"""The thing tested: its identity and what is known of it before the test.

A sample sheet states dimensions with their uncertainty; a procedure that needs an area or a mass
takes it from here, so that it is in the record and in the uncertainty.
"""

from __future__ import annotations

import msgspec

from labctl.errors import BenchError
from labctl.quantity import Quantity


class Sample(msgspec.Struct, frozen=True):
    """One sample: id (barcode), lot, dimensions and properties by name, declared aspects.

    `properties` hold quantities with standard uncertainty (`area`, `current_temperature_
    coefficient`); `aspects` hold conditions in words as the operator stated them.
    """

    id: str
    kind: str
    lot: str = ""
    properties: dict[str, Quantity] = {}
    aspects: dict[str, str] = {}

    def quantity(self, name: str, unit: str) -> Quantity:
        """Property `name` in `unit`; `BenchError` names what the sample sheet lacks."""
        if name not in self.properties:
            raise BenchError(
                f"sample {self.id} states no {name}",
                remedy=f"add {name} with unit and u to the sample's sheet",
            )
        return self.properties[name].to(unit)
