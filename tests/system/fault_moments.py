"""What a procedure does when, read from the journal and the traces of a run without a fault.

Long exposures are shortened; their limit then lies half way between what the nominal and the
failing sample lose in so short a time, so that one passes and the other fails.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from drivers.links.trace import read_trace
from labctl.agreement import default
from labctl.catalogue import load
from labctl.evidence import Evidence, Figure
from labctl.indicator import Indicator
from labctl.runfile import StepRecord, open_run
from labctl.verdict import RowVerdict, Verdict, judge
from tests.system.photovoltaic_bench import FEW, lasting, measured

ITEMS = ("1.1-03", "1.1-04", "1.1-05", "1.1-12", "1.2-06")
HOURS = {"1.1-04": 12.0, "1.2-06": 120.0}
"""Hours of exposure, where they are fewer than the map's."""

DUTS = ("nominal", "failing")
SEED = 1

OPENING, ARRANGING, LEAVING = "opening", "arranging", "leaving"
"""What is between the steps: identifying, arranging a scope, making safe."""


class Moment(NamedTuple):
    """A question to `role` in `step` at run time `t` in s, answered after `took` s."""

    step: str
    role: str
    t: float
    took: float


@dataclass(frozen=True)
class Undisturbed:
    """A run without a fault: its verdict, addresses by role, every question, and its end in s."""

    verdict: Verdict
    addresses: dict[str, str]
    moments: tuple[Moment, ...]
    end: float

    @property
    def row(self) -> RowVerdict:
        """The one figure."""
        (row,) = self.verdict.rows
        return row


@cache
def indicator(item: str) -> Indicator:
    """The indicator `item` as it is run here."""
    if item not in HOURS:
        return load().get(item)
    lost = [_figure(_run(item, dut).evidence) for dut in DUTS]
    short = lasting(item, HOURS[item])
    (criterion,) = short.criteria
    between = msgspec.structs.replace(criterion, value=sum(lost) / len(lost))
    return msgspec.structs.replace(short, criteria=(between,))


@cache
def undisturbed(item: str, dut: str) -> Undisturbed:
    """The run of `item` on the sample `dut` that nothing disturbs."""
    run = _run(item, dut)
    verdict = judge(indicator(item), run.evidence, default(), simulated=True)
    return Undisturbed(verdict, run.addresses, run.moments, run.moments[-1].t)


@dataclass(frozen=True)
class _Run:
    """What a run left, whatever its limit."""

    evidence: Evidence
    addresses: dict[str, str]
    moments: tuple[Moment, ...]


@cache
def _run(item: str, dut: str) -> _Run:
    asked = lasting(item, HOURS[item]) if item in HOURS else item
    with tempfile.TemporaryDirectory(prefix="labctl-faults-") as runs:
        outcome = measured(Path(runs), asked, dut=dut, seed=SEED, draws=FEW, trace=True)
        (record,) = open_run(outcome.path).items
        moments = sorted(_moments(outcome.path, record.steps), key=lambda one: one.t)
    assert record.evidence is not None
    addresses = {one.role: one.address for one in record.instruments}
    return _Run(record.evidence, addresses, tuple(moments))


def _figure(evidence: Evidence) -> float:
    (result,) = evidence.results.values()
    assert isinstance(result, Figure)
    return result.value


def _moments(folder: Path, steps: Sequence[StepRecord]) -> Iterator[Moment]:
    for path in sorted((folder / "trace").glob("*.jsonl")):
        for session in read_trace(path):
            for one in session.transactions:
                if one.received:
                    yield Moment(step_at(steps, one.t), path.stem, one.t, one.took)


def step_at(steps: Sequence[StepRecord], t: float) -> str:
    """The last part of the name of the step at run time `t` in s: `reverse`, not which pair's."""
    if t < steps[0].begun:
        return OPENING
    for step in steps:
        if step.begun <= t < (step.finished or step.begun):
            return step.name.rpartition("/")[2]
    return LEAVING if t >= (steps[-1].finished or 0.0) else ARRANGING
