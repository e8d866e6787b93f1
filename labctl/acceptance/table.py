"""The acceptance table of a direction: what counts for each indicator, and what it comes to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from labctl import clock, registercheck
from labctl.acceptance.attempts import Attempt, attempts
from labctl.acceptance.choosing import Choice, choices, of_one_kind
from labctl.acceptance.counting import Counted, counted
from labctl.acceptance.opened import Opened, Runs
from labctl.indicator import Direction, Indicator
from labctl.verdict import Outcome, judge_direction, set_outcomes, worst
from labctl.words import Words


@dataclass(frozen=True)
class Line:
    """One indicator on one sample: the attempt that counts, opened, and why it is no acceptance.

    Without an attempt `outcome` is INCOMPLETE and `opened` None; `runs` are all that were begun.
    """

    indicator: Indicator
    sample: str
    outcome: Outcome
    runs: tuple[Attempt, ...] = ()
    attempt: Attempt | None = None
    counted: Counted | None = None
    opened: Opened | None = None
    objections: tuple[Words, ...] = ()

    @property
    def simulated(self) -> bool:
        """Whether what counts, or the little that there is, was simulated."""
        if self.attempt is not None:
            return self.attempt.simulated is True
        return any(one.simulated for one in self.runs)


@dataclass(frozen=True)
class Table:
    """The table of `direction`, made at the wall-clock time `made` (ISO 8601).

    `outcome` is by the alternatives rule, `sets` by letter, the common indicators under "".
    `sample` is the one it was asked for, "" for all. `problems` are those of the register of runs:
    what it counts is not sure then.
    """

    direction: Direction
    sample: str
    made: str
    lines: tuple[Line, ...]
    outcome: Outcome
    sets: dict[str, Outcome]
    problems: tuple[str, ...] = ()

    @property
    def simulated(self) -> bool:
        """Whether any line is simulated: then the table is no acceptance."""
        return any(line.simulated for line in self.lines)

    @property
    def carrying(self) -> tuple[Line, ...]:
        """The lines that the outcome rests on: the common ones and those of the best set."""
        letters = [letter for letter in self.sets if letter]
        order = [self.outcome, *Outcome]
        best = min(letters, key=lambda one: order.index(self.sets[one])) if letters else ""
        return tuple(one for one in self.lines if one.indicator.alternatives in ("", best))

    @property
    def draft(self) -> bool:
        """Whether a line that the outcome rests on is not authorised, or stands under anything, or
        the register of runs is not whole."""
        return bool(self.problems) or any(
            line.objections or line.attempt is None for line in self.carrying
        )

    @property
    def acceptance(self) -> bool:
        """Whether it may leave as an acceptance: all real, authorised, whole, and PASS."""
        return self.outcome is Outcome.PASS and not (self.simulated or self.draft)


def make(direction: Direction, runs: Path, sample: str = "") -> Table:
    """The table of `direction` over all runs in the folder `runs`, on `sample` if one is named.

    `JournalError` where the register of runs was changed.
    """
    ids = [indicator.id for indicator in direction.indicators]
    found = of_one_kind(attempts(runs), ids, sample)
    lines = tuple(_lines(direction.indicators, found, sample, Runs()))
    outcomes = _outcomes(lines)
    return Table(
        direction=direction,
        sample=sample,
        made=clock.wall().isoformat(timespec="seconds"),
        lines=lines,
        outcome=judge_direction(direction, outcomes),
        sets=set_outcomes(direction, outcomes),
        problems=tuple(registercheck.problems(runs)),
    )


def _outcomes(lines: Iterable[Line]) -> dict[str, Outcome]:
    """The worst over its samples, for each indicator."""
    by_id: dict[str, list[Outcome]] = {}
    for line in lines:
        by_id.setdefault(line.indicator.id, []).append(line.outcome)
    return {id: worst(found) for id, found in by_id.items()}


def _lines(
    indicators: Iterable[Indicator], found: Sequence[Attempt], sample: str, opener: Runs
) -> Iterator[Line]:
    for indicator in indicators:
        own = choices(found, indicator.id)
        if not own:
            yield Line(indicator, sample, Outcome.INCOMPLETE)
        for choice in own:
            yield _line(indicator, choice, found, opener)


def _line(indicator: Indicator, choice: Choice, found: Sequence[Attempt], opener: Runs) -> Line:
    attempt = choice.attempt
    if attempt is None:
        return Line(indicator, choice.sample, Outcome.INCOMPLETE, choice.runs)
    opened = opener.open(attempt, indicator)
    return Line(
        indicator=indicator,
        sample=choice.sample or attempt.sample,
        outcome=opened.outcome,
        runs=choice.runs,
        attempt=attempt,
        counted=counted(found, attempt),
        opened=opened,
        objections=opened.objections,
    )
