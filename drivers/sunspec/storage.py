"""Battery storage with SunSpec models 1 and 802, and 803..805 and 701..704 where it has them.

Model 802 says "flowing to/from the battery" and leaves the sign of `A` and `W` open; they are taken
as model 701 defines its `W`: positive out of the store. Power is commanded by model 704 (`WSet` in
W) at the device's own terminals. The alarms are the events of 802, 701 and 103; a warning blocks
no command.
"""

from __future__ import annotations

import math
from typing import ClassVar

from drivers.limits import BenchLimits
from drivers.links.link import RegisterLink
from drivers.links.settings import RegisterSettings
from drivers.roles.battery_management_system import Pack, PackLimits
from drivers.sunspec import _bank as bank
from drivers.sunspec._accuracy import BATTERY, battery_line
from drivers.sunspec._map import SunSpecMap
from drivers.sunspec._power import command_power, power_range
from drivers.sunspec._values import Values
from labctl import clock
from labctl.errors import Defect
from labctl.evidence import Accuracy, Identity, Reading

BATTERY_BASE, BANK, STRING, MODULE, INVERTER, CONTROL, CAPACITY = 802, 803, 804, 805, 103, 704, 713
CONNECT, DISCONNECT, RESET = 1, 2, 1
REMOTE = 0
COUNTER = 0xFFFF
"""A heartbeat counts up to one below this, which means not implemented."""

SETTLE = 30.0
"""Seconds that a contactor with its precharge, or a reset, is given."""

POLL = 0.5


