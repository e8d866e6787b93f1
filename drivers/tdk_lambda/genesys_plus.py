"""TDK-Lambda GENESYS+ power supply, SCPI (GENESYS+ G/GSP user manual IA761-04-02, chapter SCPI).

Commands are taken over the built-in LAN at TCP port 8003 (LF ends a command and an answer), by USB
or RS-232. Ratings follow from the model that *IDN? tells: a GSP10-1500 has 10 V and 1500 A.

What is not there: a level at which a current trips. The supply limits the current itself, and its
foldback switches off as soon as it does, which would end every run at constant current.
"""

from __future__ import annotations

import math
from typing import ClassVar, Literal

from drivers.instrument import ScpiInstrument
from drivers.limits import BenchLimits, refuse_beyond, refuse_set_power
from drivers.links.link import MessageLink
from drivers.links.settings import MessageSettings
from drivers.roles.dc_power_supply import SupplyReading
from drivers.tdk_lambda import _genesys_sheet as sheet
from labctl.errors import LimitRefused
from labctl.evidence import Accuracy, Identity

HEADS = {"voltage": ":SOUR:VOLT", "current": ":SOUR:CURR"}
UNITS = {"voltage": "V", "current": "A"}
OVER_RATING = 1.05
"""Voltage and current can be set up to this part of the rating (user manual, programming)."""

STEP = 0.02e-2
"""A set value may be rounded by this part of the rating."""

MOST_PROTECTION = 1.2
"""Most over-voltage protection as a part of the rated voltage (remembered, up to 10 V)."""

CONDITION = ":STAT:QUES:COND?"
Trip = Literal["none", "over_voltage", "over_current", "over_temperature"]
TRIPS: tuple[tuple[int, Trip], ...] = (
    (1 << 4, "over_voltage"),
    (1 << 3, "over_current"),
    (1 << 2, "over_temperature"),
)
"""Bits of the questionable condition register: OVP, foldback, over-temperature."""

STOPS = {1: "the mains failed", 5: "the shut-off input", 7: "the interlock", 9: "under-voltage"}
"""Other bits that keep the output off."""

MODES: dict[str, Literal["constant_voltage", "constant_current", "off"]] = {
    "CV": "constant_voltage",
    "CC": "constant_current",
    "OFF": "off",
}


