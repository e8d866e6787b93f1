"""Fast samples of a DAQ6510: its digitizing converter, read out of the buffer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.generic.scpi import Scpi
from drivers.keithley._daq_scan import BUFFER
from drivers.limits import refuse_outside
from labctl import clock
from labctl.evidence import Accuracy

if TYPE_CHECKING:
    from drivers.roles.arrays import ReadingArray

SLOWEST, FASTEST = 1000.0, 1_000_000.0
"""Samples a second."""

MOST_SAMPLES = 100_000
PIECE = 1000
"""Values asked for at once."""


async def digitize(
    scpi: Scpi, sample_rate: float, samples: int, line: Accuracy, serial: str
) -> ReadingArray:
    """`samples` voltages in V at `sample_rate` in 1/s on the range of `line`.

    `LimitRefused` outside 1000..1,000,000 samples a second and 1..100,000 samples;
    `InstrumentError` where one of them is beyond the range.
    """
    import numpy as np

    from drivers.roles.arrays import ReadingArray

    _check(scpi, "sample rate", sample_rate, SLOWEST, FASTEST, "1/s")
    _check(scpi, "number of samples", samples, 1, MOST_SAMPLES, "")
    await scpi.set(
        ':SENS:DIG:FUNC "VOLT"',
        f":SENS:DIG:VOLT:RANG {line.range:.9g}",
        f":SENS:DIG:VOLT:SRAT {sample_rate:.9g}",
        f":SENS:DIG:COUN {samples}",
        f":TRAC:CLE {BUFFER}",
    )
    t, utc = clock.stamp()
    await scpi.number(f":READ:DIG? {BUFFER}", 3.0 + samples / sample_rate)
    values: list[float] = []
    while len(values) < samples:
        first, last = len(values) + 1, min(len(values) + PIECE, samples)
        command = f":TRAC:DATA? {first},{last},{BUFFER},READ"
        values += await scpi.numbers(command, last - first + 1)
    array = np.asarray(values, dtype=np.float64)
    return ReadingArray(array, "V", t, utc, scpi.address, serial, line)


def _check(scpi: Scpi, what: str, value: float, low: float, high: float, unit: str) -> None:
    refuse_outside(
        what, value, low, high, unit, address=scpi.address, command=":SENS:DIG:VOLT:SRAT"
    )
