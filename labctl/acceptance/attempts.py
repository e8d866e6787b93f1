"""Every attempt at an indicator on a sample: all runs that were begun, also those that are gone.

The register of runs knows each run that was begun; what it does not say of one that was killed, or
that an earlier labctl entered, the run's own journal says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from labctl import manifest, register
from labctl.errors import JournalError
from labctl.indicator import Indicator
from labctl.journal.plain import decode, encode
from labctl.journal.reader import Reader
from labctl.register import Entry, Tested
from labctl.registercheck import ENDS
from labctl.runfolder import RunFolder
from labctl.tested import tested
from labctl.verdict import Outcome

State = Literal["done", "interrupted", "running", "gone", "unreadable"]


@dataclass(frozen=True)
class Attempt:
    """One item of one run: `indicator` on `sample` ("" where nobody knows), begun at `begun`.

    `begun` is wall-clock UTC in ISO 8601. `outcome` is None where there is no verdict, `simulated`
    where the instruments have not told who they are, `path` where the folder is gone.
    """

    run: str
    begun: str
    indicator: str
    sample: str
    state: State
    outcome: Outcome | None = None
    simulated: bool | None = None
    path: Path | None = None

    @property
    def complete(self) -> bool:
        """Whether it came to a decision; INCOMPLETE is none."""
        return self.outcome not in (None, Outcome.INCOMPLETE)


def attempts(runs: Path) -> list[Attempt]:
    """All attempts in the folder `runs`, in the order in which the runs began.

    `JournalError` where the register of runs was changed: nothing can be counted by it then.
    """
    own: dict[str, list[Entry]] = {}
    for entry in register.entries(runs):
        own.setdefault(entry.run, []).append(entry)
    found = [one for run, entries in own.items() for one in _registered(runs / run, entries)]
    for file in sorted(runs.glob(f"*/{manifest.FILE}")):
        if file.parent.name not in own:  # a folder that was copied here
            found += _unregistered(file.parent)
    return sorted(found, key=lambda one: one.begun)


def of_run(found: Sequence[Attempt], run: str, indicator: str) -> Attempt | None:
    """The attempt of `run` at `indicator`; None where it is not among those found."""
    return next((a for a in found if (a.run, a.indicator) == (run, indicator)), None)


def _registered(path: Path, own: Sequence[Entry]) -> Iterator[Attempt]:
    """A run by its entries, and by its journal where they do not tell its end."""
    items = next((entry.items for entry in reversed(own) if entry.items), ())
    state: State = "gone"
    if path.is_dir():
        state = _state(path, own[-1].event in ENDS)
        # An amendment ends a run anew without its items: only the journal tells what they are now.
        if own[-1].event not in ENDS or not own[-1].items:
            state, items = _journalled(path, state, items)
    yield from _each(path, own[0].utc, state, items)


def _unregistered(path: Path) -> Iterator[Attempt]:
    try:
        begun = manifest.read(path).started
    except JournalError:
        return  # labctl verify tells
    state, items = _journalled(path, _state(path, True), ())
    yield from _each(path, begun, state, items)


def _state(path: Path, ended: bool) -> State:
    if RunFolder(path).is_running:
        return "running"
    try:
        stated = manifest.read(path).state
    except JournalError:
        return "unreadable"
    return stated if ended and stated != "running" else "interrupted"


def _journalled(
    path: Path, state: State, known: tuple[Tested, ...]
) -> tuple[State, tuple[Tested, ...]]:
    """What the journal in `path` says; what was `known` before where it cannot be read."""
    journal = RunFolder(path).journal
    try:
        return state, tested(journal, _indicators(journal), known[0].sample if known else "")
    except (JournalError, msgspec.MsgspecError):
        return "unreadable", known


def _indicators(journal: Path) -> tuple[Indicator, ...]:
    with Reader(journal) as reader:
        return decode(encode(reader.meta().get("indicators", [])), tuple[Indicator, ...])


def _each(path: Path, begun: str, state: State, items: Sequence[Tested]) -> Iterator[Attempt]:
    for one in items:
        yield Attempt(
            run=path.name,
            begun=begun,
            indicator=one.indicator,
            sample=one.sample,
            state=state,
            outcome=Outcome(one.outcome) if one.outcome else None,
            simulated=one.simulated,
            path=None if state == "gone" else path,
        )
