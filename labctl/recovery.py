"""After a reboot, or when a run's worker and its guardian are both dead: its bench is made safe.

What the bench file says becomes of the run is done then (`on_power_return`). Instruments that
another run has taken are its own to make safe, and are left alone.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from labctl import clock, manifest
from labctl.afterword import Event, note
from labctl.config import leases_folder
from labctl.control import place
from labctl.control.job import read_outcome
from labctl.control.launch import go_on, refuse_guarded
from labctl.control.waiting import wait_until
from labctl.errors import InterlockError, LabError, UsageError
from labctl.journal.reader import Reader
from labctl.leases import taken
from labctl.left_behind import left_behind
from labctl.rescuing import DEADLINE, OnPowerReturn, Rescue, RescueReport
from labctl.runfolder import RunFolder

Outcome = Literal["safe", "not safe", "in use", "nothing", "failed"]
"""All instruments are safe; some are not; somebody uses them; there are none; it was not tried."""

EARLY = 20.0
"""Seconds within which a resumed run has read its interlocks."""


class Recovered(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one run. `report` is None where its bench was not touched.

    `policy` is what the bench file says becomes of it, `resumed` whether it goes on; `error` is as
    `LabError.as_dict` gives it.
    """

    run: str
    path: str
    outcome: Outcome
    policy: OnPowerReturn = "hold"
    resumed: bool = False
    report: RescueReport | None = None
    error: dict[str, str] | None = None


@dataclass(frozen=True)
class Patience:
    """How long a silent instrument is tried (`instruments`), and how long interlocks that do not
    read good are waited for (`interlocks`), asked every `again`; all in s."""

    instruments: float = DEADLINE
    interlocks: float = 600.0
    again: float = 10.0


def killed_runs(runs: Path) -> list[Path]:
    """Folders of the runs in `runs` that did not end and that nobody carries out, oldest first."""
    folders = sorted(file.parent for file in runs.glob(f"*/{manifest.FILE}"))
    return [path for path in folders if manifest.read(path).state == "running" and is_alone(path)]


def is_alone(path: Path) -> bool:
    """Whether neither a worker nor a guardian of the run in the folder `path` lives."""
    try:
        refuse_guarded(path)
    except UsageError:
        return False
    return not RunFolder(path).is_running


def recover(path: Path, patience: Patience | None = None, *, close: bool = False) -> Recovered:
    """Make the bench of the run in the folder `path` safe, and do with it what its file says.

    A run whose bench is not safe is left to be recovered again, unless a person has seen to it
    (`close`). Raises no `LabError`: what failed stands in the result.
    """
    patience = patience or Patience()
    try:
        if not is_alone(path):
            raise UsageError(f"{path.name} goes on", remedy="labctl watch follows it")
        if manifest.read(path).state == "done":
            raise UsageError(f"{path.name} is done", remedy="labctl show tells what it came to")
        rescue = left_behind(path)
    except UsageError as error:
        return _untouched(path, "in use", error)
    except LabError as error:
        return _untouched(path, "failed", error)
    if rescue is None:
        return _closed(path, "nothing", [("recovered", "no real instrument was in use")])
    return _recovered(path, rescue, patience, close=close)


def _recovered(path: Path, rescue: Rescue, patience: Patience, *, close: bool) -> Recovered:
    try:
        with taken(rescue.addresses, path.name, leases_folder()) as held:
            report = clock.run(rescue.safe(patience.instruments), virtual=False)
            others = [one for one in held.taken_over if one.holder.run != path.name]
    except LabError as error:
        return _untouched(path, "in use", error)
    policy = rescue.on_power_return
    events = [("lease", f"taken over: {one.key}, left by {one.holder.run}") for one in others]
    events.append(("rescue", report.told()))
    events.append(("recovered" if policy != "abort" else "abort", f"on_power_return = {policy}"))
    outcome: Outcome = "safe" if report.is_safe else "not safe"
    found = _closed(path, outcome, events, close=close or report.is_safe)
    found = msgspec.structs.replace(found, policy=policy, report=report)
    if policy == "resume" and report.is_safe and found.error is None:
        return _resumed(path, found, patience)
    return found


def _resumed(path: Path, found: Recovered, patience: Patience) -> Recovered:
    """Go on with the run; while its interlocks do not read good nothing is energised, and it is
    tried again. One that trips while it goes on is left to a person."""
    until = clock.stopwatch() + patience.interlocks
    pause, trips = threading.Event(), _trips(path)
    while True:
        try:
            go_on(path, ())
        except LabError as error:
            return msgspec.structs.replace(found, error=error.as_dict())
        error = _early_end(path)
        if error is None:
            return msgspec.structs.replace(found, resumed=True)
        waits = error.get("kind") == InterlockError.kind and _trips(path) == trips
        if not waits or clock.stopwatch() > until:
            return msgspec.structs.replace(found, error=error)
        pause.wait(patience.again)


def _early_end(path: Path) -> dict[str, str] | None:
    """The error with which the run, or its item, ended at once; None where it goes on."""

    def has_ended() -> bool:
        control = place.read(path)
        return control is not None and control.ended is not None

    if not wait_until(has_ended, EARLY):
        return None
    control = place.read(path)
    if control is not None and control.ended is not None and control.ended.error is not None:
        return control.ended.error
    outcome = read_outcome(path)
    errors = [] if outcome is None else [item.error for item in outcome.items if item.error]
    return next((one for one in errors if one["kind"] == InterlockError.kind), None)


def _trips(path: Path) -> int:
    """How often an interlock has tripped in the run."""
    with Reader(RunFolder(path).journal) as reader:
        [(count,)] = reader.rows("SELECT count(*) FROM events WHERE kind = 'trip'")
    return count


def _closed(
    path: Path, outcome: Outcome, events: Iterable[Event], *, close: bool = True
) -> Recovered:
    """The run as one that was interrupted in good order, its journal with `events`."""
    error: dict[str, str] | None = None
    try:
        note(path, events, close=close)
    except LabError as failure:
        # The bench is safe, or is told as not: a journal that cannot be written changes neither.
        error = failure.as_dict()
    return Recovered(run=path.name, path=str(path), outcome=outcome, error=error)


def _untouched(path: Path, outcome: Outcome, error: LabError) -> Recovered:
    return Recovered(run=path.name, path=str(path), outcome=outcome, error=error.as_dict())
