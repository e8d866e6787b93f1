"""Watlow F4T controller of a thermal or climate chamber, Modbus TCP (data map 1).

Loop 1 is the air's temperature, loop 2 its humidity where the controller has two. The order of
words in 32-bit values is an option of the bench, `word_order`: `low_first` as delivered, or
`high_first`. The chamber is run by its loops' modes; a chamber that also has a main contactor on an
event of its maker's must have it on. The F4T has no register for the door: the option `door`, the
register of an input that is off while the door is closed, names it.

`identity.serial` is the controller's number (register 12), but for a device name that begins with
`SIM-`: a number cannot say that a controller is simulated.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar

from drivers.instrument import Instrument
from drivers.limits import BenchLimits
from drivers.links.link import RegisterLink
from drivers.links.settings import RegisterSettings
from drivers.options import Configured, Options
from drivers.remedies import ANOTHER, being
from drivers.watlow import _f4t_registers as registers
from drivers.watlow._f4t_limits import (
    own_limits,
    refuse_any_rate,
    refuse_profile,
    refuse_set_point,
)
from drivers.watlow._f4t_states import MOST_PROFILES, MOST_STEPS, Alarms, Profiles
from drivers.watlow._f4t_talk import F4T
from labctl.errors import InstrumentError, UsageError
from labctl.evidence import Accuracy, Identity, Reading

TEMPERATURE, HUMIDITY = 1, 2
FASTEST = 99999.0
"""The largest rate that the ramp's register holds, in K/min."""

LIQUID = (0.0, 100.0)
"""Set temperatures in degC at which humidity over water can be held at all."""

SHEET = "F4T data sheet: 0.1 % of span (100 ohm RTD, 1000 K) + 1 K; remembered"
SENSOR = "assumed: the chamber's humidity sensor, no part of the controller"
LINES = {
    TEMPERATURE: Accuracy("temperature", 800.0, "degC", 0.0, 2.0, SHEET),
    HUMIDITY: Accuracy("humidity", 100.0, "%", 0.0, 3.0, SENSOR),
}


