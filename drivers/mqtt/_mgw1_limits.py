"""What a bench allows the outputs of a gateway, by their unit."""

from __future__ import annotations

from drivers.limits import BenchLimits, refuse_beyond

LIMITED = {
    "%": "output",
    "V": "voltage",
    "A": "current",
    "W": "power",
    "degC": "temperature",
    "Pa": "pressure",
    "m**3/s": "flow",
}
"""What a bench calls the limits of outputs in a unit."""

LIMIT_UNITS = {f"{name}_{end}": unit for unit, name in LIMITED.items() for end in ("min", "max")}


def refuse_output(
    limits: BenchLimits, value: float, unit: str, *, address: str, command: str
) -> None:
    """`LimitRefused` where `value` in `unit` is beyond the bench's limits on outputs in it."""
    name = LIMITED.get(unit)
    if name is not None:
        refuse_beyond(limits, name, value, unit, address=address, command=command)
