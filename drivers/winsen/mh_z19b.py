"""Winsen MH-Z19B carbon dioxide sensor, serial line (user's manual 1.4 of 2019-04-25).

The sensor has no serial number and no model name that can be read over its line: `identity.serial`
is "", so a run with it counts as simulated. Its temperature, its range and its firmware stand in
no table of the manual and are not read. By the manual range, zero, span and baseline commands have
no answer; sensors as sold answer each with its code and 1. Either will do here: an answer that says
otherwise is an error, and after silence the sensor must still answer a reading. Whether a command
without answer was taken shows in the gas alone.

The sensor does not say that it warms up. The driver counts the manual's three minutes from the
first answer it heard, and again from the first answer after a silence, in which the sensor may have
lost its supply. Where the supply is permanent, the bench may shorten this (`warm_up`).
"""

from __future__ import annotations

from typing import ClassVar

from drivers.codecs import winsen
from drivers.instrument import Identified
from drivers.limits import BenchLimits, refuse_outside
from drivers.links.link import BytesLink
from drivers.links.settings import BytesSettings
from labctl import clock
from labctl.errors import InstrumentError, LinkError, UsageError
from labctl.evidence import Accuracy, Identity, Reading

READ, ZERO, SPAN, BASELINE, RANGE = 0x86, 0x87, 0x88, 0x79, 0x99
BASELINE_ON, BASELINE_OFF = 0xA0, 0x00

PPM = 1e-6
WARM_UP = 180.0
"""Preheat time in s (manual, table 1)."""

SMALLEST_SPAN = 1000
"""Smallest span gas in ppm (manual, 0x88: 2000 ppm is advised, 1000 ppm the least)."""

TAKEN = 1
"""First byte of data in the answer to a command that was carried out."""

ACKNOWLEDGE_TIMEOUT = 0.3
"""Seconds in which such an answer comes, where one comes."""

SHEET = "MH-Z19B user's manual 1.6, table 1: +-(50 ppm + 3 % of reading) (1.0 said 5 %)"


def _line(full_scale: int) -> Accuracy:
    return Accuracy("fraction", full_scale * PPM, "mol/mol", 0.03, 50 * PPM, SHEET, PPM)