class GenesysPlus(ScpiInstrument):
    """A GENESYS+ at the end of `link`.

    `limits` by the bench: `voltage` in V, `current` in A, the most of each, and `power` in W, the
    most of the set voltage at the current limit.
    """

    what: ClassVar[str] = "power supply"
    settings: ClassVar[MessageSettings] = MessageSettings(
        timeout=3.0,
        idempotent=frozenset({
            *("*IDN?", ":OUTP:STAT?", ":OUTP:MODE?", CONDITION),
            *(f"{head}?" for head in HEADS.values()),
            *(":MEAS:VOLT?", ":MEAS:CURR?"),
        }),
    )
    limit_units: ClassVar[dict[str, str]] = {"voltage": "V", "current": "A", "power": "W"}
    accuracies: ClassVar[tuple[Accuracy, ...]] = sheet.lines(sheet.Rating(10.0, 1500.0))
    """Those of a GSP10-1500; readings of another model carry its own."""

    def __init__(self, link: MessageLink, limits: BenchLimits | None = None) -> None:
        super().__init__(link, limits)
        self._rating = sheet.Rating(0.0, 0.0)

    async def identify(self) -> Identity:
        """Ask who it is and clear old errors; `InstrumentError` for another family."""
        found = await self._scpi.who()
        rating = sheet.rating_of(found.model)
        if rating is None or not found.maker.upper().startswith("TDK-LAMBDA"):
            raise self._wrong(
                "this is no TDK-Lambda GENESYS+",
                "*IDN?",
                f"{found.maker},{found.model}",
                "correct the address or the driver in the bench file",
            )
        await self._scpi.set("*CLS")
        self._identity, self._rating = found, rating
        return found

    async def resync(self) -> None:
        """Line cleared, errors cleared; the output stays as it is."""
        await self._scpi.resync()

    async def safe(self) -> None:
        """Output off; read back."""
        await self._switch(False)

    async def set_voltage(self, voltage: float) -> None:
        """Target in V, read back; output state unchanged."""
        await self._put("voltage", voltage, self._rating.voltage)

    async def set_current_limit(self, current: float) -> None:
        """Current limit in A, read back; output state unchanged."""
        await self._put("current", current, self._rating.current)

    async def set_slew_rate(self, rate: float) -> None:
        """Always `LimitRefused`: the rates in V/s that a model takes are in none of our sources."""
        raise LimitRefused(
            f"a rate of {rate:g} V/s: this driver sets no slew rate",
            address=self.address,
            remedy="set it at the front panel, or change the voltage in steps",
        )

    async def set_protection(self, *, voltage: float, current: float) -> None:
        """Over-voltage in V at which the output trips off; `current` in A must be `math.inf`.

        `LimitRefused` for another current: a GENESYS+ has no such level.
        """
        command = ":SOUR:VOLT:PROT:LEV"
        self._refuse_beyond("voltage", voltage, command)
        if current != math.inf:
            self._refuse_beyond("current", current, command)
            raise LimitRefused(
                f"an over-current trip at {current:g} A: a GENESYS+ has none",
                address=self.address,
                command=command,
                remedy="ask for no over-current trip (math.inf); the current limit holds it",
            )
        most = MOST_PROTECTION * self._rating.voltage
        self._check("voltage protection", voltage, 0.0, most, "V", command)
        await self._scpi.set(f"{command} {voltage:.6g}")

    async def output(self, on: bool) -> None:
        """Output on or off, read back; `InstrumentError` where a protection keeps it off."""
        if on:
            await self._refuse_power({}, ":OUTP:STAT ON")
            await self._refuse_stopped()
        await self._switch(on)

    async def measure(self) -> SupplyReading:
        """Voltage in V and current in A at this moment, and what holds the output."""
        voltage, current = sheet.lines(self._rating)
        volts = self._reading(await self._scpi.number(":MEAS:VOLT?"), "V", voltage)
        amps = self._reading(await self._scpi.number(":MEAS:CURR?"), "A", current)
        answer = (await self._scpi.text(":OUTP:MODE?")).upper()
        if answer not in MODES:
            raise self._wrong("the output holds neither voltage nor current", ":OUTP:MODE?", answer)
        return SupplyReading(volts, amps, MODES[answer])

    async def trip(self) -> Trip:
        """Protection that has tripped; foldback counts as one of current."""
        bits = await self._condition()
        tripped = self._tripped(bits)
        return tripped[0] if tripped else "none"

    async def clear_trip(self) -> None:
        """No trip latched, output off; `InstrumentError` where its cause stands."""
        await self._switch(False)
        await self._scpi.set(":OUTP:PROT:CLE")
        if (still := await self.trip()) != "none":
            raise self._wrong("a trip stands", CONDITION, still, "remove its cause")

    async def _put(self, what: str, value: float, rated: float) -> None:
        head = HEADS[what]
        self._refuse_beyond(what, value, head)
        await self._refuse_power({what: value}, head)
        self._check(what, value, 0.0, OVER_RATING * rated, UNITS[what], head)
        await self._scpi.set(f"{head} {value:.6g}")
        found = await self._scpi.number(f"{head}?")
        if abs(found - value) > STEP * rated:
            raise self._wrong(f"the {what} was not taken", f"{head} {value:.6g}", f"{found:g}")

    def _refuse_beyond(self, what: str, value: float, command: str) -> None:
        refuse_beyond(self._limits, what, value, UNITS[what], address=self.address, command=command)

    async def _refuse_power(self, given: dict[str, float], command: str) -> None:
        """`LimitRefused` where set voltage in V and current limit in A are too much together."""
        await refuse_set_power(
            self._limits,
            given,
            lambda what: self._scpi.number(f"{HEADS[what]}?"),
            address=self.address,
            command=command,
        )

    @staticmethod
    def _tripped(bits: int) -> list[Trip]:
        return [name for bit, name in TRIPS if bits & bit]

    async def _refuse_stopped(self) -> None:
        bits = await self._condition()
        reasons = [name.replace("_", "-") for name in self._tripped(bits)]
        reasons += [name for bit, name in STOPS.items() if bits >> bit & 1]
        if reasons:
            raise self._wrong(
                f"the output is kept off by {', '.join(reasons)}",
                CONDITION,
                str(bits),
                "remove the cause, then clear the trip",
            )

    async def _condition(self) -> int:
        value = await self._scpi.number(CONDITION)
        if value != math.floor(value) or value < 0:
            raise self._wrong("the condition register is no whole number", CONDITION, f"{value:g}")
        return int(value)

    async def _switch(self, on: bool) -> None:
        await self._scpi.set(f":OUTP:STAT {'ON' if on else 'OFF'}")
        answer = (await self._scpi.text(":OUTP:STAT?")).upper()
        if answer not in ("0", "1", "ON", "OFF"):
            raise self._wrong("the answer is no state", ":OUTP:STAT?", answer)
        if (answer in ("1", "ON")) != on:
            raise self._wrong(
                f"the output is not {'on' if on else 'off'}",
                ":OUTP:STAT?",
                answer,
                "ask for a trip, or switch the output by hand",
            )


DRIVER = GenesysPlus
