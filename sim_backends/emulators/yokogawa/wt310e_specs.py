"""Model WT310E data: ranges, accuracy, limits of the display.

Getting started guide IM WT310E-02EN, 7.3.2 (active power, 12 months: 0.1 % of reading + 0.05 % of
range from 45 to 66 Hz, 0.1 % + 0.2 % for direct current; voltage and current alike) and 1.5
(over-range, too small values); user's manual IM WT310E-01EN, 2-7 (ranges, automatic ranges). The
noise of one update is assumed: 0.005 % of range.
"""

from __future__ import annotations

from sim_backends.emulators.accuracy import Spec

VOLTAGE_RANGES = (15.0, 30.0, 60.0, 150.0, 300.0, 600.0)
CURRENT_RANGES = (5e-3, 10e-3, 20e-3, 50e-3, 100e-3, 200e-3, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0)
"""Ranges in V and A with crest factor 3; half of them with 6 and 6A."""

OVER_RANGE, RAISE, LOWER, LOWER_NEXT = 1.4, 1.3, 0.3, 1.25
"""Over-range, and when automatic ranges change, as shares of the range."""

PEAK = 3.0
"""Peak over-range, as a multiple of the range with crest factor 3."""

SMALL = 0.005
"""Share of the range below which voltage and current are shown as zero."""

LINE_BAND = (45.0, 66.0)
"""Hz for which the better accuracy holds."""

RATES = (0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0)
"""Update intervals in s."""

UPDATING = 5e-3
"""Seconds before the end of an interval in which data are being updated, assumed."""

FREQUENCY = (0.5, 100e3)
"""Hz that the frequency counter takes at long intervals."""


def input_specs(ranges: tuple[float, ...], offset: float) -> tuple[Spec, ...]:
    """Lines of voltage or current by range, 0.1 % of reading + `offset` of range."""
    return tuple(Spec(top, 1e-3, offset * top, 5e-5 * top) for top in ranges)


def power_spec(offset: float) -> tuple[Spec, ...]:
    """The line of active power, relative to the product of the ranges."""
    return (Spec(1.0, 1e-3, offset, 5e-5),)


INTEGRATION = 1e-3
"""Limits of a further error of integrated values, of the reading (remembered)."""

LINE_OFFSET, OTHER_OFFSET = 5e-4, 2e-3
"""Share of the range that is added from 45 to 66 Hz, and for direct current and elsewhere."""
