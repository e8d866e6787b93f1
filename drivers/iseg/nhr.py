"""iseg NHR (and SHR) high-voltage module, its channel 0, serial with echo.

Commands and registers by the maker's "SCPI protocol common instruction set" (2020-10-07), as
manual sites and other parties' drivers show it. The module ramps by itself, limits the current,
trips after a time in that limit, and an open safety loop shuts it down without ramp: the lid of
what is under voltage belongs into that loop. Output mode and polarity are chosen by a person; this
driver takes positive polarity alone.

Off is not safe yet: cables and the module's own capacitors are charged. The output counts as safe
when the module's own meter reads less than `TOUCHABLE`.
"""

from __future__ import annotations

import math
from typing import ClassVar

from drivers.codecs import iseg
from drivers.instrument import Instrument
from drivers.iseg import _nhr_sheet as sheet
from drivers.limits import BenchLimits, refuse_beyond, refuse_power
from drivers.links.link import BytesLink
from drivers.links.settings import BytesSettings
from drivers.remedies import ANOTHER, LOOK
from drivers.roles.high_voltage_supply import HighVoltagePoint, Trip
from labctl import clock
from labctl.errors import InterlockError
from labctl.evidence import Accuracy, Identity, Reading

CHANNEL = "(@0)"
TOUCHABLE = 50.0
"""V: 60 V d.c. may be touched (IEC 61010-1:2001, 6.3.1), less ten times the meter's error."""

ON, RAMPING, EMERGENCY, LIMITED, TRIPPED = 1 << 3, 1 << 4, 1 << 5, 1 << 6, 1 << 13
INHIBITED = 1 << 12
"""Bits of the channel status."""

LOOP_CLOSED = 1 << 10
"""Bit of the module status; in the module events: the loop was open."""

SHUT_DOWN = 2
"""Action of a trip: off without ramp."""

TRIP_TIME = 300
"""ms in the current limit after which it trips: a few readings, and no longer."""

OFF_TIME, PATIENCE, POLL = 10.0, 60.0, 0.2
"""Seconds that an output may take to discharge beyond its ramp down, how long that ramp may be
before the output is shut down without one, and between two looks."""

SLOWEST, FASTEST = 1e-6, 0.2
"""Ramp as a part of the nominal per s (remembered)."""

LID = "close the lid of what is under voltage, then begin anew"


