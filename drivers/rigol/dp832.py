"""Rigol DP832 power supply, SCPI (DP800 programming guide; user's guide), its channel 1.

A DP832 has three outputs; a role is one of them. `rigol.dp832` drives channel 1 (30 V, 3 A),
`rigol.dp832_ch2` channel 2 (30 V, 3 A) and `rigol.dp832_ch3` channel 3 (5 V, 3 A).

Without the option for high resolution a voltage is set in steps of 10 mV; one that was rounded by
more than half of that is an error.

What is not there: the supply tells no trip by temperature, and has no rate for changes of voltage.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import ClassVar, Literal

from drivers.instrument import ScpiInstrument
from drivers.limits import refuse_set_power
from drivers.links.settings import MessageSettings
from drivers.roles.dc_power_supply import SupplyReading
from labctl.errors import LimitRefused
from labctl.evidence import Accuracy, Identity

SHEET = (
    "Rigol DP800 performance verification manual, chapter 3, table DP832, annual, 25 degC +-5 degC"
)
CURRENT = Accuracy("current", 3.2, "A", 0.15e-2, 5e-3, f"{SHEET}, CC readback", 1e-3)
"""Readback of current in A, the same on all channels (chapter 3)."""

VOLTAGE = Accuracy(
    "voltage", 32.0, "V", 0.05e-2, 10e-3, f"{SHEET}, CV readback of CH1 and CH2 (remembered)", 1e-2
)
LOW_VOLTAGE = Accuracy(
    "voltage", 5.3, "V", 0.1e-2, 5e-3, f"{SHEET}, CV readback of CH3 (remembered)", 1e-3
)

WORDS = {"voltage": "VOLT", "current": "CURR"}
STEP, FINE = 10e-3, 1e-3
"""Steps in V and A of what is set."""

MODES: dict[str, Literal["constant_voltage", "constant_current"]] = {
    "CV": "constant_voltage",
    "CC": "constant_current",
}
TRIPS: dict[str, Literal["over_voltage", "over_current"]] = {
    "OVP": "over_voltage",
    "OCP": "over_current",
}
Trip = Literal["none", "over_voltage", "over_current", "over_temperature"]


class RigolDP832(ScpiInstrument):
    """A DP832's channel at the end of `link`.

    `limits` by the bench: `voltage` in V, `current` in A, the most of each, and `power` in W, the
    most of the set voltage at the current limit.
    """

    what: ClassVar[str] = "power supply"
    settings: ClassVar[MessageSettings] = MessageSettings(
        timeout=3.0,
        idempotent=frozenset({
            *("*IDN?", ":OUTP?", ":OUTP:MODE?", ":OUTP:OVP:QUES?", ":OUTP:OCP:QUES?"),
            *(f":SOUR{number}:{word}?" for number in (1, 2, 3) for word in ("VOLT", "CURR")),
        }),
    )
    limit_units: ClassVar[dict[str, str]] = {"voltage": "V", "current": "A", "power": "W"}
    accuracies: ClassVar[tuple[Accuracy, ...]] = (VOLTAGE, CURRENT)
    channel: ClassVar[int] = 1
    rating: ClassVar[dict[str, float]] = {"voltage": 32.0, "current": 3.2}
    """Most that can be set in V and A (programming guide, table 2-1)."""

    trip_rating: ClassVar[dict[str, float]] = {"voltage": 33.0, "current": 3.3}
    """Most that a protection can be set to in V and A (guide, table 2-2; remembered)."""

    async def identify(self) -> Identity:
        """Ask who it is and clear old errors; `InstrumentError` for another model."""
        found = await self._scpi.identity("RIGOL", "DP832")
        await self._scpi.set("*CLS")
        self._identity = found
        return found

    async def resync(self) -> None:
        """Line cleared, errors cleared; the output stays as it is."""
        await self._scpi.resync()

    async def safe(self) -> None:
        """This channel's output off; read back."""
        await self._switch(False)

    async def set_voltage(self, voltage: float) -> None:
        """Target in V, read back; output state unchanged."""
        await self._put("VOLT", "voltage", voltage, "V", STEP)

    async def set_current_limit(self, current: float) -> None:
        """Current limit in A, read back; output state unchanged."""
        await self._put("CURR", "current", current, "A", FINE)

    async def set_slew_rate(self, rate: float) -> None:
        """A DP832 has no rate of voltage changes in V/s: always `LimitRefused`."""
        raise LimitRefused(
            f"a rate of {rate:g} V/s: a DP832 changes its voltage at a rate of its own",
            address=self.address,
            remedy="change the voltage in steps, or use a supply with a rate that can be set",
        )

    async def set_protection(self, *, voltage: float, current: float) -> None:
        """Over-voltage in V and over-current in A at which the output trips off, both in force."""
        self._check_protection("OVP", "voltage", voltage, "V")
        self._check_protection("OCP", "current", current, "A")
        for kind, level in (("OVP", voltage), ("OCP", current)):
            await self._scpi.set(f":OUTP:{kind}:VAL {self._name},{level:.6g}")
            await self._scpi.set(f":OUTP:{kind} {self._name},ON")

    async def output(self, on: bool) -> None:
        """Output on or off, read back; `InstrumentError` where a protection has tripped."""
        tripped = await self.trip() if on else "none"
        if tripped != "none":
            raise self._wrong(
                f"the output was switched off by its {tripped.replace('_', '-')} protection",
                f":OUTP {self._name},ON",
                tripped,
                "remove the cause, then clear the trip",
            )
        if on:
            await self._refuse_power({}, f":OUTP {self._name},ON")
        await self._switch(on)

    async def measure(self) -> SupplyReading:
        """Voltage in V and current in A at this moment, and what holds the output."""
        volts, amps, _ = await self._scpi.numbers(f":MEAS:ALL? {self._name}", 3)
        voltage, current = self.accuracies
        readings = self._reading(volts, "V", voltage), self._reading(amps, "A", current)
        return SupplyReading(*readings, await self._mode())

    async def trip(self) -> Trip:
        """Protection that has tripped; this supply tells none of temperature."""
        for kind, name in TRIPS.items():
            command = f":OUTP:{kind}:QUES? {self._name}"
            if await self._told(command, "YES", "NO"):
                return name
        return "none"

    async def clear_trip(self) -> None:
        """No trip latched, output off; `InstrumentError` where its cause stands."""
        await self._switch(False)
        for kind in TRIPS:
            await self._scpi.set(f":OUTP:{kind}:CLEAR {self._name}")
        tripped = await self.trip()
        if tripped != "none":
            raise self._wrong(
                "the protection has tripped again",
                f":OUTP:OVP:CLEAR {self._name}",
                tripped,
                "remove the cause, then clear the trip",
            )

    @property
    def _name(self) -> str:
        return f"CH{self.channel}"

    async def _put(self, word: str, what: str, value: float, unit: str, step: float) -> None:
        command = f":SOUR{self.channel}:{word}"
        most = min(self.rating[what], self._limits.get(what, math.inf))
        self._check(what, value, 0.0, most, unit, command)
        await self._refuse_power({what: value}, command)
        await self._scpi.set(f"{command} {value:.6g}")
        found = await self._scpi.number(f"{command}?")
        if not math.isclose(found, value, rel_tol=0.0, abs_tol=0.51 * step):
            raise self._wrong(f"the {what} was not taken", f"{command} {value:.6g}", f"{found:g}")

    async def _refuse_power(self, given: Mapping[str, float], command: str) -> None:
        """`LimitRefused` where set voltage in V and current limit in A are too much together."""
        await refuse_set_power(
            self._limits,
            given,
            lambda what: self._scpi.number(f":SOUR{self.channel}:{WORDS[what]}?"),
            address=self.address,
            command=command,
        )

    def _check_protection(self, kind: str, what: str, level: float, unit: str) -> None:
        most = min(self.trip_rating[what], self._limits.get(what, math.inf))
        self._check(f"{what} protection", level, STEP, most, unit, f":OUTP:{kind}:VAL")

    async def _switch(self, on: bool) -> None:
        await self._scpi.set(f":OUTP {self._name},{'ON' if on else 'OFF'}")
        command = f":OUTP? {self._name}"
        if await self._told(command, "ON", "OFF") != on:
            raise self._wrong(
                f"the output is not {'on' if on else 'off'}",
                command,
                "OFF" if on else "ON",
                "ask for a trip, or switch the output by hand",
            )

    async def _mode(self) -> Literal["constant_voltage", "constant_current", "off"]:
        if not await self._told(f":OUTP? {self._name}", "ON", "OFF"):
            return "off"
        command = f":OUTP:MODE? {self._name}"
        answer = await self._scpi.text(command)
        if answer not in MODES:
            raise self._wrong("the output is not regulated", command, answer, "check the load")
        return MODES[answer]

    async def _told(self, command: str, yes: str, no: str) -> bool:
        """Which of the two words a query is answered with."""
        answer = await self._scpi.text(command)
        if answer not in (yes, no):
            raise self._wrong(f"the answer is neither {yes} nor {no}", command, answer)
        return answer == yes


DRIVER = RigolDP832
