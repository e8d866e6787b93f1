"""Whether a site's controller still does what it was told."""

from __future__ import annotations

from collections.abc import Collection

from drivers.roles.site_controller import SiteController, SiteFunction
from labctl.errors import InstrumentError


async def require_at_work(site: SiteController, functions: Collection[SiteFunction] = ()) -> None:
    """`InstrumentError` unless `site` runs with `functions` and no others, and has no alarm: one
    that has lost its power meanwhile stands, and what was measured is no answer of its units. Call
    it at the end of the step that measures."""
    found = await site.state()
    if found.state == "running" and found.functions == frozenset(functions) and not found.alarms:
        return
    raise InstrumentError(
        "the site controller no longer does what it was told",
        address=site.address,
        answer=", ".join((found.state, *sorted(found.functions), *found.alarms)),
        remedy="see whether it lost its power or has an alarm; labctl resume takes the step anew",
    )
