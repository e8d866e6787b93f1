"""Keller PA-33X pressure transmitter, Keller bus (communication protocol of series 30, 3.x).

The transmitter is asked at address 250, to which each one answers: it must stand alone on its
line. It tells its class and group (5.20 or 5.24, as all of series 30), not the letters before its
name: that it is a PA (sealed gauge: 0 Pa is 1 bar absolute, as sealed at the factory) and no PAA or
PR stands on its label alone. A serial number of 0 is none: `identity.serial` is "" then.

After a break of its supply it answers with error 32 until it was initialised again; the driver
does that and asks once more, since zero and filter stand in the transmitter's memory.
"""

from __future__ import annotations

import math
from typing import ClassVar, Literal

from drivers.codecs import keller
from drivers.instrument import Identified
from drivers.limits import BenchLimits, refuse_outside
from drivers.links.link import BytesLink
from drivers.links.settings import BytesSettings
from drivers.remedies import LOOK
from labctl import clock
from labctl.errors import InstrumentError
from labctl.evidence import Accuracy, Identity, Reading

ANYBODY = 250
"""The address to which every transmitter answers (function 66)."""

MODELS = ((5, 20), (5, 24))
"""Class and group of the transmitters of series 30 from 2002 on (function 48)."""

PRESSURE, TEMPERATURE = 1, 4
"""Channels P1 and TOB1 (function 73)."""

POWER_UP, TEMPERATURE_FAILED, PRESSURE_FAILED = 0x80, 0x10, 0x02
"""Bits of the status byte (function 73)."""

OFFSET, LOWEST, HIGHEST = 64, 80, 81
"""Coefficients (function 30): the zero's offset and the range of P1, all in bar."""

FILTER = 4
"""Configuration (function 33) whose high four bits k make a low pass of 2**k conversions."""

CONVERSION = 1 / 400
"""Seconds of one conversion (remembered: data sheet of series 33X, output rate 400 Hz)."""

STEEPEST = 15
SET_ZERO, CLEAR_ZERO = 0, 1
NOT_INITIALISED = 32
BAR = 1e5

SHEET = "remembered: data sheet of series 33X, error band 10..40 degC: 0.05 % of full scale"
SENSOR = "remembered: data sheet of series 33X, temperature of the sensor: 1 K"
BAND = 5e-4


def _line(full_scale: float) -> Accuracy:
    """The sheet's line of a transmitter of `full_scale` in Pa."""
    return Accuracy("pressure", full_scale, "Pa", 0.0, BAND * full_scale, SHEET)


