"""Yokogawa WT310E power meter, one element (communication manual IM WT310E-17EN).

A value is that of the first whole update interval after it was asked for: the one under way is
waited out. Ranges and mode are read back with every value, so that each has the limits of error of
the ranges that it was made on; settings that were lost by a restart are an error.

Ratios of transformers set in the meter (scaling, VT and CT) are switched off, and their state is
read with every value: the ratio and its uncertainty are the rig's. A range of the external sensor
input is none that was asked for, so that its values are refused too.

There is one element, so element 0 (the sum) is the same, and wirings with more are refused.
Harmonics need the option /G5: without it their settings are refused by the instrument.
"""

from __future__ import annotations

import math
from typing import ClassVar, Literal

from drivers.codecs import scpi
from drivers.generic.scpi import Scpi
from drivers.instrument import ScpiInstrument
from drivers.limits import BenchLimits
from drivers.links.link import MessageLink
from drivers.links.settings import MessageSettings
from drivers.roles.power_analyzer import EnergyReading, PowerReading
from drivers.yokogawa import _wt310e_sheet as sheet
from drivers.yokogawa._wt310e_talk import EVENTS, READ, SETUP, WAIT, Values, value, values
from labctl.errors import LimitRefused
from labctl.evidence import Accuracy, Identity, Reading

ERRORS = ":STAT:ERR?"
RATE, INTEGRATION = ":RATE?", ":INTEG:STAT?"
MODES = {"1P2W": "RMS", "DC": "DC"}
"""Wirings of one element, and how they are measured."""

HOUR = 3600.0
LIST = ":NUM:LIST:VAL? 1"
BEFORE_FIRST = 2
"""Values of a list of harmonics before order 1: the total, and the direct part, which is NAN."""


