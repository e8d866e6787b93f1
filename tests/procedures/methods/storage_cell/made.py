"""Cycles of a storage cell as a cycler without errors would have told them."""

from __future__ import annotations

from labctl.evidence import Accuracy, Reading
from labctl.quantity import Quantity
from labctl.sample import Sample
from procedures.methods.battery.legs import Leg
from procedures.methods.storage_cell.cell import Cell
from procedures.methods.storage_cell.driving import Seen
from procedures.methods.trace import Trace, trace

CURRENT = Accuracy("current", 300.0, "A", 0.0, 0.15, "sheet")
VOLTAGE = Accuracy("voltage", 5.0, "V", 0.0, 0.0025, "sheet", 1e-4)


def cell(**properties: Quantity) -> Cell:
    """A cell of 50 A*h between 2 V and 4 V on a bench that states its probes."""
    defined = {
        "rated_capacity": Quantity(50.0, "A*h"),
        "charge_cut_off": Quantity(4.0, "V"),
        "discharge_cut_off": Quantity(2.0, "V"),
    }
    bench = {"air_probe": Quantity(0.0, "K", 0.1), "cell_place": Quantity(0.0, "K", 0.15)}
    return Cell(Sample("S", "cell", properties={**defined, **properties}), bench)


def air(celsius: float = 25.0, t: float = 0.0) -> Trace:
    """Two readings of a probe without an error of the logger, the last at `t` in s."""
    line = Accuracy("temperature Pt100", 630.0, "degC", 0.0, 0.0, "sheet")
    return trace([Reading(celsius, "degC", t - 1.0 + n, 0.0, "a", "s", line) for n in range(2)])


def seen(seconds: float, current: float = 25.0, celsius: float = 25.0, slope: float = 0.0) -> Seen:
    """A charge and a discharge of `seconds` with `current` in A at 3 V; `slope` of both ends in
    s/V."""
    legs = [Leg(1, sign, seconds, current, 3.0, slope) for sign in (1, -1)]
    return Seen(legs, air(celsius), CURRENT, VOLTAGE, "cycler")
