"""Quantity: a value with a unit and a standard uncertainty.

Units are text here, spelled as the indicator map spells them (`W/m**2`, `degC`, `%`). Converting
is the work of `labctl.units`, which imports pint only when two spellings differ.
"""

from __future__ import annotations

import msgspec


class Quantity(msgspec.Struct, frozen=True, gc=False):
    """`value` in `unit`, with standard uncertainty `u` in the same unit (a difference for degC)."""

    value: float
    unit: str
    u: float = 0.0

    def to(self, unit: str) -> Quantity:
        """The same quantity in `unit`; `UnitError` where the dimensions differ."""
        if unit == self.unit:
            return self
        from labctl.units import convert, convert_difference

        return Quantity(
            convert(self.value, self.unit, unit),
            unit,
            abs(convert_difference(self.u, self.unit, unit)),
        )
