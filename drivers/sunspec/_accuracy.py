"""How wrong a point may be. SunSpec models state no accuracy, and the makers state it by device.

So a reading carries the largest error that a standard allows such a device, and the step of the
point as its resolution. These figures are remembered, not read from the printed standards; a bench
that needs better states its device's as an [[uncertainty]], or measures with a meter of its own.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from drivers.sunspec._values import Values
from labctl.evidence import Accuracy

STEP_ONLY = "SunSpec models state the step of a point and no accuracy; no standard bounds this one"
BMS = "largest error that QC/T 897-2011, table 2, allows a battery management system"
DER = "largest error that IEEE 1547-2018, table 3, allows in steady state"
ESTIMATE = "QC/T 897-2011, 4.2: an estimate of the state of charge within 10 %"

BATTERY: dict[str, Accuracy] = {
    "voltage": Accuracy("voltage", 1500.0, "V", 0.0, 0.02 * 1500.0, f"{BMS}: 2 % of full scale"),
    "current": Accuracy("current", 1000.0, "A", 0.0, 0.03 * 1000.0, f"{BMS}: 3 % of full scale"),
    "power": Accuracy("power", 1e6, "W", 0.0, 0.05 * 1e6, f"{BMS}: voltage and current together"),
    "cell_voltage": Accuracy("cell_voltage", 5.0, "V", 0.0, 0.025, f"{BMS}: 0.5 % of 5 V"),
    "temperature": Accuracy("temperature", 125.0, "degC", 0.0, 2.0, f"{BMS}: 2 degC"),
    "state_of_charge": Accuracy("state_of_charge", 100.0, "%", 0.0, 10.0, ESTIMATE),
    "state_of_health": Accuracy(
        "state_of_health", 100.0, "%", 0.0, 10.0, f"no standard bounds it; taken as {ESTIMATE}"
    ),
}
"""By function; `range` is the full scale that a device without ratings is given."""

DER_MODELS = frozenset({101, 102, 103, 701})
GENERIC: dict[str, Accuracy] = {
    "V": Accuracy("voltage", 1000.0, "V", 0.01, 0.0, f"{DER}: voltage 1 %"),
    "W": Accuracy("power", 1e6, "W", 0.05, 0.0, f"{DER}: active power 5 %"),
    "var": Accuracy("reactive_power", 1e6, "var", 0.05, 0.0, f"{DER}: reactive power 5 %"),
    "Hz": Accuracy("frequency", 66.0, "Hz", 0.0, 0.01, f"{DER}: frequency 10 mHz"),
}
"""By unit, of the points of `DER_MODELS`. The standard's figures are shares of nominal voltage and
rating; without them in the same model they are taken as shares of the reading."""

LineOf = Callable[[Values, str, str], Accuracy]
"""The line of a point of a model, in its unit."""


def generic_line(values: Values, name: str, unit: str) -> Accuracy:
    """The line of any point: what IEEE 1547 allows where it speaks of it, else the step alone."""
    step = values.step(name)
    if values.definition.number in DER_MODELS and unit in GENERIC:
        return msgspec.structs.replace(GENERIC[unit], resolution=step)
    return Accuracy(name, step * 0xFFFF, unit, 0.0, 0.0, STEP_ONLY, step)


def battery_line(function: str, full_scale: float | None = None) -> LineOf:
    """The line of `function`; shares of full scale are those of `full_scale` in its unit."""

    def line_of(values: Values, name: str, unit: str) -> Accuracy:
        line = BATTERY[function]
        scale = line.range if full_scale is None else abs(full_scale)
        return msgspec.structs.replace(
            line,
            range=scale,
            offset=line.offset * scale / line.range,
            resolution=values.step(name),
        )

    return line_of
