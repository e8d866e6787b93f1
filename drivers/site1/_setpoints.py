"""Set points of a SITE1 controller (docs/protocols/site1.md, registers 606 to 611)."""

from __future__ import annotations

from drivers.codecs.site1 import MICRO
from drivers.limits import refuse_beyond
from drivers.links.registers import Value
from drivers.roles.power_dispatch import ControllerTime, PowerCommand
from drivers.site1._registers import STATE, names
from drivers.site1._talk import SiteRegisters
from labctl import clock

NUMBERS = 0x1_0000_0000


class SiteSetPoints(SiteRegisters):
    """Part of a driver: gives power commands, inside what site and bench allow."""

    async def set_power(self, active: float, reactive: float = 0.0) -> PowerCommand:
        """Set points in W and var of all units; taken when, by the controller's clock."""
        self._refuse_power(active, reactive)
        self._numbered = (self._numbered + 1) % NUMBERS
        sent = clock.stamp()[1]
        await self._send({"number": self._numbered, "active": active, "reactive": reactive})
        answered = clock.stamp()[1]
        command = self._command(await self._read(names(STATE)), sent, answered)
        if command.number != self._numbered:
            asked, told = f"number = {self._numbered}", str(command.number)
            raise self._wrong("the command was not taken", asked, told)
        await self._refuse_unlike(active, reactive)
        return command

    def _command(self, row: dict[str, Value], sent: float, answered: float) -> PowerCommand:
        stamp = self._number(row, "command_time") / MICRO
        return PowerCommand(
            int(self._number(row, "command_number")),
            int(self._number(row, "commands")),
            self._number(row, "active_in_force"),
            self._number(row, "reactive_in_force"),
            ControllerTime(stamp, sent, answered),
        )

    def _refuse_power(self, active: float, reactive: float) -> None:
        for name, value, unit in (
            ("active_power", active, "W"),
            ("charge_power", max(-active, 0.0), "W"),
            ("reactive_power", reactive, "var"),
        ):
            refuse_beyond(self._limits, name, value, unit, address=self.address, command=name)
        most, rated = self._plate_of("active_most"), self._plate_of("rated_apparent")
        self._check("active power", active, -most, most, "W", "active")
        self._check("reactive power", reactive, -rated, rated, "var", "reactive")

    async def _refuse_unlike(self, active: float, reactive: float) -> None:
        """The set points that stand, against what was asked, to one step of the site."""
        row = await self._read(("active", "reactive"))
        for name, asked in (("active", active), ("reactive", reactive)):
            most = self._plate_of("step") + 1e-6 * abs(asked)
            if abs(self._number(row, name) - asked) > most:
                raise self._wrong(f"{name} was not taken", f"{name} = {asked:g}", str(row[name]))
