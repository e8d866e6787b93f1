"""Site controller over Modbus TCP, SITE1 (docs/protocols/site1.md): units steered together.

The protocol is ours; a controller of another make needs a driver for its own map. Powers are those
of all units together at their grid terminals: active positive feeds into the grid, reactive
positive raises the voltage. What the droops and a dispatch centre ask for is bounded by the site
itself, set points and schedules by the bench as well.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar, Literal, cast

from drivers.codecs.site1 import MICRO, MODEL
from drivers.links.registers import Value
from drivers.links.settings import RegisterSettings
from drivers.remedies import ANOTHER, being
from drivers.roles.power_dispatch import ControllerTime, SiteReading
from drivers.roles.site_controller import (
    FrequencyDroop,
    SiteFunction,
    SiteSettings,
    SiteState,
    UnitCondition,
    UnitState,
    VoltageDroop,
)
from drivers.site1 import _registers as registers
from drivers.site1 import _sheet as sheet
from drivers.site1._cycles import SiteCycles
from drivers.site1._meters import site_reading
from drivers.site1._schedule import SiteSchedule
from drivers.site1._watchdog import SiteWatchdog
from labctl import clock
from labctl.evidence import Accuracy, Identity, Reading

MOST_RAMP, MOST_SLOPE = 1e9, 1e9
"""Wider than any site: W/s, W/Hz or var/V."""

State = Literal["stopped", "running", "fallback", "fault"]
PLATE = ("rated_active", "rated_apparent", "step", "active_most", "units", "features")

SETTABLE = (
    *("frequency_nominal", "frequency_dead_band", "frequency_slope"),
    *("voltage_nominal", "voltage_dead_band", "voltage_slope", "ramp", "reserve"),
)


class Site1Controller(SiteWatchdog, SiteSchedule, SiteCycles):
    """A SITE1 controller at the end of `link`.

    `limits` by the bench on set points, schedules and cycles: `active_power` in W in both
    directions, `charge_power` in W into the units, `reactive_power` in V*A (var) in both.
    """

    settings: ClassVar[RegisterSettings] = RegisterSettings(timeout=1.0)
    limit_units: ClassVar[dict[str, str]] = {
        "active_power": "W",
        "charge_power": "W",
        "reactive_power": "V*A",
    }
    accuracies: ClassVar[tuple[Accuracy, ...]] = sheet.ACCURACIES

    async def identify(self) -> Identity:
        """Read the plate; `InstrumentError` for anything but a SITE1 controller."""
        self._identity = await self._look()
        self._numbered = int(self._number(await self._read(("command_number",)), "command_number"))
        return self._identity

    async def resync(self) -> None:
        """Line in a known state, plate read again; the site goes on as it is."""
        await self._link.resync()
        await self._look()

    async def safe(self) -> None:
        """Units stopped, no plan of cycles; read back."""
        await self._look()
        await self.run(False)
        if self._has_cycles():
            await self.stop_cycles()

    async def run(self, on: bool, functions: Collection[SiteFunction] = ()) -> None:
        """Units working with these functions and no others, or stopped; read back."""
        wanted = frozenset[str](functions) if on else frozenset[str]()
        await self._put({"run": int(on), "run_functions": wanted})
        row = await self._read(("state", "functions"))
        state = self._word(row, "state", registers.STATES)
        found = self._names(row, "functions")
        if (state == "running") != on or (on and found != wanted):
            told = f"{state}: {', '.join(sorted(found)) or 'set points'}"
            what = "the site does not run as asked" if on else "the site is not stopped"
            raise self._wrong(what, f"run = {int(on)}", told, "look at its alarms")

    async def measure(self) -> SiteReading:
        """The last whole window of the meters: W, var, V, Hz and %."""
        row = await self._read(registers.names(registers.METERS))
        told = {name: self._number(row, name) for name in row}
        return site_reading(told, self._plate_of("rated_apparent"), self._reading)

    async def controller_time(self) -> ControllerTime:
        """What the controller's clock says now, in Unix s."""
        sent = clock.stamp()[1]
        row = await self._read(("time",))
        return ControllerTime(self._number(row, "time") / MICRO, sent, clock.stamp()[1])

    async def set_droop(self, droop: FrequencyDroop | VoltageDroop) -> None:
        """Droop in W/Hz or var/V, read back."""
        kind, unit = ("frequency", "Hz") if isinstance(droop, FrequencyDroop) else ("voltage", "V")
        low, high, band = (45.0, 65.0, 5.0) if kind == "frequency" else (50.0, 500.0, 100.0)
        self._check(f"nominal {kind}", droop.nominal, low, high, unit, f"{kind}_nominal")
        self._check("dead band", droop.dead_band, 0.0, band, unit, f"{kind}_dead_band")
        self._check("slope", droop.slope, -MOST_SLOPE, MOST_SLOPE, "", f"{kind}_slope")
        await self._put({
            f"{kind}_nominal": droop.nominal,
            f"{kind}_dead_band": droop.dead_band,
            f"{kind}_slope": droop.slope,
        })

    async def set_ramp(self, rate: float) -> None:
        """Fastest change of the base power in W/s, 0 for as fast as the units can; read back."""
        self._check("ramp", rate, 0.0, MOST_RAMP, "W/s", "ramp")
        await self._put({"ramp": rate})

    async def state(self) -> SiteState:
        """State, functions, alarms and target in W, of one reading."""
        row = await self._read(registers.names(registers.STATE))
        functions = cast("frozenset[SiteFunction]", self._names(row, "functions"))
        return SiteState(
            cast(State, self._word(row, "state", registers.STATES)),
            functions,
            tuple(sorted(self._names(row, "alarms"))),
            int(self._number(row, "units_online")),
            int(self._number(row, "commands")),
            self._of(row, "target", None),
        )

    async def site_settings(self) -> SiteSettings:
        """What is set and what the plate says, in W, W/Hz, var/V, W/s and %."""
        row = await self._read(SETTABLE)
        found = {name: self._number(row, name) for name in SETTABLE}
        return SiteSettings(
            FrequencyDroop(*(found[name] for name in SETTABLE[:3])),
            VoltageDroop(*(found[name] for name in SETTABLE[3:6])),
            found["ramp"],
            found["reserve"],
            self._plate_of("rated_active"),
            self._plate_of("rated_apparent"),
            self._plate_of("step"),
        )

    async def units(self) -> tuple[UnitState, ...]:
        """Each unit of the site, by number: W, var and %."""
        count = int(self._plate_of("units"))
        row = await self._read((), registers.units_map(count))
        return tuple(self._unit(row, n) for n in range(1, count + 1))

    async def acknowledge(self) -> None:
        """No alarm latched; `InstrumentError` names those whose cause stands."""
        await self._send({"acknowledge": 1})
        if alarms := (await self.state()).alarms:
            raise self._wrong(
                "an alarm stands", "acknowledge = 1", ", ".join(alarms), "remove its cause"
            )

    async def _look(self) -> Identity:
        with being(MODEL):
            row = await self._read(registers.names(registers.PLATE))
        if row["signature"] != registers.SIGNATURE or row["model"] != MODEL:
            told = f"{row['signature']}, {row['model']}"
            raise self._wrong("this is no SITE1 controller", "read plate", told, ANOTHER)
        self._plate = {name: self._number(row, name) for name in PLATE}
        texts = [str(row[name] or "") for name in ("maker", "model", "serial", "firmware")]
        return Identity(*texts)

    def _unit(self, row: dict[str, Value], n: int) -> UnitState:
        word = self._word(row, f"condition_{n}", registers.CONDITIONS)
        rated = self._plate_of("rated_apparent")
        return UnitState(
            n,
            cast(UnitCondition, word),
            self._of(row, f"active_{n}", sheet.power_line("active_power", "W", rated), "W"),
            self._of(row, f"reactive_{n}", sheet.power_line("reactive_power", "var", rated), "var"),
            self._of(row, f"charge_{n}", sheet.CHARGE, "%"),
        )

    def _of(
        self, row: dict[str, Value], name: str, line: Accuracy | None, unit: str = ""
    ) -> Reading:
        known = unit or registers.MAP.fields[name].unit
        return self._reading(self._number(row, name), known, line)


DRIVER = Site1Controller
