"""Which of several runs counts, by a rule that leaves nothing to choose.

For each sample the latest run counts that came to a decision on the indicator, whatever it was:
never the best. Where a real run of the direction was begun, simulated ones do not count: a table is
of real verdicts or of simulated ones, never of both. A run that counts and whose
folder is gone is not replaced by the one before. Over several samples each counts, and the worst
outcome stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from labctl.acceptance.attempts import Attempt


@dataclass(frozen=True)
class Choice:
    """What counts for one sample: the `attempt`, None where none came to a decision; `runs` are
    all that were begun, in order."""

    sample: str
    attempt: Attempt | None
    runs: tuple[Attempt, ...]


def of_one_kind(
    found: Iterable[Attempt], indicators: Iterable[str], sample: str = ""
) -> list[Attempt]:
    """The attempts at `indicators`: the real ones where there is any, else the simulated ones.

    Those of which it is not known count with either. Where `sample` is named, those on others are
    left out, and runs on no known sample belong to it.
    """
    known = set(indicators)
    own = [one for one in found if one.indicator in known]
    if sample:
        own = [one for one in own if one.sample in (sample, "")]
    if any(one.simulated is False for one in own):
        return [one for one in own if one.simulated is not True]
    return own


def choices(found: Iterable[Attempt], indicator: str) -> list[Choice]:
    """What counts for `indicator` on each sample; empty where no run was begun."""
    own = [one for one in found if one.indicator == indicator]
    names = list(dict.fromkeys(one.sample for one in own if one.sample)) or [""]
    return [_choice(own, name) for name in names] if own else []


def _choice(own: Sequence[Attempt], name: str) -> Choice:
    runs = tuple(one for one in own if one.sample in (name, ""))
    complete = [one for one in runs if one.complete]
    return Choice(name, complete[-1] if complete else None, runs)
