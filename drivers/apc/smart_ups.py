"""APC Smart-UPS with Modbus (SMT, SMX, SRT), Modbus RTU or TCP; registers in `smart_ups.toml`.

Modbus must be switched on at the unit. Its register map has no input frequency: while the line
feeds the load the output follows the line, and the output's frequency is given; on battery there is
none. The unit's own meters are no reference, and their maker states no accuracy.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import ClassVar

from drivers.apc._registers import NOT_ACTIVE, TestState, UpsState, load_map, state_of, test_of
from drivers.instrument import Identified
from drivers.limits import BenchLimits, refuse_outside
from drivers.links.link import RegisterLink
from drivers.links.registers import Value
from drivers.links.settings import RegisterSettings
from drivers.remedies import ANOTHER, LOOK, being
from drivers.roles.ups import UpsBattery, UpsLine
from labctl import clock
from labctl.errors import InstrumentError
from labctl.evidence import Accuracy, Identity, Reading

MODEL = "SMART-UPS"
LONGEST_DELAY = 32767
"""Seconds that the register of a delay holds."""

LOWEST_TRANSFER, HIGHEST_TRANSFER = 80.0, 300.0
"""V rms; every Smart-UPS, for 100 V or for 240 V, has narrower limits of its own and says so."""

SETTLE, POLL = 5.0, 0.25
"""Seconds that a command is given to show, and between two looks."""

JOULE_PER_WATT_HOUR = 3600.0
ASSUMED = "990-9840A names units and steps, no accuracy; 5 % is assumed for the unit's own meters"
ESTIMATED = "990-9840A states no accuracy; 20 % is assumed for what the unit estimates"


def _meter(function: str, full_scale: float, unit: str, step: float) -> Accuracy:
    return Accuracy(function, full_scale, unit, 0.05, 0.0, ASSUMED, step)


METERS: dict[str, Accuracy] = {
    "runtime": Accuracy("runtime", 4294967295.0, "s", 0.2, 0.0, ESTIMATED, 1.0),
    "charge": Accuracy("charge", 100.0, "%", 0.0, 20.0, ESTIMATED, 1 / 512),
    "battery_voltage": _meter("battery_voltage", 1024.0, "V", 1 / 32),
    "battery_temperature": Accuracy(
        "battery_temperature", 256.0, "degC", 0.0, 5.0, f"{ASSUMED}; 5 degC here", 1 / 128
    ),
    "load": _meter("load", 256.0, "%", 1 / 256),
    "power": _meter("power", 20000.0, "W", 0.0),
    "output_current": _meter("output_current", 2048.0, "A", 1 / 32),
    "output_voltage": _meter("output_voltage", 1024.0, "V", 1 / 64),
    "output_frequency": Accuracy(
        "output_frequency", 512.0, "Hz", 0.0, 0.1, f"{ASSUMED}; 0.1 Hz here", 1 / 128
    ),
    "input_voltage": _meter("input_voltage", 1024.0, "V", 1 / 64),
    "energy": _meter("energy", 1.5e13, "J", JOULE_PER_WATT_HOUR),
}


class ApcSmartUps(Identified):
    """A Smart-UPS at the end of `link`.

    `limits` by the bench: `transfer_low` and `transfer_high` in V, the lowest and the highest that
    may be set; `delay_min` in s, the shortest notice of a shut-down.
    """

    what: ClassVar[str] = "UPS"
    settings: ClassVar[RegisterSettings] = RegisterSettings(timeout=2.0)
    limit_units: ClassVar[dict[str, str]] = {
        "transfer_low": "V",
        "transfer_high": "V",
        "delay_min": "s",
    }
    accuracies: ClassVar[tuple[Accuracy, ...]] = tuple(METERS.values())

    def __init__(self, link: RegisterLink, limits: BenchLimits | None = None) -> None:
        self._link = link
        super().__init__(self._link, limits)
        self._map = load_map()
        self._rating = 0.0
        self._groups: tuple[str, ...] = ("main",)

    async def identify(self) -> Identity:
        """Read model, serial number, firmware and rating; `InstrumentError` for another model."""
        model, serial, firmware = await self._read_inventory()
        self._identity = Identity("APC", model, serial, firmware)
        return self._identity

    async def resync(self) -> None:
        """Line in a known state, rating and outlet groups read again."""
        await self._link.resync()
        await self._read_inventory()

    async def safe(self) -> None:
        """No battery test and no shut-down pending, both read back: the load stays fed."""
        await self._read_inventory()
        if test_of(await self._bits("battery_test")) == "running":
            await self._command("battery_test_command", {"abort"})
            await self._until_test(lambda state: state != "running", "the test is not ended")
        await self._cancel()

    async def close(self) -> None:
        """Give the line back; the UPS goes on."""
        await self._link.close()

    async def state(self) -> UpsState:
        """What feeds the load, of one register pair; `InstrumentError` where it contradicts."""
        status = await self._bits("status")
        try:
            return state_of(status)
        except ValueError as error:
            raise self._wrong(str(error), "read status", ", ".join(sorted(status))) from error

    async def battery(self) -> UpsBattery:
        """Charge in %, runtime in s, voltage in V, temperature in degC."""
        names = ("charge", "runtime", "battery_voltage", "battery_temperature")
        return UpsBattery(*[self._reading(row, name) for name, row in await self._rows(names)])

    async def input(self) -> UpsLine:
        """Line voltage in V; frequency in Hz while the output follows the line, else None."""
        state = await self.state()
        rows = dict(await self._rows(("input_voltage", "output_frequency")))
        voltage = self._reading(rows["input_voltage"], "input_voltage")
        frequency = None
        if state in ("online", "bypass"):
            frequency = self._reading(rows["output_frequency"], "output_frequency")
        return UpsLine(voltage, frequency, None, None, None)

    async def output(self) -> UpsLine:
        """Voltage in V, frequency in Hz, current in A, power in W and load in %."""
        names = ("output_voltage", "output_frequency", "output_current", "load")
        rows = dict(await self._rows(names))
        voltage, frequency, current, load = (self._reading(rows[name], name) for name in names)
        power = self._made("power", load.value / 100 * self._rating, "W")
        return UpsLine(voltage, frequency, current, power, load)

    async def energy(self) -> Reading:
        """Energy given to the load since the unit's own zero, in J."""
        watt_hours = await self._number("energy")
        return self._made("energy", watt_hours * JOULE_PER_WATT_HOUR, "J")

    async def test_battery(self) -> None:
        """A battery test running; one that runs already is left alone.

        `InstrumentError` where the unit refuses it.
        """
        if await self.battery_test() == "running":
            return
        await self._command("battery_test_command", {"start"})
        await clock.sleep(POLL)  # until then the last test's result may stand
        await self._until_test(lambda state: state == "running", "the battery test does not run")

    async def battery_test(self) -> TestState:
        """State or result of the last battery test; an aborted one counts as none."""
        return test_of(await self._bits("battery_test"))

    async def set_transfer_limits(self, low: float, high: float) -> None:
        """Input voltages in V rms, whole volts, beyond which the battery takes over; read back."""
        lowest = max(LOWEST_TRANSFER, self._limits.get("transfer_low", LOWEST_TRANSFER))
        highest = min(HIGHEST_TRANSFER, self._limits.get("transfer_high", HIGHEST_TRANSFER))
        self._check("lower transfer limit", low, lowest, highest, "V")
        self._check("upper transfer limit", high, low + 1, highest, "V")
        await self._set("transfer_high", round(high))
        await self._set("transfer_low", round(low))

    async def shut_down(self, *, delay: float) -> None:
        """Output off `delay` in s (whole seconds) from now; a second call replaces the first."""
        shortest = self._limits.get("delay_min", 0.0)
        self._check("delay", delay, shortest, LONGEST_DELAY, "s")
        await self._read_inventory()
        await self._cancel()
        for group in self._groups:
            await self._set(f"off_delay_{group}", math.ceil(delay))
        await self._command("outlet_command", {"output_off", "use_off_delay", *self._groups})
        end = clock.now() + SETTLE
        while not await self._is_going_off():
            if clock.now() >= end:
                raise self._wrong("no shut-down is pending", "read off_countdown_main", "-1")
            await clock.sleep(POLL)

    async def _read_inventory(self) -> tuple[str, str, str]:
        names = ("firmware", "model", "serial", "real_power_rating", "groups")
        with being("Smart-UPS"):
            row = await self._map.read(self._link, names)
        model = _text(row["model"])
        if MODEL not in model.upper().replace("_", "-").replace(" ", "-"):
            raise self._wrong(
                "this is no Smart-UPS",
                "read model (register 532)",
                model or "no text",
                ANOTHER,
            )
        rating, groups = row["real_power_rating"], row["groups"]
        if not isinstance(rating, int) or rating == 0 or not isinstance(groups, frozenset):
            raise self._wrong("the rating makes no sense", "read real_power_rating", str(rating))
        self._rating = float(rating)
        self._groups = ("main", *sorted(name for name in groups if name.startswith("group_")))
        return model, _text(row["serial"]), _text(row["firmware"])

    async def _cancel(self) -> None:
        """No countdown pending, read back; one that has run out is pending no more."""
        if await self._number("off_countdown_main") <= 0:
            return
        await self._command("outlet_command", {"cancel", *self._groups})
        end = clock.now() + SETTLE
        while (left := await self._number("off_countdown_main")) > 0:
            if clock.now() >= end:
                raise self._wrong(
                    "the shut-down is not cancelled", "read off_countdown_main", f"{left:g}"
                )
            await clock.sleep(POLL)

    async def _is_going_off(self) -> bool:
        pending = await self._number("off_countdown_main") != NOT_ACTIVE
        return pending or "output_off" in await self._bits("status")

    async def _until_test(self, is_done: Callable[[TestState], bool], otherwise: str) -> None:
        end = clock.now() + SETTLE
        while not is_done(state := await self.battery_test()):
            if state == "refused" or clock.now() >= end:
                raise self._wrong(otherwise, "read battery_test", state, "see the unit's display")
            await clock.sleep(POLL)

    async def _set(self, name: str, value: int) -> None:
        """Write a setting and read it back; one that stands already is not written again."""
        if await self._number(name) == value:
            return
        await self._map.write(self._link, name, value)
        if (found := await self._number(name)) != value:
            raise self._wrong(
                "the setting was not taken", f"{name} = {value}", f"{found:g}", "see its manual"
            )

    async def _command(self, name: str, bits: set[str]) -> None:
        await self._map.write(self._link, name, frozenset(bits))

    async def _bits(self, name: str) -> frozenset[str]:
        value = (await self._map.read(self._link, [name]))[name]
        if not isinstance(value, frozenset):
            raise self._wrong("the register is not available", f"read {name}", str(value))
        return value

    async def _rows(self, names: tuple[str, ...]) -> list[tuple[str, Value]]:
        row = await self._map.read(self._link, names)
        return [(name, row[name]) for name in names]

    async def _number(self, name: str) -> float:
        return self._numeric((await self._map.read(self._link, [name]))[name], name)

    def _numeric(self, value: Value, name: str) -> float:
        if not isinstance(value, int | float):
            raise self._wrong(f"{name} is not available", f"read {name}", "not applicable")
        return float(value)

    def _reading(self, value: Value, name: str) -> Reading:
        return self._made(name, self._numeric(value, name), self._map.fields[name].unit)

    def _made(self, name: str, value: float, unit: str) -> Reading:
        t, utc = clock.stamp()
        return Reading(value, unit, t, utc, self.address, self.identity.serial, METERS[name])

    def _check(self, what: str, value: float, low: float, high: float, unit: str) -> None:
        refuse_outside(what, value, low, high, unit, address=self.address, command=what)

    def _wrong(self, what: str, command: str, answer: str, remedy: str = LOOK) -> InstrumentError:
        return InstrumentError(
            what, address=self.address, command=command, answer=answer, remedy=remedy
        )


def _text(value: Value) -> str:
    return value.strip(" \0") if isinstance(value, str) else ""


DRIVER = ApcSmartUps
