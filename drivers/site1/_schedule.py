"""The schedule of a SITE1 controller (docs/protocols/site1.md, registers 634 and 650 on)."""

from __future__ import annotations

from collections.abc import Collection

from drivers.links.registers import Value
from drivers.roles.site_controller import ScheduleEntry
from drivers.site1._registers import FIRST_ENTRY, MAP, MOST_ENTRIES, block, schedule_map
from drivers.site1._setpoints import SiteSetPoints

LONGEST, CLOSEST = 1e7, 1e-3
"""Latest start in s, and least time from one entry to the next."""


class SiteSchedule(SiteSetPoints):
    """Part of a driver: loads a schedule and its reserve."""

    async def set_schedule(self, entries: Collection[ScheduleEntry], *, reserve: float) -> None:
        """Schedule by rising start in s, and the charge in % that is never taken; read back."""
        self._check("entries", len(entries), 0, MOST_ENTRIES, "", "entries")
        self._check("reserve", reserve, 0.0, 100.0, "%", "reserve")
        earliest = 0.0
        for entry in entries:
            self._check("start", entry.start, earliest, LONGEST, "s", "entries")
            self._refuse_power(entry.power, 0.0)
            earliest = entry.start + CLOSEST
        await self._put({"reserve": reserve})
        await self._load(entries)

    async def _load(self, entries: Collection[ScheduleEntry]) -> None:
        values: dict[str, Value] = {}
        for k, entry in enumerate(entries):
            values |= {f"start_{k}": entry.start, f"power_{k}": entry.power}
        known, count = schedule_map(len(entries)), len(entries)
        words = block(known, FIRST_ENTRY, values) if values else []
        await self._link.write_registers(MAP.fields["entries"].register, [count, 0, *words])
        row = await self._read(("entries",))
        if row["entries"] != count:
            raise self._wrong("the schedule was not taken", "entries", str(row["entries"]))
        if values:
            self._compare(values, await self._read(tuple(values), known))
