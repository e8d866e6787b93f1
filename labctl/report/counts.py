"""Which run it is of how many, as a reader sees it: no run that was begun is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from labctl import registercheck
from labctl.acceptance.attempts import Attempt, attempts, of_run
from labctl.acceptance.counting import Counted, counted
from labctl.errors import JournalError
from labctl.i18n import N_, _
from labctl.report.wording import iso_moment, word

if TYPE_CHECKING:
    from labctl.runfile import RunRecord

_STATES = {"gone": N_("its folder is gone"), "unreadable": N_("cannot be read")}


@dataclass(frozen=True)
class AttemptView:
    """One run of an indicator on a sample: `outcome` is "" where there is none, `own` this one."""

    run: str
    begun: str
    sample: str
    state: str
    outcome: str
    own: bool


@dataclass(frozen=True)
class CountView:
    """`text` says which run it is of how many; `runs` are all of them where there are several."""

    text: str
    runs: tuple[AttemptView, ...] = ()


def counts(record: RunRecord) -> dict[str, CountView]:
    """By item, its place among all runs of the folder in which the run lies."""
    try:
        found = attempts(record.path.parent)
        wrong = registercheck.problems(record.path.parent)
    except JournalError as error:
        wrong, found = [error.message], []
    if wrong:
        return {item.id: CountView(_unknown("; ".join(wrong))) for item in record.items}
    return {item.id: _count(found, record.path.name, item.id) for item in record.items}


def count_text(place: Counted) -> str:
    """`run k of n on this indicator and sample`."""
    return _("run {k} of {n} on this indicator and sample").format(k=place.k, n=place.n)


def attempt_view(one: Attempt, own: bool) -> AttemptView:
    """The texts of one run."""
    state = _(_STATES[one.state]) if one.state in _STATES else word(one.state)
    outcome = "" if one.outcome is None else str(one.outcome)
    sample = one.sample or _("not known")
    return AttemptView(one.run, iso_moment(one.begun), sample, state, outcome, own)


def _count(found: Sequence[Attempt], run: str, indicator: str) -> CountView:
    own = of_run(found, run, indicator)
    if own is None:
        return CountView(_unknown(_("no register of runs knows it")))
    place = counted(found, own)
    views = tuple(attempt_view(one, one is own) for one in place.runs)
    return CountView(count_text(place), views if len(views) > 1 else ())


def _unknown(why: str) -> str:
    return _("which run it is of how many is not known: {why}").format(why=why)
