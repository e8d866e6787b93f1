"""Run k of n on an indicator and a sample: no run that was begun is left out of n.

Simulated runs are counted among themselves. A run of which nobody knows on which sample it was, or
whether it was simulated, since it was killed before or its folder is gone, counts for each: what is
not known is never to the advantage of a report.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from labctl.acceptance.attempts import Attempt


@dataclass(frozen=True)
class Counted:
    """A run's place among all of its kind: `k` of `n`, which `runs` are, in order."""

    k: int
    runs: tuple[Attempt, ...]

    @property
    def n(self) -> int:
        """How many runs were begun, this one too."""
        return len(self.runs)

    @property
    def others(self) -> tuple[Attempt, ...]:
        """All but this one."""
        return tuple(one for index, one in enumerate(self.runs, 1) if index != self.k)


def counted(found: Sequence[Attempt], own: Attempt) -> Counted:
    """The place of the attempt `own` among all attempts `found`, which hold it."""
    runs = tuple(one for one in found if one is own or _same_kind(one, own))
    return Counted(1 + runs.index(own), runs)


def _same_kind(one: Attempt, own: Attempt) -> bool:
    if one.indicator != own.indicator:
        return False
    if one.simulated is not None and own.simulated is not None and one.simulated != own.simulated:
        return False
    return own.sample == one.sample or "" in (one.sample, own.sample)