class SunSpecStorage:
    """A battery store at the end of `link`.

    `limits` by the bench: `charge_power` and `discharge_power` in W, both positive.
    """

    settings: ClassVar[RegisterSettings] = RegisterSettings(timeout=2.0)
    limit_units: ClassVar[dict[str, str]] = {"charge_power": "W", "discharge_power": "W"}
    accuracies: ClassVar[tuple[Accuracy, ...]] = tuple(BATTERY.values())

    def __init__(self, link: RegisterLink, limits: BenchLimits | None = None) -> None:
        self._map = SunSpecMap(link)
        self._limits = dict(limits or {})
        self._identity: Identity | None = None

    @property
    def address(self) -> str:
        """The link's address."""
        return self._map.address

    @property
    def identity(self) -> Identity:
        """Who answered to `identify()`; `Defect` before it was called."""
        if self._identity is None:
            raise Defect("the store was not identified", address=self.address)
        return self._identity

    async def identify(self) -> Identity:
        """Find its models; `InstrumentError` where it is no SunSpec device or has no battery."""
        await self._scan()
        self._identity = await self._map.identity()
        return self._identity

    async def resync(self) -> None:
        """Line in a known state, models found again."""
        await self._map.link.resync()
        await self._scan()

    async def safe(self) -> None:
        """Power 0 W, contactor open; both read back, the contactor opened in any case."""
        await self._scan()
        try:
            if self._map.has(CONTROL):
                await command_power(self._map, 0.0)
        finally:
            await self._open_contactor()

    async def close(self) -> None:
        """Give the line back; the store goes on as it is."""
        await self._map.link.close()

    async def state(self) -> bank.BatteryState:
        """What the store is doing, by `State` and `ChaSt` of one reading."""
        return bank.state_of(await self._battery())

    async def state_of_charge(self) -> Reading:
        """State of charge in % as the store estimates it."""
        return self._reading(await self._battery(), "SoC", "state_of_charge")

    async def state_of_health(self) -> Reading:
        """State of health in % as the store estimates it (802, else 713)."""
        values = await self._battery()
        if values.value("SoH") is None and self._map.has(CAPACITY):
            values = await self._map.values(CAPACITY)
        return self._reading(values, "SoH", "state_of_health")

    async def pack(self) -> Pack:
        """Voltages in V, current in A, power in W, temperatures in degC."""
        battery, thermal = await self._battery(), await self._thermal()
        voltage, current, power = self._electrical(battery)
        return Pack(
            voltage=voltage,
            current=current,
            power=power,
            temperature_low=self._reading(thermal, "ModTmpMin", "temperature"),
            temperature_high=self._reading(thermal, "ModTmpMax", "temperature"),
            cell_low=self._reading(battery, "CellVMin", "cell_voltage"),
            cell_high=self._reading(battery, "CellVMax", "cell_voltage"),
        )

    async def cell_voltages(self) -> tuple[Reading, ...]:
        """Voltage of each cell in V, in the order of the modules (model 805) and their cells."""
        if not self._map.has(MODULE):
            raise self._map.wrong(
                "the store shows no single cells: it has no model 805", "model 805", "none"
            )
        readings: list[Reading] = []
        for which in range(1, self._map.count(MODULE) + 1):
            module = await self._map.values(MODULE, which)
            cells = [name for name in module.names() if name.endswith("].CellV")]
            readings += [self._reading(module, name, "cell_voltage") for name in cells]
        return tuple(readings)

    async def limits(self) -> PackLimits:
        """Allowed charge and discharge current in A at this moment."""
        battery = await self._battery()
        return PackLimits(
            charge=self._reading(battery, "AChaMax", None),
            discharge=self._reading(battery, "ADisChaMax", None),
        )

    async def connect(self, on: bool) -> None:
        """Contactor closed or open, read back; closing needs remote control and no alarm."""
        if not on:
            await self._open_contactor()
            return
        battery = await self._ready("connect")
        if battery.word("State") in bank.CLOSED:
            return
        await self._map.write(battery, "SetOp", CONNECT, expect_back=False)
        await self._until(bank.CLOSED, "the contactor is not closed")

    async def set_power(self, power: float) -> None:
        """Target active power in W at the terminals, discharge positive; read back.

        `LimitRefused` beyond what the store allows now or the bench allows; `InstrumentError` with
        an alarm, in local control or with an open contactor, unless `power` is 0.
        """
        power_range(self._map, None, None, self._limits, power)
        battery = await self._battery() if power == 0 else await self._ready("set_power")
        if power != 0 and battery.word("State") not in bank.CLOSED:
            state = str(battery.word("State"))
            raise self._map.wrong("the contactor is open", "set_power", state, "connect first")
        capacity = await self._map.values(702) if self._map.has(702) else None
        power_range(self._map, battery, capacity, self._limits, power)
        await command_power(self._map, power)

    async def heartbeat(self) -> None:
        """Tell the store that its master is there: `CtrlHb` one further, read back."""
        battery = await self._battery()
        beat = (self._map.raw(battery, "CtrlHb") + 1) % COUNTER
        await self._map.write(battery, "CtrlHb", beat)

    async def alarms(self) -> tuple[str, ...]:
        """Events that stand or are latched, as the models spell them; warnings among them."""
        events = list(bank.events_of(await self._battery()))
        for number in bank.EVENTS:
            if number != BATTERY_BASE and self._map.has(number):
                events += bank.events_of(await self._map.values(number))
        return tuple(events)

    async def acknowledge(self) -> None:
        """No alarm latched; `InstrumentError` names those whose cause stands."""
        battery = await self._battery()
        await self._map.write(battery, "AlmRst", RESET, expect_back=False)
        end = clock.now() + SETTLE
        while (await self._battery()).raw("AlmRst") == RESET:
            if clock.now() >= end:
                raise self._map.wrong("the reset does not end", "read model 802 AlmRst", "1")
            await clock.sleep(POLL)
        self._refuse_alarms(await self.alarms(), "AlmRst")

    async def _scan(self) -> None:
        await self._map.scan()
        if not self._map.has(BATTERY_BASE):
            there = ", ".join(str(block.number) for block in self._map.blocks)
            raise self._map.wrong(
                "this is no battery store: model 802 is missing",
                "look for model 802",
                f"models {there}",
                "correct the address or the driver in the bench file",
            )

    async def _battery(self) -> Values:
        return await self._map.values(BATTERY_BASE)

    async def _thermal(self) -> Values:
        """The model with the temperatures of all modules: the bank, or its only string."""
        alone = not self._map.has(BANK) and self._map.count(STRING) == 1
        return await self._map.values(STRING if alone else BANK)

    def _electrical(self, battery: Values) -> tuple[Reading, Reading, Reading]:
        rated = float(max(_number(battery, name) for name in ("WChaRteMax", "WDisChaRteMax")))
        full_voltage = _number(battery, "VMax") or _number(battery, "V")
        full_current = rated / full_voltage if full_voltage else None
        return (
            self._reading(battery, "V", "voltage", full_voltage or None),
            self._reading(battery, "A", "current", full_current or None),
            self._reading(battery, "W", "power", rated or None),
        )

    async def _ready(self, command: str) -> Values:
        """The battery as read now; `InstrumentError` where it takes no command."""
        self._refuse_alarms(await self.alarms(), command)
        battery = await self._battery()
        if self._map.raw(battery, "LocRemCtl") != REMOTE:
            raise self._map.wrong("the store is in local control", command, "LocRemCtl LOCAL")
        return battery

    def _refuse_alarms(self, events: tuple[str, ...], command: str) -> None:
        if alarms := bank.alarms_among(events):
            raise self._map.wrong(
                "an alarm stands", command, ", ".join(alarms), "remove its cause and acknowledge it"
            )

    async def _open_contactor(self) -> None:
        battery = await self._battery()
        if battery.word("State") == "DISCONNECTED":
            return
        await self._map.write(battery, "SetOp", DISCONNECT, expect_back=False)
        end = clock.now() + SETTLE
        while not await self._is_open(word := (await self._battery()).word("State")):
            self._refuse_late(end, "the contactor is not open", word)
            await clock.sleep(POLL)

    async def _is_open(self, state: str | None) -> bool:
        """Whether no string is connected: in `FAULT`, which a latched alarm keeps up, the bank's
        count of connected strings tells."""
        if state != "FAULT" or not self._map.has(BANK):
            return state == "DISCONNECTED"
        return (await self._map.values(BANK)).raw("NStrCon") == 0

    async def _until(self, states: tuple[str, ...], otherwise: str) -> None:
        end = clock.now() + SETTLE
        while (word := (await self._battery()).word("State")) not in states:
            self._refuse_late(-math.inf if word == "FAULT" else end, otherwise, word)
            await clock.sleep(POLL)

    def _refuse_late(self, end: float, otherwise: str, word: str | None) -> None:
        if clock.now() >= end:
            raise self._map.wrong(otherwise, "read model 802 State", str(word), "open it by hand")

    def _reading(
        self, values: Values, name: str, function: str | None, full_scale: float | None = None
    ) -> Reading:
        serial = self.identity.serial
        if function is None:
            return self._map.reading(values, name, serial)
        return self._map.reading(values, name, serial, battery_line(function, full_scale))


def _number(values: Values, name: str) -> float:
    """The value of a point, 0 where it is not implemented."""
    value = values.value(name)
    return float(value) if isinstance(value, int | float) else 0.0


DRIVER = SunSpecStorage
