"""Reading a current over many decades, each on the range that fits it.

The compliance of a source of voltage chooses the measuring range, so a range is tried and left
where the compliance holds the source or the reading is far below it.
"""

from __future__ import annotations

from drivers.roles.source_meter import IVPoint, SourceMeter
from labctl import clock
from labctl.errors import InstrumentError

RANGES = (1e-9, 10e-9, 100e-9, 1e-6, 10e-6, 100e-6, 1e-3, 10e-3, 100e-3)
"""A, lowest first: the decades of a source meter for small currents."""

LOW = 0.08
"""Part of a range below which the next lower one holds the reading too."""


async def ranged(
    meter: SourceMeter, volts: float, volts_range: float, start: int, settle: float
) -> tuple[IVPoint, int]:
    """One point at `volts` in V on the range `volts_range` in V, and the index in `RANGES` on which
    it was read; `start` is tried first. `settle` in s after each change.

    `InstrumentError` where the highest range does not hold the current.
    """
    index, fell = start, False
    while True:
        await meter.source_voltage(volts, compliance=RANGES[index], voltage_range=volts_range)
        await clock.sleep(settle)
        point = await meter.measure()
        if point.in_compliance:
            if index + 1 == len(RANGES):
                raise InstrumentError(
                    f"more than {RANGES[index]:g} A flow at {volts:g} V",
                    address=meter.address,
                    answer=f"{point.current.value:g} A",
                    remedy="look for a short between the probes",
                )
            index += 1
            if fell:
                # The lower range is just too low: this one holds, whatever it reads.
                await meter.source_voltage(
                    volts, compliance=RANGES[index], voltage_range=volts_range
                )
                await clock.sleep(settle)
                return await meter.measure(), index
        elif index > 0 and abs(point.current.value) < LOW * RANGES[index]:
            index, fell = index - 1, True
        else:
            return point, index
