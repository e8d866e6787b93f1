"""A run that counts, opened: its item, whether it is whole, and why it is no acceptance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from labctl.acceptance.attempts import Attempt
from labctl.acceptance.standing import Standing, standing
from labctl.errors import JournalError
from labctl.i18n import N_
from labctl.indicator import Indicator
from labctl.runfile import ItemRecord, RunRecord, open_run
from labctl.verdict import Outcome, Verdict
from labctl.verification import verify_run
from labctl.words import Text, Words

GONE = N_("The folder of the run that counts is gone; the register of runs knows it as {outcome}.")
SPOILED = N_("The run is not what was written: {problem}.")
SIMULATED = N_("Simulated: it is no acceptance.")
REEVALUATION = N_("A re-evaluation under another agreement.")
OTHER_TEXT = N_("The map states this indicator in another way now than the run judged it by.")
UNFINISHED = N_("The run has not come to its end.")
DRAFT = N_("Draft: {why}.")


@dataclass(frozen=True)
class Opened:
    """What a run says of one item; `record`, `item` and `standing` are None where it is gone."""

    outcome: Outcome
    objections: tuple[Words, ...]
    record: RunRecord | None = None
    item: ItemRecord | None = None
    standing: Standing | None = None

    @property
    def verdict(self) -> Verdict | None:
        """The verdict of the item."""
        return None if self.item is None else self.item.verdict


@dataclass
class Runs:
    """Opens and verifies each run once."""

    records: dict[Path, RunRecord] = field(default_factory=dict[Path, RunRecord])
    spoiled: dict[Path, str] = field(default_factory=dict[Path, str])
    standings: dict[Path, Standing] = field(default_factory=dict[Path, Standing])

    def open(self, attempt: Attempt, indicator: Indicator) -> Opened:
        """The item of `attempt`; `indicator` is what the map states of it now."""
        if attempt.path is None:
            word = str(attempt.outcome)
            return Opened(Outcome.INCOMPLETE, (Text(GONE, {"outcome": word}),))
        try:
            self._take(attempt.path)
        except JournalError as error:
            return Opened(Outcome.INVALID, (Text(SPOILED, {"problem": error.message}),))
        return self._opened(attempt.path, indicator)

    def _take(self, path: Path) -> None:
        if path in self.records:
            return
        problems = verify_run(path).problems
        self.records[path] = open_run(path)
        self.standings[path] = standing(path)
        self.spoiled[path] = problems[0].text if problems else ""

    def _opened(self, path: Path, indicator: Indicator) -> Opened:
        record, stands = self.records[path], self.standings[path]
        item = record.item(indicator.id)
        outcome = Outcome.INCOMPLETE if item.verdict is None else item.verdict.outcome
        objections = tuple(_objections(record, item, stands, indicator))
        if self.spoiled[path]:
            outcome = Outcome.INVALID
            objections = (Text(SPOILED, {"problem": self.spoiled[path]}), *objections)
        return Opened(outcome, objections, record, item, stands)


def _objections(
    record: RunRecord, item: ItemRecord, stands: Standing, indicator: Indicator
) -> Iterator[Words]:
    verdict = item.verdict
    if verdict is not None and verdict.simulated:
        yield SIMULATED
    if verdict is not None and verdict.reevaluation:
        yield REEVALUATION
    if verdict is not None:
        yield from verdict.warnings
    if record.state != "done":
        yield UNFINISHED
    if (item.indicator.criteria, item.indicator.conditions) != (
        indicator.criteria,
        indicator.conditions,
    ):
        yield OTHER_TEXT
    if not stands.authorised:
        yield Text(DRAFT, {"why": stands.why[0]})
