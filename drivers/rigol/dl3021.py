"""Rigol DL3021 electronic load, SCPI (DL3000 programming guide, April 2019; user guide).

The high ranges are used throughout: a range changes only with the input off, and the accuracy of
what is read back is stated for the full scale. Limits of the bench are also set in the load, as the
voltage and current at which its input trips off. Read-back integrates over 200 ms (:MEASure:TIME?)
and a third party saw it renewed about once a second: wait that long after a change.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

from drivers.instrument import ScpiInstrument
from drivers.limits import BenchLimits, refuse_beyond, refuse_power
from drivers.links.link import MessageLink
from drivers.links.settings import MessageSettings
from drivers.rigol import _dl3021_sheet as sheet
from drivers.roles.electronic_load import LoadReading
from labctl.errors import InstrumentError, LinkError
from labctl.evidence import Accuracy, Identity

INPUT, STATUS = ":SOUR:INP:STAT?", ":STAT:QUES:COND?"
MODES = ("CURR", "VOLT", "RES", "POW")
MICRO = 1e-6


class RigolDL3021(ScpiInstrument):
    """A DL3021 at the end of `link`.

    `limits` by the bench: `voltage` in V, `current` in A, `power` in W, the most of each. A source
    may have `voltage`, and give `current`: what could draw more than `power` from it is refused.
    """

    what: ClassVar[str] = "electronic load"
    settings: ClassVar[MessageSettings] = MessageSettings(
        timeout=3.0, idempotent=frozenset({"*IDN?"})
    )
    limit_units: ClassVar[dict[str, str]] = {"voltage": "V", "current": "A", "power": "W"}
    accuracies: ClassVar[tuple[Accuracy, ...]] = (sheet.VOLTAGE, sheet.CURRENT)

    def __init__(self, link: MessageLink, limits: BenchLimits | None = None) -> None:
        super().__init__(link, limits)
        self._mode = ""

    async def identify(self) -> Identity:
        """Ask who it is and clear old errors; `InstrumentError` for another model."""
        found = await self._scpi.identity("RIGOL", "DL3021")
        await self._scpi.set("*CLS")
        self._identity = found
        return found

    async def resync(self) -> None:
        """Line cleared, errors cleared; what is regulated is sent anew when needed."""
        self._mode = ""
        await self._scpi.resync()

    async def safe(self) -> None:
        """Transients stopped, input off; read back."""
        await self._scpi.set(":SOUR:TRAN:STAT 0", ":SOUR:INP:STAT 0")
        await self._expect_input(False)

    async def sink_current(self, current: float) -> None:
        """Constant current in A; input state unchanged."""
        self._refuse_power(self._most("voltage"), current, ":SOUR:CURR:LEV:IMM")
        await self._regulate("CURR", "current", current, 0.0, self._most("current"), "A")

    async def hold_voltage(self, voltage: float) -> None:
        """Constant voltage in V; input state unchanged."""
        self._refuse_power(voltage, self._most("current"), ":SOUR:VOLT:LEV:IMM")
        await self._regulate("VOLT", "voltage", voltage, 0.0, self._most("voltage"), "V")

    async def sink_power(self, power: float) -> None:
        """Constant power in W; input state unchanged."""
        await self._regulate("POW", "power", power, 0.0, self._most("power"), "W")

    async def set_resistance(self, resistance: float) -> None:
        """Constant resistance in ohm (0.08..15000); input state unchanged."""
        low, high = sheet.MIN_RESISTANCE, sheet.MAX_RESISTANCE
        self._check("resistance", resistance, low, high, "ohm", ":SOUR:RES:LEV:IMM")
        current = self._most("voltage") / resistance
        self._refuse_beyond("current", current, "A", ":SOUR:RES:LEV:IMM")
        self._refuse_power(self._most("voltage"), current, ":SOUR:RES:LEV:IMM")
        await self._regulate("RES", "resistance", resistance, low, high, "ohm")

    async def set_slew_rate(self, rate: float) -> None:
        """Rate of current changes in A/s, up and down; the load is asked for its limits."""
        command = ":SOUR:CURR:SLEW"
        low = await self._scpi.number(f"{command}? MIN")
        high = await self._scpi.number(f"{command}? MAX")
        self._check("slew rate", rate, low / MICRO, high / MICRO, "A/s", command)
        await self._scpi.set(f"{command} {rate * MICRO:.6g}")

    async def transient(self, low: float, high: float, *, frequency: float, duty: float) -> None:
        """Constant current switching between `low` and `high` in A at `frequency` in Hz, `high` for
        the fraction `duty` of a period (0.05..0.95 in whole hundredths).

        The input must be on: the load would switch it on by itself when the transient starts.
        """
        command = ":SOUR:CURR:TRAN"
        for level in (low, high):
            self._check("current", level, 0.0, self._most("current"), "A", command)
            self._refuse_power(self._most("voltage"), level, command)
        self._check("frequency", frequency, sheet.MIN_FREQUENCY, sheet.MAX_FREQUENCY, "Hz", command)
        percent = self._percent(duty, f"{command}:ADUT")
        if not await self._scpi.is_on(INPUT):
            raise self._wrong("the input is off", INPUT, "0", "switch the input on first")
        await self.sink_current(low)
        await self._scpi.set(
            f"{command}:MODE CONT",
            f"{command}:ALEV {high:.9g}",
            f"{command}:BLEV {low:.9g}",
            f"{command}:FREQ {frequency / 1e3:.9g}",
            f"{command}:ADUT {percent}",
        )
        self._mode = ""
        await self._scpi.set(":TRIG:SOUR BUS", ":SOUR:TRAN:STAT 1", ":TRIG")

    async def set_protection(self, *, voltage: float, current: float, power: float) -> None:
        """Voltage in V and current in A at which the input trips off, in every mode.

        The power at which it trips is the load's own: less than 200 W cannot be had and is
        `LimitRefused`.
        """
        self._refuse_beyond("voltage", voltage, "V", ":SOUR:CURR:VLIM")
        self._refuse_beyond("current", current, "A", ":SOUR:CURR:ILIM")
        most = {
            "V": await self._scpi.number(":SOUR:CURR:VLIM? MAX"),
            "A": await self._scpi.number(":SOUR:CURR:ILIM? MAX"),
        }
        self._check("voltage protection", voltage, 0.0, most["V"], "V", ":SOUR:CURR:VLIM")
        self._check("current protection", current, 0.0, most["A"], "A", ":SOUR:CURR:ILIM")
        self._check("power protection", power, sheet.MAX_POWER, sheet.TRIP_POWER, "W", ":SOUR:POW")
        for mode in MODES:
            await self._scpi.set(
                f":SOUR:{mode}:VLIM {voltage:.9g}", f":SOUR:{mode}:ILIM {current:.9g}"
            )

    async def input(self, on: bool) -> None:
        """Input on or off, read back; `InstrumentError` where a protection has tripped."""
        with self._forgetting():
            if on:
                await self._status()
            await self._scpi.set(f":SOUR:INP:STAT {int(on)}")
            await self._expect_input(on)

    async def measure(self) -> LoadReading:
        """Voltage in V and current in A at this moment."""
        with self._forgetting():
            voltage = self._reading(await self._scpi.number(":MEAS:VOLT?"), "V", sheet.VOLTAGE)
            current = self._reading(await self._scpi.number(":MEAS:CURR?"), "A", sheet.CURRENT)
            status = await self._status()
        return LoadReading(voltage, current, not status & sheet.UNREGULATED)

    async def clear_trip(self) -> None:
        """No trip latched, input off; `InstrumentError` where its cause stands."""
        await self._scpi.set(":SOUR:INP:STAT 0", "*CLS")
        await self._expect_input(False)
        await self._status()

    async def _regulate(
        self, mode: str, what: str, level: float, low: float, high: float, unit: str
    ) -> None:
        """`level` in `mode`; the input is off while the mode changes, and as before afterwards."""
        command = f":SOUR:{mode}:LEV:IMM"
        self._check(what, level, low, high, unit, command)
        setting = f"{command} {level:.9g}"
        if mode == self._mode:
            with self._forgetting():
                await self._scpi.set(setting)
            return
        was_on = await self._scpi.is_on(INPUT)
        if was_on:
            await self.input(False)
        self._mode = ""
        await self._scpi.set(
            ":SOUR:TRAN:STAT 0", ":SOUR:FUNC:MODE FIX", f":SOUR:FUNC {mode}", *self._guards(mode)
        )
        await self._scpi.set(setting)
        self._mode = mode
        if was_on:
            await self.input(True)

    @contextmanager
    def _forgetting(self) -> Iterator[None]:
        """After a lost line the mode is sent anew: the load may have restarted."""
        try:
            yield
        except LinkError:
            self._mode = ""
            raise

    def _percent(self, duty: float, command: str) -> int:
        """`duty` in hundredths; `LimitRefused` where it is no whole number of them."""
        self._check("duty", round(duty, 9), sheet.MIN_DUTY, sheet.MAX_DUTY, "", command)
        percent = round(100 * duty)
        self._check("duty", round(duty, 9), percent / 100, percent / 100, "", command)
        return percent

    def _guards(self, mode: str) -> list[str]:
        """The high range of `mode`, and the bench's limits as limits of the load."""
        found = [] if mode == "POW" else [f":SOUR:{mode}:RANG MAX"]
        for name, head in (("voltage", "VLIM"), ("current", "ILIM")):
            if name in self._limits:
                found.append(f":SOUR:{mode}:{head} {self._limits[name]:.9g}")
        return found

    def _refuse_power(self, voltage: float, current: float, command: str) -> None:
        refuse_power(self._limits, voltage, current, address=self.address, command=command)

    def _refuse_beyond(self, what: str, value: float, unit: str, command: str) -> None:
        refuse_beyond(self._limits, what, value, unit, address=self.address, command=command)

    def _most(self, what: str) -> float:
        rating = {
            "voltage": sheet.MAX_VOLTAGE,
            "current": sheet.MAX_CURRENT,
            "power": sheet.MAX_POWER,
        }[what]
        return min(rating, self._limits.get(what, rating))

    async def _status(self) -> int:
        """The questionable status; `InstrumentError` where a protection has tripped."""
        status = int(await self._scpi.number(STATUS))
        if tripped := sheet.trips(status):
            raise InstrumentError(
                f"a protection has tripped: {tripped}",
                address=self.address,
                command=STATUS,
                answer=str(status),
                remedy="remove its cause, then clear the trip",
            )
        return status

    async def _expect_input(self, on: bool) -> None:
        if await self._scpi.is_on(INPUT) != on:
            await self._status()  # a protection that has tripped says more
            raise self._wrong(
                f"the input is not {'on' if on else 'off'}",
                INPUT,
                "0" if on else "1",
                "look at the load's screen, or switch its input by hand",
            )


DRIVER = RigolDL3021
