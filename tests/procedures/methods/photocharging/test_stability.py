from __future__ import annotations

from labctl.evidence import Accuracy, Figure, Reading
from labctl.uncertainty import MonteCarlo
from procedures.methods.photocharging.profile import PORTABLE
from procedures.methods.photocharging.stability import (
    DIM,
    IDLE,
    SILENT,
    highest,
    inside,
    lowest,
    missing,
    share_inside,
)
from procedures.methods.photocharging.supply import Point
from procedures.methods.photocharging.transients import Swing

METER = Accuracy("voltage", 10.0, "V", 2.5e-5, 5e-5, "meter")
SCOPE = Accuracy("voltage", 0.8, "V", 0.0, 0.036, "scope")
LOAD = Accuracy("current", 40.0, "A", 5e-4, 0.02, "load")


def volts(value: float, t: float = 0.0, sheet: Accuracy = METER, serial: str = "M") -> Reading:
    return Reading(value, "V", t, 1e9 + t, "visa://x", serial, sheet)


def swung(low: float, high: float) -> Swing:
    return Swing(volts(low, sheet=SCOPE, serial="S"), volts(high, sheet=SCOPE, serial="S"))


def amps(value: float) -> Reading:
    return Reading(value, "A", 0.0, 1e9, "visa://l", "L", LOAD)


def whole(**changed: float) -> list[Point]:
    count = round(PORTABLE.seconds / PORTABLE.reading) + 1
    points = [Point(0.0, volts(5.05, PORTABLE.reading * n)) for n in range(count)]
    first = Point(
        1000.0,
        volts(5.05),
        volts(5.02),
        amps(changed.get("current", 0.5)),
        (swung(-0.08, 0.0), swung(-0.001, 0.08)),
        changed.get("irradiance", 1000.0),
    )
    return [first, *points[1:]]


def test_extremes_are_the_meter_with_the_swings_from_it() -> None:
    mc = MonteCarlo(2000, 1)
    low, high = lowest(mc, whole()), highest(mc, whole())
    assert abs(low.value - 4.97) < 1e-9 and abs(high.value - 5.10) < 1e-9
    assert 0.03 < low.expanded < 0.04
    quiet = [Point(0.0, volts(5.0)), Point(0.0, volts(4.9))]
    assert lowest(mc, quiet).value == 4.9 and highest(mc, quiet).value == 5.0


def edge(value: float, half: float) -> Figure:
    return Figure(value, "V", half / 2, value - half, value + half)


def test_doubt_at_an_edge_is_neither_stable_nor_unstable() -> None:
    fine = edge(5.1, 0.03)
    assert inside(edge(4.95, 0.04), fine, PORTABLE) is True
    assert inside(edge(4.60, 0.04), fine, PORTABLE) is False
    assert inside(edge(4.77, 0.04), fine, PORTABLE) is None
    assert inside(edge(4.73, 0.04), fine, PORTABLE) is None
    assert inside(edge(4.95, 0.04), edge(5.30, 0.03), PORTABLE) is False
    assert inside(edge(4.95, 0.04), edge(5.24, 0.03), PORTABLE) is None


def test_what_was_not_observed_is_named() -> None:
    assert missing(whole(), PORTABLE) == ()
    assert missing(whole()[:60], PORTABLE) == (SILENT,)
    assert missing([*whole()[:40], *whole()[42:]], PORTABLE) == (SILENT,)
    assert missing(whole(current=0.3), PORTABLE) == (IDLE,)
    assert missing(whole(current=0.47, irradiance=900.0), PORTABLE) == (DIM,)


def test_the_share_counts_every_reading_of_the_meter() -> None:
    points = [Point(0.0, volts(5.0)), Point(0.0, volts(4.0), volts(5.0)), Point(0.0, volts(6.0))]
    assert share_inside(points, PORTABLE) == 0.5
