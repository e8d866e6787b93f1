"""Programs of full cycles of a SITE1 controller (docs/protocols/site1.md, registers 800 to 857)."""

from __future__ import annotations

from typing import cast

from drivers.roles.cycle_program import CyclePhase, CyclePlan, CycleStatus
from drivers.site1._registers import CYCLES, PHASES, PROGRESS, RESUME, START, STOP, names
from drivers.site1._talk import SiteRegisters
from labctl.errors import LimitRefused

MOST_CYCLES, LONGEST_REST = 100_000, 1e6


class SiteCycles(SiteRegisters):
    """Part of a driver: starts a plan of cycles, holds on to it, stops it."""

    async def start_cycles(self, plan: CyclePlan) -> None:
        """The plan running from its first charge on, powers in W; read back."""
        self._refuse_no_cycles()
        self._refuse_plan(plan)
        await self._put({
            "charge_power": plan.charge_power,
            "discharge_power": plan.discharge_power,
            "low": plan.low,
            "high": plan.high,
            "rest": plan.rest,
            "count": plan.count,
        })
        await self._order(START)

    async def resume_cycles(self) -> None:
        """The held plan going on in its phase; `InstrumentError` where there is none."""
        self._refuse_no_cycles()
        if (status := await self.cycles()).phase in ("idle", "done"):
            raise self._wrong("there is no plan to go on with", "read phase", status.phase)
        await self._order(RESUME)

    async def stop_cycles(self) -> None:
        """No plan any more, power 0 W; read back."""
        self._refuse_no_cycles()
        await self._send({"cycle_command": STOP})
        if (phase := self._word(await self._read(("phase",)), "phase", PHASES)) != "idle":
            raise self._wrong("the plan is not stopped", "read phase", phase, "stop the site")

    async def cycles(self) -> CycleStatus:
        """How far the plan is, times in s by the controller's clock."""
        self._refuse_no_cycles()
        row = await self._read(names(PROGRESS))
        return CycleStatus(
            int(self._number(row, "cycles")),
            cast(CyclePhase, self._word(row, "phase", PHASES)),
            bool(row["held"]),
            *(
                self._reading(self._number(row, name), "s", None)
                for name in ("charge_time", "discharge_time")
            ),
        )

    def _has_cycles(self) -> bool:
        return bool(int(self._plate_of("features")) & CYCLES)

    async def _order(self, order: int) -> None:
        await self._send({"cycle_command": order})
        status = await self.cycles()
        if status.phase == "idle" or status.held:
            told = f"{status.phase}{', held' if status.held else ''}"
            raise self._wrong(
                "the plan does not run",
                f"cycle_command = {order}",
                told,
                "acknowledge alarms and let the site run first",
            )

    def _refuse_plan(self, plan: CyclePlan) -> None:
        most = self._plate_of("active_most")
        most = min(most, self._limits.get("active_power", most))
        charge = min(most, self._limits.get("charge_power", most))
        for what, value, low, high, unit in (
            ("charge power", plan.charge_power, 1.0, charge, "W"),
            ("discharge power", plan.discharge_power, 1.0, most, "W"),
            ("lowest state of charge", plan.low, 0.0, plan.high, "%"),
            ("highest state of charge", plan.high, plan.low, 100.0, "%"),
            ("rest", plan.rest, 0.0, LONGEST_REST, "s"),
            ("number of cycles", plan.count, 1, MOST_CYCLES, "cyc"),
        ):
            self._check(what, value, low, high, unit, f"cycle_command = {START}")

    def _refuse_no_cycles(self) -> None:
        if not self._has_cycles():
            raise LimitRefused(
                "this site has no programs of cycles",
                address=self.address,
                command="cycle_command",
                remedy="command its power half by half, or use a controller that has them",
            )