class WinsenMhZ19b(Identified):
    """An MH-Z19B at the end of `link`.

    `limits` by the bench: `fraction` in mol/mol, the largest range and span gas; `warm_up` in s,
    how long the sensor is given instead of 180 s.
    """

    what: ClassVar[str] = "gas sensor"
    settings: ClassVar[BytesSettings] = BytesSettings(timeout=1.0)
    limit_units: ClassVar[dict[str, str]] = {"fraction": "mol/mol", "warm_up": "s"}
    accuracies: ClassVar[tuple[Accuracy, ...]] = (_line(2000), _line(5000), _line(10_000))

    def __init__(self, link: BytesLink, limits: BenchLimits | None = None) -> None:
        self._link = link
        super().__init__(self._link, limits)
        self._heard: float | None = None
        self._line = self.accuracies[-1]

    async def identify(self) -> Identity:
        """Ask for a reading; `InstrumentError` where the answer is that of another model."""
        await self._read()
        self._identity = Identity("Winsen", "MH-Z19B", "")
        return self._identity

    async def resync(self) -> None:
        """Line in a known state; the sensor answers, where half a frame was left on it the second
        time: a frame has no end but its length."""
        await self._link.resync()
        try:
            await self._read()
        except LinkError:
            await self._link.resync()
            await self._read()

    async def safe(self) -> None:
        """The sensor drives nothing, so there is nothing to switch; it is read, to show that."""
        await self._read()

    async def close(self) -> None:
        """Give the line back; the sensor goes on."""
        await self._link.close()

    async def gas(self) -> str:
        """Carbon dioxide."""
        return "CO2"

    async def fraction(self) -> Reading:
        """Mole fraction of CO2 in mol/mol; `InstrumentError` while it warms up or out of range."""
        ppm = await self._read()
        left = self._left()
        if left > 0:
            raise self._wrong(
                f"the sensor warms up for another {left:.0f} s", READ, f"{ppm} ppm", "wait"
            )
        if ppm > round(self._line.range / PPM):
            raise self._wrong("the reading is beyond the range", READ, f"{ppm} ppm", "ventilate")
        return self._reading(ppm * PPM, "mol/mol", self._line)

    async def temperature(self) -> Reading:
        """`UsageError`: the manual gives no temperature."""
        raise self._lacks("a temperature that its manual specifies")

    async def warm_up_left(self) -> Reading:
        """Time in s until it is warm; 0 when it is."""
        await self._read()
        return self._reading(self._left(), "s", None)

    async def set_range(self, fraction: float) -> None:
        """The smallest range (2000, 5000 or 10,000 ppm) that holds `fraction` in mol/mol."""
        high = self._highest()
        self._check("range", fraction, 0.0, high, f"command {RANGE:02X}")
        line = min(
            (line for line in self.accuracies if fraction <= line.range <= high),
            key=lambda line: line.range,
            default=None,
        )
        if line is None:
            smallest = min(each.range for each in self.accuracies if fraction <= each.range)
            self._check("range", smallest, 0.0, high, f"command {RANGE:02X}")
            return
        await self._send(RANGE, b"\0" + round(line.range / PPM).to_bytes(4, "big"))
        self._line = line

    async def zero(self) -> None:
        """The gas at the sensor counts as 400e-6 mol/mol; it must have been there for 20 min."""
        await self._send(ZERO)

    async def span(self, fraction: float) -> None:
        """The gas at the sensor counts as `fraction` in mol/mol, from 1000e-6 on; zero first.

        The gas must have been there for 20 min.
        """
        low = SMALLEST_SPAN * PPM
        self._check("span", fraction, low, self._highest(), f"command {SPAN:02X}")
        await self._send(SPAN, round(fraction / PPM).to_bytes(2, "big"))

    async def automatic_baseline(self, on: bool) -> None:
        """The sensor's own correction of its zero every 24 h, on (as delivered) or off."""
        await self._send(BASELINE, bytes((BASELINE_ON if on else BASELINE_OFF,)))

    async def alarm(self) -> bool:
        """`UsageError`: the sensor has no alarm."""
        raise self._lacks("an alarm")

    async def _read(self) -> int:
        """The sensor's reading in ppm, as it stands in the frame."""
        command = winsen.command(READ)
        try:
            frame = await self._link.exchange(command, winsen.frame_length)
        except LinkError as error:
            if not error.answer:
                self._heard = None  # silent: its supply may have been gone
            raise
        data = self._data(READ, command, frame)
        if self._heard is None:
            self._heard = clock.now()
        return int.from_bytes(data[:2], "big")

    async def _send(self, code: int, data: bytes = b"") -> None:
        """Send a command whose answer may be missing."""
        command = winsen.command(code, data)
        try:
            frame = await self._link.exchange(command, winsen.frame_length, ACKNOWLEDGE_TIMEOUT)
        except LinkError as error:
            if error.answer:
                raise
            await self._read()
            return
        if self._data(code, command, frame)[0] != TAKEN:
            raise self._wrong("the command was not taken", code, frame.hex(" "), "send it again")

    def _data(self, code: int, command: bytes, frame: bytes) -> bytes:
        """What `frame` carries; `InstrumentError` where it answers another command."""
        answered, data = winsen.answer(frame)
        if answered != code:
            raise InstrumentError(
                "this is no MH-Z19B, or it answers another command",
                address=self.address,
                command=command.hex(" "),
                answer=frame.hex(" "),
                remedy="correct the address or the driver in the bench file",
            )
        return data

    def _left(self) -> float:
        if self._heard is None:
            return WARM_UP
        warm_up = min(WARM_UP, self._limits.get("warm_up", WARM_UP))
        return max(0.0, self._heard + warm_up - clock.now())

    def _highest(self) -> float:
        largest = self.accuracies[-1].range
        return min(largest, self._limits.get("fraction", largest))

    def _check(self, what: str, value: float, low: float, high: float, command: str) -> None:
        refuse_outside(what, value, low, high, "mol/mol", address=self.address, command=command)

    def _reading(self, value: float, unit: str, line: Accuracy | None) -> Reading:
        t, utc = clock.stamp()
        return Reading(value, unit, t, utc, self.address, self.identity.serial, line)

    def _wrong(self, what: str, code: int, answer: str, remedy: str) -> InstrumentError:
        command = winsen.command(code).hex(" ")
        return InstrumentError(
            what, address=self.address, command=command, answer=answer, remedy=remedy
        )

    def _lacks(self, what: str) -> UsageError:
        return UsageError(
            f"the MH-Z19B has not {what}",
            address=self.address,
            remedy="ask another instrument for it",
        )


DRIVER = WinsenMhZ19b