class IsegNHR(Instrument):
    """A module at the end of `link`.

    `limits` by the bench: `voltage` in V, `current` in A (the most that the current limit may be),
    `rate` in V/s, `power` in W (the set voltage at the current limit).
    """

    what: ClassVar[str] = "high-voltage supply"
    settings: ClassVar[BytesSettings] = BytesSettings(timeout=2.0)
    limit_units: ClassVar[dict[str, str]] = {
        "voltage": "V", "current": "A", "rate": "V/s", "power": "W",
    }  # fmt: skip
    accuracies: ClassVar[tuple[Accuracy, ...]] = sheet.lines(4000.0, 3e-3)
    """Those of the mode of 4 kV; readings of another one carry its own."""

    def __init__(self, link: BytesLink, limits: BenchLimits | None = None) -> None:
        super().__init__(link, limits)
        self._link = link
        self._volts, self._amps = 0.0, 0.0

    async def identify(self) -> Identity:
        """Ask who it is and what its mode gives; `InstrumentError` for another make or negative
        polarity."""
        fields = [field.strip() for field in (await self._ask("*IDN?")).split(",")]
        if len(fields) != 4 or not fields[0].upper().startswith("ISEG"):
            raise self._wrong("this is no iseg module", "*IDN?", ",".join(fields), ANOTHER)
        polarity = await self._ask(f":CONF:OUTP:POL? {CHANNEL}")
        if polarity != "p":
            remedy = "set the module to positive polarity by hand, discharged"
            raise self._wrong("the output is not positive", ":CONF:OUTP:POL?", polarity, remedy)
        self._volts = abs(await self._number(":READ:VOLT:NOM?", "V"))
        self._amps = abs(await self._number(":READ:CURR:NOM?", "A"))
        self._identity = Identity(*fields)
        return self._identity

    async def resync(self) -> None:
        """Half a line is ended and what comes of it dropped; the output stays as it is."""
        await self._link.resync()
        await self._link.write(iseg.END)
        await self._link.resync()

    async def safe(self) -> None:
        """Off and discharged below `TOUCHABLE`, read back."""
        await self._set(f":VOLT 0,{CHANNEL}")
        await self._set(f":VOLT OFF,{CHANNEL}")
        stands = abs(await self._number(":MEAS:VOLT?", "V"))
        ramp = stands / max(await self._number(":READ:RAMP:VOLT?", "V/s"), 1e-3)
        if ramp > PATIENCE or not await self._discharged(ramp + OFF_TIME):
            await self._set(f":VOLT EMCY OFF,{CHANNEL}")
            if not await self._discharged(OFF_TIME):
                volts = await self._ask(f":MEAS:VOLT? {CHANNEL}")
                remedy = "keep the lid closed; earth the output with a discharge rod"
                raise self._wrong("the output is not discharged", ":MEAS:VOLT?", volts, remedy)
        if await self._ask(f":READ:VOLT:ON? {CHANNEL}") != "0":
            raise self._wrong("the output is not off", ":READ:VOLT:ON?", "1")

    async def set_current_limit(self, current: float) -> None:
        """Current limit in A, read back, at which the output is shut down after `TRIP_TIME` ms."""
        command = f":CURR {current:.6E},{CHANNEL}"
        self._beyond("current", current, "A", command)
        self._check("current limit", current, 0.0, self._amps, "A", command)
        volts = await self._number(":READ:VOLT?", "V")
        refuse_power(self._limits, volts, current, address=self.address, command=command)
        await self._set(command)
        await self._kept(":READ:CURR?", "A", current, 1e-5 * self._amps)
        await self._set(f":CONF:TRIP:TIME {TRIP_TIME},{CHANNEL}")
        await self._kept(":CONF:TRIP:TIME?", "ms", TRIP_TIME, 0.5)
        await self._set(f":CONF:TRIP:ACTION {SHUT_DOWN},{CHANNEL}")
        await self._kept(":CONF:TRIP:ACTION?", "", SHUT_DOWN, 0.1)

    async def output(self, on: bool) -> None:
        """On at 0 V, or off with a ramp, read back; `InterlockError` on with an open loop."""
        if not on:
            return await self.safe()
        if not await self.is_interlock_closed():
            raise self._open()
        await self._set(f":VOLT 0,{CHANNEL}")
        await self._kept(":READ:VOLT?", "V", 0.0, 1e-6 * self._volts)
        await self._set(f":VOLT ON,{CHANNEL}")
        if not await self._status() & ON:
            remedy = "ask for a trip and clear it"
            raise self._wrong("the output is not on", ":READ:CHAN:STAT?", "off", remedy)

    async def ramp_to(self, voltage: float, rate: float) -> None:
        """To `voltage` in V with `rate` in V/s, set points read back; returns when the ramp has
        ended, by itself or by a trip."""
        command = f":VOLT {voltage:.6E},{CHANNEL}"
        self._beyond("voltage", voltage, "V", command)
        self._beyond("rate", rate, "V/s", command)
        self._check("voltage", voltage, 0.0, self._volts, "V", command)
        self._check("rate", rate, SLOWEST * self._volts, FASTEST * self._volts, "V/s", command)
        limit = await self._number(":READ:CURR?", "A")
        refuse_power(self._limits, voltage, limit, address=self.address, command=command)
        before = await self._number(":READ:VOLT?", "V")
        await self._set(f":CONF:RAMP:VOLT {rate:.6E},{CHANNEL}")
        await self._kept(":READ:RAMP:VOLT?", "V/s", rate, 1e-3 * rate)
        await self._set(command)
        await self._kept(":READ:VOLT?", "V", voltage, 1e-5 * self._volts)
        await self._ramped(abs(voltage - before) / rate, command)

    async def measure(self) -> HighVoltagePoint:
        """Voltage in V and current in A; `InterlockError` or `InstrumentError` of an output that
        something has switched off."""
        volts, amps = sheet.lines(self._volts, self._amps)
        at = self._reading(await self._number(":MEAS:VOLT?", "V"), "V", volts)
        through = self._reading(await self._number(":MEAS:CURR?", "A"), "A", amps)
        status = await self._status()
        if not status & ON:
            tripped = await self.trip()
            if tripped == "interlock":
                raise self._open()
            what = f"the output is off: {tripped}"
            raise self._wrong(what, ":READ:CHAN:STAT?", str(status), "look for its cause")
        return HighVoltagePoint(at, through, bool(status & LIMITED))

    async def voltage(self) -> Reading:
        """Voltage in V at the output, also when it is off."""
        volts, _ = sheet.lines(self._volts, self._amps)
        return self._reading(await self._number(":MEAS:VOLT?", "V"), "V", volts)

    async def trip(self) -> Trip:
        """What has tripped; an inhibited channel counts as one whose loop is open."""
        status = await self._status()
        if status & ON and not status & (INHIBITED | TRIPPED | EMERGENCY):
            return "none"
        opened = await self._register(":READ:MOD:EV:STAT?") & LOOP_CLOSED
        if opened or status & INHIBITED or not await self.is_interlock_closed():
            return "interlock"
        if status & TRIPPED:
            return "current"
        return "emergency" if status & EMERGENCY else "none"

    async def clear_trip(self) -> None:
        """No trip latched, output off and discharged; `InstrumentError` where its cause stands."""
        await self.safe()
        await self._set(f":VOLT EMCY CLR,{CHANNEL}")
        await self._set(f":EVENT CLEAR,{CHANNEL}")
        await self._set("*CLS")
        if (still := await self.trip()) != "none":
            raise self._wrong("a trip stands", ":READ:CHAN:STAT?", still, "remove its cause")

    async def is_interlock_closed(self) -> bool:
        """Whether the safety loop is closed."""
        return bool(await self._register(":READ:MOD:STAT?") & LOOP_CLOSED)

    # Waiting

    async def _discharged(self, seconds: float) -> bool:
        until = clock.now() + seconds
        while abs(await self._number(":MEAS:VOLT?", "V")) >= TOUCHABLE:
            if clock.now() > until:
                return False
            await clock.sleep(POLL)
        return True

    async def _ramped(self, seconds: float, command: str) -> None:
        await clock.sleep(seconds)
        until = clock.now() + seconds + OFF_TIME
        while (status := await self._status()) & RAMPING:
            if clock.now() > until:
                raise self._wrong("the ramp does not end", command, str(status))
            await clock.sleep(POLL)

    # Talking

    def _beyond(self, name: str, value: float, unit: str, command: str) -> None:
        refuse_beyond(self._limits, name, value, unit, address=self.address, command=command)

    def _open(self) -> InterlockError:
        return InterlockError(
            "the safety loop of the high voltage is open",
            address=self.address,
            command=":READ:MOD:STAT?",
            remedy=LID,
        )

    async def _status(self) -> int:
        return await self._register(f":READ:CHAN:STAT? {CHANNEL}")

    async def _register(self, query: str) -> int:
        said = await self._ask(query)
        try:
            return iseg.register(said)
        except iseg.Malformed as error:
            raise self._wrong(str(error), query, said) from error

    async def _number(self, query: str, unit: str) -> float:
        command = f"{query} {CHANNEL}"
        said = await self._ask(command)
        try:
            return iseg.number(said, unit)
        except iseg.Malformed as error:
            raise self._wrong(str(error), command, said) from error

    async def _kept(self, query: str, unit: str, value: float, apart: float) -> None:
        """`InstrumentError` where what is kept is not `value`."""
        found = await self._number(query, unit)
        if not math.isclose(found, value, rel_tol=0.0, abs_tol=apart):
            raise self._wrong("a setting was not taken", query, f"{found:g}{unit}")

    async def _set(self, command: str) -> None:
        line = f"{command}{iseg.COMPLETE}"
        if (said := await self._ask(line)) != "1":
            raise self._wrong("the order is not complete", line, said)

    async def _ask(self, command: str) -> str:
        frame = await self._link.exchange(iseg.encode(command), iseg.find_answer)
        try:
            said = iseg.answer(command, frame)
        except iseg.Malformed as error:
            raise self._wrong(str(error), command, repr(frame)) from error
        if not said:
            raise self._wrong("the answer is empty", command, said, LOOK)
        return said


DRIVER = IsegNHR