class YokogawaWT310E(ScpiInstrument):
    """A WT310E at the end of `link`; `limits` by the bench: `voltage` in V, `current` in A, rms."""

    what: ClassVar[str] = "power meter"
    settings: ClassVar[MessageSettings] = MessageSettings(
        timeout=3.0, idempotent=frozenset({"*IDN?", RATE, INTEGRATION})
    )
    limit_units: ClassVar[dict[str, str]] = {"voltage": "V", "current": "A"}
    accuracies: ClassVar[tuple[Accuracy, ...]] = sheet.ACCURACIES

    def __init__(self, link: MessageLink, limits: BenchLimits | None = None) -> None:
        super().__init__(link, limits)
        self._scpi = Scpi(link, ERRORS)

    async def identify(self) -> Identity:
        """Ask who it is, clear old errors, choose what is read; `InstrumentError` for another
        model."""
        found = await self._scpi.identity("YOKOGAWA", "WT310E")
        await self._scpi.set("*CLS", *SETUP)
        self._identity = found
        return found

    async def resync(self) -> None:
        """Line cleared, errors cleared; ranges and integration stay as they are."""
        await self._scpi.resync()

    async def safe(self) -> None:
        """A power meter drives nothing, so there is no state to read back."""

    async def wiring(self, system: Literal["1P2W", "1P3W", "3P3W", "3P4W", "DC"]) -> None:
        """One phase with two wires (rms values), or direct current; others are `LimitRefused`."""
        if system not in MODES:
            raise LimitRefused(
                f"wiring {system} needs more than the one element of a WT310E",
                address=self.address,
                command=":INP:MODE",
                remedy="use 1P2W or DC, or a power analyzer with more elements",
            )
        await self._scpi.set(f":INP:MODE {MODES[system]}")

    async def set_range(self, element: int, *, voltage: float, current: float) -> None:
        """The smallest ranges that hold `voltage` in V and `current` in A, both rms; read back."""
        self._refuse(element)
        wanted: list[float] = []
        for name, asked, known, unit in (
            ("voltage", voltage, sheet.VOLTAGES, "V"),
            ("current", current, sheet.CURRENTS, "A"),
        ):
            most = min(known[-1], self._limits.get(name, known[-1]))
            self._check(f"{name} range", asked, 0.0, most, unit, f":INP:{name.upper()[:4]}:RANG")
            wanted.append(next(one for one in known if asked <= one))
        await self._scpi.set(
            ":INP:VOLT:AUTO OFF",
            f":INP:VOLT:RANG {wanted[0]:g}V",
            ":INP:CURR:AUTO OFF",
            f":INP:CURR:RANG {wanted[1]:g}A",
        )
        command = ":INP:VOLT:RANG?;:INP:CURR:RANG?"
        answer = await self._scpi.text(command)
        try:
            found = [scpi.number(field) for field in answer.split(";")]
        except scpi.ScpiError as error:
            raise self._wrong(str(error), command, answer) from error
        if found != wanted:
            raise self._wrong("the ranges were not taken", command, answer)

    async def set_update_interval(self, seconds: float) -> None:
        """Interval in s over which a value is the mean: the shortest of 0.1 s to 20 s that is not
        below `seconds`."""
        self._check("update interval", seconds, 0.0, sheet.INTERVALS[-1], "s", ":RATE")
        interval = next(one for one in sheet.INTERVALS if seconds <= one)
        await self._scpi.set(
            f":RATE {interval * 1e3:g}MS" if interval < 1 else f":RATE {interval:g}S"
        )

    async def measure(self, element: int) -> PowerReading:
        """Values in V, A, W, V*A, var and Hz of the first whole interval from now on.

        `InstrumentError` beyond a range, and where a value is missing.
        """
        self._refuse(element)
        found, ranges, frequency = await self._next()
        apparent, reactive = self._need(found, "S"), self._need(found, "Q")
        factor = self._need(found, "P") / apparent if apparent else 1.0
        return PowerReading(
            self._item(
                found, "U", "V", sheet.amplitude_line("voltage", ranges.voltage, "V", frequency)
            ),
            self._item(
                found, "I", "A", sheet.amplitude_line("current", ranges.current, "A", frequency)
            ),
            self._item(found, "P", "W", sheet.power_line(ranges, frequency, reactive)),
            self._item(found, "S", "V*A", sheet.apparent_line(ranges, frequency)),
            self._item(found, "Q", "var", sheet.reactive_line(ranges, frequency, factor)),
            None if frequency is None else self._reading(frequency, "Hz", sheet.FREQUENCY),
        )

    async def harmonics(self, element: int, *, orders: int) -> tuple[Reading, ...]:
        """Rms voltage of orders 1 to `orders` (at most 50, fewer above 75 Hz) in V."""
        return await self._orders(element, orders, "U", "voltage", "V")

    async def current_harmonics(self, element: int, *, orders: int) -> tuple[Reading, ...]:
        """Rms current of orders 1 to `orders` (at most 50, fewer above 75 Hz) in A."""
        return await self._orders(element, orders, "I", "current", "A")

    async def integrate(self, on: bool) -> None:
        """Integrating, or standing with its sums kept; read back.

        `InstrumentError` where a sum that has ended by itself must be cleared first.
        """
        state = await self._state()
        if on and state == "RES":
            await self._scpi.set(":INTEG:MODE NORM", ":INTEG:TIM 0,0,0")
        if on and state != "STAR":
            await self._scpi.set(":INTEG:STAR")
        elif not on and state == "STAR":
            await self._scpi.set(":INTEG:STOP")
        found = await self._state()
        if (found == "STAR") != on:
            raise self._wrong(
                f"it is not {'integrating' if on else 'standing'}",
                INTEGRATION,
                found,
                "clear the integration first",
            )

    async def clear_integration(self) -> None:
        """Sums 0 J and 0 C; `InstrumentError` while integrating."""
        state = await self._state()
        if state == "STAR":
            raise self._wrong("it is integrating", INTEGRATION, state, "stop the integration first")
        await self._scpi.set(":INTEG:RES")

    async def integrated(self, element: int) -> EnergyReading:
        """Energy in J and charge in C summed up so far, and the time in s; integration goes on.

        `InstrumentError` where nothing was integrated since the sums were cleared.
        """
        self._refuse(element)
        found, ranges, frequency = await self._next()
        hours = self._need(found, "TIME") / HOUR
        power, current = sheet.of_power(frequency), sheet.of_amplitude(frequency)
        energy = sheet.integrated_line("energy", "J", power, ranges.power * HOUR, hours)
        charge = sheet.integrated_line("charge", "C", current, ranges.current * HOUR, hours)
        return EnergyReading(
            self._reading(self._need(found, "WH") * HOUR, "J", energy),
            self._reading(self._need(found, "AH") * HOUR, "C", charge),
            self._item(found, "TIME", "s", sheet.DURATION),
        )

    async def _next(self) -> tuple[Values, sheet.Ranges, float | None]:
        """The values of the first whole interval from now on, with ranges and frequency in Hz."""
        await self._scpi.text(EVENTS)
        patience = await self._patience()
        await self._scpi.text(f"{WAIT};{EVENTS}", patience)
        command = f"{WAIT};{READ}"
        answer = await self._scpi.text(command, patience)
        try:
            found = values(answer)
        except scpi.ScpiError as error:
            raise self._wrong(
                str(error), READ, answer, "identify it again and set ranges and interval anew"
            ) from error
        if over := found.over():
            raise self._wrong(over, READ, answer, "choose higher ranges")
        if found.scaled:
            what = "its values are scaled by ratios that were set at the front panel"
            raise self._wrong(what, READ, answer, "identify it again: that switches scaling off")
        frequency = None if found.mode == "DC" else self._need(found, "FU")
        return found, sheet.Ranges(found.voltage_range, found.current_range), frequency

    async def _patience(self) -> float:
        answer = await self._scpi.text(RATE)
        interval = sheet.INTERVALS[-1] if answer == "AUTO" else await self._interval(answer)
        return self.settings.timeout + 2.0 * interval

    async def _interval(self, answer: str) -> float:
        try:
            return scpi.number(answer)
        except scpi.ScpiError as error:
            raise self._wrong(
                str(error), RATE, answer, "identify it again and set ranges and interval anew"
            ) from error

    async def _orders(
        self, element: int, orders: int, item: str, function: str, unit: str
    ) -> tuple[Reading, ...]:
        self._refuse(element)
        self._check("number of orders", orders, 1, sheet.MOST_ORDERS, "", ":NUM:LIST:ORD")
        await self._scpi.set(
            f":HARM:PLLS {item}1",
            f":NUM:LIST:ORD {orders}",
            ":NUM:LIST:NUM 1",
            f":NUM:LIST:ITEM1 {item},1",
        )
        _, ranges, frequency = await self._next()
        return await self._listed(orders, function, unit, ranges, frequency or 0.0)

    async def _listed(
        self, orders: int, function: str, unit: str, ranges: sheet.Ranges, frequency: float
    ) -> tuple[Reading, ...]:
        answer = await self._scpi.text(LIST)
        full = ranges.voltage if function == "voltage" else ranges.current
        try:
            found = [value(field) for field in answer.split(",")][BEFORE_FIRST:]
        except scpi.ScpiError as error:
            raise self._wrong(str(error), LIST, answer) from error
        if len(found) != orders or None in found or math.inf in found:
            raise self._wrong(
                f"not all of {orders} orders were measured", LIST, answer, "ask for fewer orders"
            )
        return tuple(
            self._reading(each, unit, sheet.harmonic_line(function, full, unit, order * frequency))
            for order, each in enumerate(found, 1)
            if each is not None
        )

    async def _state(self) -> str:
        """State of the integration as its short word, which ends in no E: RES, STAR, STOP, TIM."""
        return (await self._scpi.text(INTEGRATION)).upper()[:4].removesuffix("E")

    def _item(self, found: Values, name: str, unit: str, line: Accuracy) -> Reading:
        return self._reading(self._need(found, name), unit, line)

    def _need(self, found: Values, name: str) -> float:
        number = found.items[name]
        if number is None or math.isinf(number):
            raise self._wrong(
                f"there is no value of {name}",
                READ,
                "NAN" if number is None else "INF",
                "check ranges, wiring and signal; start the integration for sums",
            )
        return number

    def _refuse(self, element: int) -> None:
        self._check("element", element, 0, 1, "", ":NUM:NORM:ITEM")


DRIVER = YokogawaWT310E
