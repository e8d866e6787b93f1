"""`labctl leases`: who holds which instrument."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from labctl.cli.options import AsJson
from labctl.i18n import N_, _

if TYPE_CHECKING:
    from labctl.leases import Standing

STATES = {
    "held": N_("in use"),
    "dead": N_("left by a dead process"),
    "unknown": N_("on another machine"),
    "broken": N_("broken"),
}


def leases(as_json: AsJson = False) -> None:
    """List the instruments that runs hold, and leases that dead processes left."""
    from labctl.cli.streams import note, say, say_json
    from labctl.cli.table import lines
    from labctl.config import leases_folder
    from labctl.leases import standing

    where = leases_folder()
    rows = [as_row(one) for one in standing(where)]
    if as_json:
        say_json(rows)
        return
    header = [_("instrument"), _("roles"), _("run"), _("machine"), _("since"), _("state")]
    for line in lines(header, [_cells(row) for row in rows]):
        say(line.rstrip())
    note(_("{count} leases in {folder}").format(count=len(rows), folder=where))


def as_row(one: Standing) -> dict[str, Any]:
    """A lease as `--json` prints it; of a file that is none all but `key` and `state` is null."""
    if one.lease is None:
        names = ("roles", "addresses", "run", "user", "host", "pid", "since")
        return {"key": one.file, **dict.fromkeys(names), "state": "broken"}
    holder = one.lease.holder
    return {
        "key": one.lease.key,
        "roles": list(one.lease.roles),
        "addresses": list(one.lease.addresses),
        "run": holder.run,
        "user": holder.user,
        "host": holder.host,
        "pid": holder.process.pid,
        "since": holder.since,
        "state": one.state,
    }


def _cells(row: dict[str, Any]) -> list[str]:
    roles = ", ".join(row["roles"] or ())
    names = (row["key"], roles, row["run"], row["host"], row["since"])
    return [*(str(name or "") for name in names), _(STATES[row["state"]])]