class WatlowF4T(Instrument):
    """A chamber's controller at the end of `link`.

    `limits` by the bench: `temperature_min` and `temperature_max` in degC, `rate_max` in K/s,
    `humidity_min` and `humidity_max` in %. The accuracies are of the controller with the chamber's
    own sensors; how alike the chamber's air is stands in the bench file.
    """

    what: ClassVar[str] = "chamber"
    settings: ClassVar[RegisterSettings] = RegisterSettings(timeout=1.0)
    limit_units: ClassVar[dict[str, str]] = {
        "temperature_min": "degC",
        "temperature_max": "degC",
        "rate_max": "K/s",
        "humidity_min": "%",
        "humidity_max": "%",
    }
    accuracies: ClassVar[tuple[Accuracy, ...]] = tuple(LINES.values())

    def __init__(
        self,
        link: RegisterLink,
        limits: BenchLimits | None = None,
        *,
        word_order: registers.WordOrder = "low_first",
        door: int = 0,
    ) -> None:
        super().__init__(link, limits)
        self._talk = F4T(link, word_order)
        self._profiles = Profiles(self._talk)
        self._door = door
        self._fitted = registers.Fitted(0, 0, False)

    @classmethod
    def configured(cls, options: Mapping[str, Any]) -> Configured:
        """The driver with `word_order` and `door` of the bench file; ValueError for a wrong one."""
        found = Options(options, ("word_order", "door"))
        order, door = found.text("word_order", "low_first"), found.whole("door", 0)
        if order not in ("low_first", "high_first"):
            raise ValueError(f"word_order is low_first or high_first, not {order!r}")
        if not 0 <= door <= 0xFFFF:
            raise ValueError(f"door is a register from 0 to 65535, not {door}")
        make = partial(cls, word_order=order, door=door)
        return Configured(cls.settings, cls.limit_units, make)

    async def identify(self) -> Identity:
        """Read hardware, part number and units; `InstrumentError` for another controller, another
        word order, or one that does not work in degC."""
        await self._look()
        release = await self._talk.word("release")
        name = await self._talk.text(registers.NAME, registers.NAME_LENGTH)
        serial = name if name.startswith("SIM-") else str(await self._talk.word("serial"))
        self._identity = Identity("Watlow", "F4T", serial, str(release))
        return self._identity

    async def resync(self) -> None:
        """Line in a known state, what is fitted read again."""
        await self._talk.link.resync()
        await self._look()

    async def safe(self) -> None:
        """Profile ended, every loop off with no output; all read back."""
        if not self._fitted.loops:
            await self._look()
        try:
            if self._fitted.profiles:
                await self._profiles.end()
        finally:
            await self.control(False)

    async def set_temperature(self, setpoint: float) -> None:
        """Target in degC, read back; on or off state unchanged."""
        await self._set_point(TEMPERATURE, "temperature", setpoint)

    async def set_rate(self, rate: float | None) -> None:
        """Rate of temperature changes in K/s, read back; None: as fast as the chamber can."""
        if rate is None:
            refuse_any_rate(self._limits, self.address)
            await self._talk.put("ramp_action_1", registers.OFF)
            return
        most = self._limits.get("rate_max", FASTEST / 60)
        self._check("rate", rate, 1e-6, min(most, FASTEST / 60), "K/s", "write 2798")
        await self._free()
        await self._talk.put("ramp_scale_1", registers.MINUTES)
        await self._talk.put("ramp_rate_1", rate * 60)
        await self._talk.put("ramp_action_1", registers.BOTH)

    async def temperature(self) -> Reading:
        """Air temperature in degC at the chamber's own sensor."""
        return await self._read("value_1", TEMPERATURE)

    async def setpoint(self) -> Reading:
        """Closed loop set point in degC: where a ramp or a profile stands at this moment."""
        return self._reading(await self._talk.number("closed_loop_1"), "degC", None)

    async def control(self, on: bool) -> None:
        """Temperature loop on, or all loops off; read back. An alarm that stands keeps it off."""
        if not on:
            for loop in reversed(self._loops()):
                await self._switch(loop, on=False)
            return
        await self._free()
        await self._switch(TEMPERATURE, on=True)

    async def set_humidity(self, humidity: float) -> None:
        """Target relative humidity in %, over water, read back; humidity control unchanged."""
        self._needs_humidity()
        refuse_set_point(self._limits, HUMIDITY, humidity, self.address)
        target = await self._talk.number("setpoint_1")
        self._check("set temperature of a humidity", target, *LIQUID, "degC", "write 2942")
        await self._set_point(HUMIDITY, "humidity", humidity)

    async def humidity_control(self, on: bool) -> None:
        """Humidity loop on or off, read back."""
        self._needs_humidity()
        if on:
            await self._free()
        await self._switch(HUMIDITY, on=on)

    async def humidity(self) -> Reading:
        """Relative humidity in % at the chamber's own sensor."""
        self._needs_humidity()
        return await self._read("value_2", HUMIDITY)

    async def is_door_open(self) -> bool:
        """Whether the input that the bench names is on; `UsageError` where it names none."""
        if not self._door:
            raise UsageError(
                "the bench names no input for the door",
                address=self.address,
                remedy="write options = {door = <register>}, off while the door is closed",
            )
        word = (await self._talk.link.read_holding(self._door))[0]
        if word not in (registers.OFF, registers.OFF + 1):
            raise self._wrong("this is no input", f"read {self._door}", str(word))
        return word != registers.OFF

    async def alarms(self) -> tuple[str, ...]:
        """Alarms that stand or are latched, `alarm 1 high`; none is a quantity."""
        return await self._alarms().standing()

    async def acknowledge(self) -> None:
        """No alarm latched; `InstrumentError` where its cause stands."""
        await self._alarms().clear()

    async def start_profile(self, number: int, *, step: int = 1) -> None:
        """Profile `number` of the controller's list running from `step` (plain numbers)."""
        self._check("profile", number, 1, MOST_PROFILES, "(number)", "write 16558")
        self._check("step", step, 1, MOST_STEPS, "(number)", "write 16560")
        await refuse_profile(self._talk, self._fitted.loops, self._limits, self.address)
        await self._free()
        await self._profiles.start(number, step)

    async def pause_profile(self, on: bool) -> None:
        """Profile standing where it is, or going on; read back."""
        await self._profiles.pause(on)

    async def stop_profile(self) -> None:
        """No profile running; read back."""
        await self._profiles.end()

    async def profile_state(self) -> str:
        """`running`, `paused`, `complete`, `terminated`, `not started` or `timed start`."""
        return await self._profiles.state()

    async def _look(self) -> None:
        """Who it is and what is fitted."""
        with being("Watlow F4T"):
            hardware = await self._talk.link.read_holding(0, 2)
        order = {(registers.HARDWARE_ID, 0): "low_first", (0, registers.HARDWARE_ID): "high_first"}
        found = order.get((hardware[0], hardware[1]))
        if found is None:
            raise self._another("read 0 x2", str(hardware))
        if found != self._talk.order:
            raise self._wrong(
                f"32-bit values come {found}, the bench says {self._talk.order}",
                "read 0 x2",
                str(hardware),
                f'write options = {{word_order = "{found}"}} in the bench file',
            )
        with being("Watlow F4T"):
            part = await self._talk.text(registers.PART_NUMBER, registers.PART_LENGTH)
        try:
            self._fitted = registers.fitted(part)
        except ValueError as error:
            raise self._another(f"read 16: {error}", part) from error
        await self._in_celsius()

    async def _in_celsius(self) -> None:
        serial = self.address.startswith("modbus+rtu")
        at = registers.UNITS_SERIAL if serial else registers.UNITS_ETHERNET
        units = (await self._talk.link.read_holding(at))[0]
        if units != registers.CELSIUS:
            raise self._wrong(
                "the line does not work in degC",
                f"read {at}",
                str(units),
                "set the display units of this line to C in the controller's network menu",
            )

    async def _set_point(self, loop: int, what: str, value: float) -> None:
        refuse_set_point(self._limits, loop, value, self.address)
        low, high = await own_limits(self._talk, loop)
        self._check(what, value, low, high, LINES[loop].unit, f"set point of loop {loop}")
        await self._free()
        await self._talk.put(f"setpoint_{loop}", value)

    async def _switch(self, loop: int, *, on: bool) -> None:
        mode = registers.AUTOMATIC if on else registers.OFF
        await self._talk.put(f"mode_{loop}", mode)
        await self._talk.until(f"mode_now_{loop}", mode, "the loop did not take its mode")
        if not on:
            await self._talk.until(f"output_{loop}", 0.0, "the output is not off")

    async def _free(self) -> None:
        """No alarm stands and no profile runs; else `InstrumentError`."""
        await self._alarms().refuse("a setting")
        if self._fitted.profiles:
            await self._profiles.refuse_active()

    def _alarms(self) -> Alarms:
        return Alarms(self._talk, self._fitted.alarms)

    async def _read(self, name: str, loop: int) -> Reading:
        line = LINES[loop]
        value = await self._talk.number(name)
        if abs(value) > line.range:
            raise self._wrong(
                "the value is none of a chamber",
                self._talk.reading(name),
                f"{value:g}",
                "check the sensor and its wires",
            )
        return self._reading(value, line.unit, line)

    def _loops(self) -> tuple[int, ...]:
        return tuple(range(1, self._fitted.loops + 1))

    def _needs_humidity(self) -> None:
        if self._identity is not None and self._fitted.loops < HUMIDITY:
            raise self._wrong("this chamber has no humidity loop", "read 16", "1 loop")

    def _another(self, command: str, answer: str) -> InstrumentError:
        return self._wrong("this is no Watlow F4T", command, answer, ANOTHER)


DRIVER = WatlowF4T
