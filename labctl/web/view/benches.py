"""Benches as a page shows them: who holds which instrument, calibrations, what was read last."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from labctl.errors import BenchError, LabError
from labctl.i18n import N_, _
from labctl.journal.reader import Reader
from labctl.labs import Lab
from labctl.leases import Standing as LeaseStanding
from labctl.report.wording import day
from labctl.rescuing import Rescue
from labctl.runfile import list_runs
from labctl.runfolder import RunFolder
from labctl.web.view.standing import ReadingLine, newest_readings

SOON = 30
"""Days before the end of a calibration in which a page warns of it."""

LATELY = 40
"""Runs, the newest, among which the last one on a bench is looked for."""

LEASES = {
    "held": N_("in use"),
    "dead": N_("left by a dead process"),
    "unknown": N_("on another machine"),
    "broken": N_("broken"),
    "free": N_("free"),
}
"""How the lease of an instrument stands."""


@dataclass(frozen=True)
class RoleRow:
    """A role of a bench: its driver and address, how its lease stands and which run holds it.

    `due` is the last day of its calibration, `due_state` "in", "soon" or "out", "" for not stated.
    """

    role: str
    driver: str
    address: str
    lease: str
    lease_word: str
    run: str
    since: str
    due: str
    due_state: str


@dataclass(frozen=True)
class BenchRow:
    """A bench file; `error` says why it cannot be read. `holder` is the run that holds any of its
    instruments, `last_run` the newest run on it, `readings` what that run read last."""

    name: str
    path: Path
    rig: str
    simulated: bool
    roles: tuple[RoleRow, ...]
    holder: str
    last_run: str
    readings: tuple[ReadingLine, ...]
    error: str = ""


def bench_rows(
    files: Iterable[Path],
    labs: tuple[Lab, ...],
    leases: Iterable[LeaseStanding],
    runs: Path,
    today: date,
) -> list[BenchRow]:
    """The bench `files` as rows. Nothing is sent to any instrument."""
    held = _by_address(leases)
    last = newest_runs(runs)
    return [_row(file, labs, held, last, runs, today) for file in files]


def rescue_of(file: Path, labs: tuple[Lab, ...]) -> Rescue:
    """The prepared rescue of a bench file, by the first lab that knows its rig and drivers.

    `BenchError` where none does.
    """
    error: LabError | None = None
    for lab in labs:
        if lab.rescue is not None:
            try:
                return lab.rescue(file)
            except LabError as found:
                error = error or found
    raise error or BenchError(f"no lab can make {file.name} safe")


def newest_runs(runs: Path) -> dict[str, Path]:
    """Folder of the newest run on each bench, by the bench's name, among the newest runs."""
    found: dict[str, Path] = {}
    for run in reversed(list_runs(runs)[-LATELY:]):
        try:
            with Reader(RunFolder(run.path).journal) as reader:
                for (name,) in reader.rows("SELECT DISTINCT name FROM benches"):
                    found.setdefault(name, run.path)
        except LabError:
            continue  # the page of runs tells what is wrong with it
    return found


def _row(
    file: Path,
    labs: tuple[Lab, ...],
    held: Mapping[str, LeaseStanding],
    last: Mapping[str, Path],
    runs: Path,
    today: date,
) -> BenchRow:
    try:
        text = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        return BenchRow(file.stem, file, "", False, (), "", "", (), str(error))
    name, simulated = str(text.get("name", file.stem)), "sim" in text
    due, error = ({}, "") if simulated else _due(file, labs)
    entries: dict[str, dict[str, object]] = text.get("roles", {})
    roles = tuple(_role(role, entry, held, due.get(role), today) for role, entry in entries.items())
    newest = last.get(name)
    return BenchRow(
        name=name,
        path=file,
        rig=str(text.get("rig", "")),
        simulated=simulated,
        roles=roles,
        holder=next((one.run for one in roles if one.lease == "held"), ""),
        last_run="" if newest is None else newest.name,
        readings=() if newest is None else newest_readings(newest),
        error=error,
    )


def _due(file: Path, labs: tuple[Lab, ...]) -> tuple[dict[str, date], str]:
    try:
        rescue = rescue_of(file, labs)
    except LabError as error:
        return {}, error.message
    problems = "; ".join(f"{role}: {one.message}" for role, one in rescue.problems.items())
    return {one.of: one.due for one in rescue.certificates if one.due is not None}, problems


def _role(
    role: str,
    entry: Mapping[str, object],
    held: Mapping[str, LeaseStanding],
    due: date | None,
    today: date,
) -> RoleRow:
    address = str(entry.get("address", ""))
    standing = held.get(address)
    lease = "free" if standing is None else standing.state
    holder = None if standing is None or standing.lease is None else standing.lease.holder
    return RoleRow(
        role=role,
        driver=str(entry.get("driver", "")),
        address=address,
        lease=lease,
        lease_word=_(LEASES[lease]),
        run="" if holder is None else holder.run,
        since="" if holder is None else holder.since,
        due="" if due is None else day(due.isoformat()),
        due_state="" if due is None else _due_state((due - today).days),
    )


def _due_state(days: int) -> str:
    if days < 0:
        return "out"
    return "soon" if days <= SOON else "in"


def _by_address(leases: Iterable[LeaseStanding]) -> dict[str, LeaseStanding]:
    found: dict[str, LeaseStanding] = {}
    for one in leases:
        for address in one.lease.addresses if one.lease is not None else ():
            found[address] = one
    return found
