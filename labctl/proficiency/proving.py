"""The test of a procedure: pilot, blind draws, edge devices, marks, and one repeat."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from labctl.discovery import procedure_for
from labctl.errors import UsageError
from labctl.indicator import Indicator
from labctl.proficiency import marks
from labctl.proficiency.code import Code, digest
from labctl.proficiency.limits import Span, continuous
from labctl.proficiency.marks import Marks
from labctl.proficiency.plan import Plan, known_devices, pilot, plan_of, seed_of
from labctl.proficiency.pool import Job, Pilot, Workers, in_order
from labctl.proficiency.trial import Found, Resolve, Trial

Tell = Callable[[int, int], None]
"""Is told how many of how many devices are measured."""

ANY: Span = (float("-inf"), float("inf"))


def _tell_nobody(done: int, count: int) -> None:
    """Nobody wants to know how far the test is."""


@dataclass(frozen=True)
class Asked:
    """What is asked of a test: `draws` blind devices, and the `seed` (None: that of the record)."""

    draws: int = 100
    seed: int | None = None
    again: bool = True


@dataclass(frozen=True)
class Proved:
    """What a test of the `procedure` came to: `marks` of each indicator, from `seed`.

    `code` is what it was run with. `before` are the marks of the test that this one repeats.
    `blind` are its draws of a continuous figure.
    """

    procedure: str
    marks: tuple[Marks, ...]
    seed: int
    code: Code
    blind: tuple[Found, ...] = ()
    before: tuple[Marks, ...] = ()


def groups(
    indicators: Sequence[Indicator], resolve: Resolve = procedure_for
) -> list[list[Indicator]]:
    """The indicators as they are tried: each figure by itself, all others of a procedure together.

    `UsageError` names one without a procedure.
    """
    together: dict[str, list[Indicator]] = {}
    for one in indicators:
        bound = resolve(one)
        if bound is None:
            raise UsageError(
                f"{one.id} has no procedure", remedy="labctl indicators lists those that have one"
            )
        together.setdefault(one.id if continuous(one) else bound.procedure.name, []).append(one)
    return list(together.values())


def prove(
    group: Sequence[Indicator],
    asked: Asked,
    workers: Workers,
    tell: Tell = _tell_nobody,
    resolve: Resolve = procedure_for,
) -> Proved:
    """The test of a group of `groups`; one that is rejected is repeated with twice the draws."""
    first = workers.pilot(Job(tuple(group), _first(group)))
    seed = asked.seed
    if seed is None:
        seed = seed_of(first.procedure, group[0].id, digest(first.code.hashes()))
    test = _Test(tuple(group), first, workers, tell, resolve)
    done = test.run(asked.draws, seed)
    if asked.again and not all(one.ok for one in done.marks):
        repeated = test.run(2 * asked.draws, seed_of(seed, "repeat"))
        return replace(repeated, before=done.marks)
    return done


def _first(group: Sequence[Indicator]) -> Trial:
    if continuous(group[0]):
        return pilot(group[0], seed_of(group[0].id))
    return Trial(seed_of(group[0].id), dut="nominal")


@dataclass(frozen=True)
class _Test:
    """A group under test, after its pilot `first`."""

    group: tuple[Indicator, ...]
    first: Pilot
    workers: Workers
    tell: Tell
    resolve: Resolve

    def run(self, draws: int, seed: int) -> Proved:
        """One test with so many `draws`."""
        [indicator, *_], [found, *_] = self.group, self.first.found
        if not continuous(indicator):
            rows = self._measured(known_devices(self.first.procedure, draws, seed))
            all_marks = (
                marks.of_known(one.id, [row[place] for row in rows])
                for place, one in enumerate(self.group)
            )
            return self._proved(tuple(all_marks), seed)
        if found.error or not found.u > 0.0:
            why = found.error or "its figure has no uncertainty"
            return self._proved((marks.failed(indicator.id, f"pilot: {why}"),), seed)
        plan = plan_of(indicator, draws, seed, found.u, self._reach(indicator))
        rows = [one for [one] in self._measured(plan)]
        blind, edges = rows[: len(plan.draws)], rows[len(plan.draws) :]
        wrong, right = edges[: len(plan.wrong)], edges[len(plan.wrong) :]
        one = marks.of_figure(indicator.id, blind, wrong, right)
        return self._proved((one,), seed, tuple(blind))

    def _measured(self, plan: Plan) -> list[list[Found]]:
        """What each trial of the plan found, in its order."""
        jobs = [Job(self.group, trial) for trial in plan.trials]
        done: list[tuple[int, list[Found]]] = []
        for each in self.workers.each(jobs):
            done.append(each)
            self.tell(len(done), len(jobs))
        return in_order(done, len(jobs))

    def _reach(self, indicator: Indicator) -> Callable[[int], Span]:
        bound = self.resolve(indicator)
        reach = None if bound is None else bound.lab.reach
        if bound is None or reach is None:
            return lambda seed: ANY
        rig, key = bound.procedure.rig, indicator.criteria[0].row
        return lambda seed: reach(None, rig=rig, indicator_id=indicator.id, seed=seed).get(key, ANY)

    def _proved(self, found: tuple[Marks, ...], seed: int, blind: tuple[Found, ...] = ()) -> Proved:
        return Proved(self.first.procedure, found, seed, self.first.code, blind)