class KellerPA33X(Identified):
    """A PA-33X alone at the end of `link`; the bench has no limits for it.

    Its range is read from it; the lines of accuracy are those of the catalogue's ranges in Pa.
    """

    what: ClassVar[str] = "transmitter"
    settings: ClassVar[BytesSettings] = BytesSettings(timeout=0.5)
    limit_units: ClassVar[dict[str, str]] = {}
    accuracies: ClassVar[tuple[Accuracy, ...]] = (
        *(_line(bar * BAR) for bar in (3, 10, 30, 100, 300, 700, 1000)),
        Accuracy("temperature", 120.0, "degC", 0.0, 1.0, SENSOR),
    )

    def __init__(self, link: BytesLink, limits: BenchLimits | None = None) -> None:
        self._link = link
        super().__init__(self._link, limits)
        self._range = (-math.inf, math.inf)

    async def identify(self) -> Identity:
        """Initialise it and read serial number and range; `InstrumentError` for another model."""
        firmware = await self._initialise()
        number = int.from_bytes(await self._ask(keller.SERIAL_NUMBER), "big")
        low, high = await self._coefficient(LOWEST), await self._coefficient(HIGHEST)
        if not low < high:
            raise self._wrong("its range makes no sense", keller.READ_COEFFICIENT, f"{low}, {high}")
        self._range = (low * BAR, high * BAR)
        self._identity = Identity("Keller", "PA-33X", str(number) if number else "", firmware)
        return self._identity

    async def resync(self) -> None:
        """Line in a known state, transmitter initialised."""
        await self._link.resync()
        await self._initialise()

    async def safe(self) -> None:
        """The transmitter drives nothing; it is initialised, to show that it answers."""
        await self._initialise()

    async def close(self) -> None:
        """Give the line back; the transmitter goes on."""
        await self._link.close()

    async def reference(self) -> Literal["absolute", "gauge", "differential"]:
        """Gauge: sealed, 0 Pa is 1 bar absolute."""
        return "gauge"

    async def pressure(self) -> Reading:
        """Pressure in Pa against 1 bar; `InstrumentError` beyond the range or on a fault."""
        value = await self._channel(PRESSURE, PRESSURE_FAILED | TEMPERATURE_FAILED) * BAR
        low, high = self._range
        line = _line(high)
        if not low - line.offset <= value <= high + line.offset:
            raise self._wrong("the pressure is beyond the range", keller.READ_CHANNEL, f"{value}")
        return self._reading(value, "Pa", line)

    async def temperature(self) -> Reading:
        """Temperature of the pressure sensor in degC; `InstrumentError` on a fault."""
        value = await self._channel(TEMPERATURE, TEMPERATURE_FAILED)
        return self._reading(value, "degC", self.accuracies[-1])

    async def set_averaging(self, seconds: float) -> None:
        """Low pass whose time constant is the shortest not below `seconds` in s, read back.

        There are 2**k conversions of 2.5 ms, k from 0 to 15; `LimitRefused` beyond 81.92 s. It
        stands in a memory that wears: what is set already is not written again.
        """
        longest = CONVERSION * 2**STEEPEST
        command = f"function {keller.WRITE_CONFIGURATION}"
        refuse_outside(
            "averaging time", seconds, 0.0, longest, "s", address=self.address, command=command
        )
        steps = next(k for k in range(STEEPEST + 1) if CONVERSION * 2**k >= seconds)
        found = await self._configuration()
        wanted = steps << 4 | found & 0x0F
        if found == wanted:
            return
        await self._ask(keller.WRITE_CONFIGURATION, bytes((FILTER, wanted)))
        if (found := await self._configuration()) != wanted:
            raise self._wrong("the filter was not taken", keller.READ_CONFIGURATION, f"{found:02x}")

    async def set_zero(self) -> None:
        """The present pressure counts as 0 Pa from now on, also after a power cut; read back."""
        await self._ask(keller.ZERO, bytes((SET_ZERO,)) + keller.number(0.0))
        left = (await self.pressure()).value
        if abs(left) > BAND * self._range[1]:
            raise self._wrong("the zero was not taken", keller.ZERO, f"{left:g} Pa")

    async def clear_zero(self) -> None:
        """The factory's zero: an offset of 0 Pa, read back."""
        await self._ask(keller.ZERO, bytes((CLEAR_ZERO,)))
        if offset := await self._coefficient(OFFSET):
            raise self._wrong("the zero was not cleared", keller.ZERO, f"{offset} bar")

    async def zero_offset(self) -> Reading:
        """Offset in Pa that the zero setting takes off (coefficient 64 is added, so its minus)."""
        return self._reading(-await self._coefficient(OFFSET) * BAR + 0.0, "Pa", None)

    async def _initialise(self) -> str:
        """Initialise it; its firmware. `InstrumentError` where it is none of series 30."""
        kind, group, year, week, *_ = await self._ask(keller.INITIALISE, again=False)
        if (kind, group) not in MODELS:
            raise self._wrong(
                "this is no Keller PA-33X",
                keller.INITIALISE,
                f"class {kind}, group {group}",
                "correct the address or the driver in the bench file",
            )
        return f"{kind}.{group}-{year}.{week}"

    async def _channel(self, channel: int, failed: int) -> float:
        """Value of `channel`; `InstrumentError` where one of the bits `failed` is set."""
        data = await self._ask(keller.READ_CHANNEL, bytes((channel,)))
        value, status = keller.value_of(data), data[4]
        if status & POWER_UP:
            raise self._wrong("it still powers up", keller.READ_CHANNEL, data.hex(" "), "wait")
        if status & failed or not math.isfinite(value):
            what, remedy = "the sensor has failed", "check the pressure; replace the transmitter"
            raise self._wrong(what, keller.READ_CHANNEL, data.hex(" "), remedy)
        return value

    async def _coefficient(self, number: int) -> float:
        data = await self._ask(keller.READ_COEFFICIENT, bytes((number,)))
        return keller.value_of(data)

    async def _configuration(self) -> int:
        return (await self._ask(keller.READ_CONFIGURATION, bytes((FILTER,))))[0]

    async def _ask(self, function: int, data: bytes = b"", *, again: bool = True) -> bytes:
        """The data that `function` is answered with; initialised and asked `again` after a restart.

        `InstrumentError` where it is refused.
        """
        asked = keller.request(ANYBODY, function, data)
        frame = await self._link.exchange(asked, keller.finder(asked))
        try:
            return keller.answer(asked, frame)
        except keller.Refused as refused:
            if not again or refused.code != NOT_INITIALISED:
                raise self._wrong("the transmitter refused", function, str(refused)) from refused
        await self._initialise()
        return await self._ask(function, data, again=False)

    def _reading(self, value: float, unit: str, line: Accuracy | None) -> Reading:
        t, utc = clock.stamp()
        return Reading(value, unit, t, utc, self.address, self.identity.serial, line)

    def _wrong(self, what: str, function: int, answer: str, remedy: str = LOOK) -> InstrumentError:
        return InstrumentError(
            what,
            address=self.address,
            command=f"function {function}",
            answer=answer,
            remedy=remedy,
        )


DRIVER = KellerPA33X
