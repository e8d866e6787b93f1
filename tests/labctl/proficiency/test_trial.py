"""A blind trial through the engine itself, on the core's own fake lab."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path
from random import Random
from statistics import NormalDist

import msgspec
import pytest

from labctl.discovery import Bound
from labctl.engine import execute
from labctl.evidence import Evidence, Figure, Rate
from labctl.indicator import Criterion, Indicator
from labctl.proficiency.code import Code
from labctl.proficiency.marks import Marks
from labctl.proficiency.pool import Here, Job
from labctl.proficiency.proving import Asked, groups, prove
from labctl.proficiency.trial import Found, Resolve, Trial, tried
from labctl.requests import Returned
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from labctl.uncertainty.rates import clopper_pearson
from tests.labctl.fakelab import INDICATOR, FakeLab, OhmRig, fault, observed_duration, request

Procedure = Callable[[Run, OhmRig], Awaitable[Evidence]]


async def ohms(run: Run, rig: OhmRig) -> Evidence:
    """Some readings with a normal error of 2 ohm in common."""

    async def some() -> float:
        return sum([(await rig.meter.read()).value for _ in range(4)]) / 4

    value = await run.step("some", some, float)

    def reduction(mc: MonteCarlo) -> Draws:
        return value + 2.0 * mc.normal("meter")

    run.observe(observed_duration(3600.0))
    return run.evidence({"resistance": run.figure("resistance", reduction, "ohm")}, how="read")


async def finished(run: Run, rig: OhmRig) -> Evidence:
    """Hands over a figure and no draws."""
    figure = Figure(104.0, "ohm", 1.0, 102.0, 107.0)
    return run.evidence({"resistance": figure}, how="read")


def resolved(function: Procedure = ohms, lab: FakeLab | None = None) -> Resolve:
    bound = (lab or FakeLab()).bound(function)

    def resolve(indicator: Indicator) -> Bound:
        return bound

    return resolve


def measured(true: float, function: Procedure = ohms, lab: FakeLab | None = None) -> Found:
    return tried(INDICATOR, Trial(5, "resistance", true), resolved(function, lab))


def test_the_device_has_the_true_value_and_z_is_where_it_stands_in_the_draws() -> None:
    lab = FakeLab()
    found = measured(105.0, lab=lab)
    assert lab.asked[0] is not None
    assert lab.asked[0].truth == {"resistance": 105.0}
    assert (found.value, found.error) == (105.0, "")
    assert found.u == pytest.approx(2.0, rel=0.03)
    assert found.z == pytest.approx(0.0, abs=0.05)
    assert found.held
    assert found.outcome == "PASS"


def test_a_figure_without_draws_is_taken_by_its_interval() -> None:
    wide = NormalDist().inv_cdf(0.975)
    assert measured(105.5, finished).z == pytest.approx(wide / 2)
    assert measured(103.0, finished).z == pytest.approx(-wide / 2)
    assert not measured(108.0, finished).held


TRIALS = 400
ALARMS = msgspec.structs.replace(
    INDICATOR,
    criteria=(
        Criterion(quantity="false_alarm_rate", key="resistance", op="<=", value=5.0, unit="%"),
    ),
    nominal={"resistance": 3.1},
    failing={"resistance": 8.4},
)
"""The fake meter's truth is the true rate in percent."""


def counting(made: int = TRIALS, missed: float = 0.0, together: int = 1) -> Procedure:
    """Trials of which as many alarm as chance has it; a share `missed` is overlooked, and
    `together` hang on one cause."""

    async def procedure(run: Run, rig: OhmRig) -> Evidence:
        async def some() -> int:
            rate = (await rig.meter.read()).value / 100.0 * (1.0 - missed)
            rng = Random(run.monte_carlo.seed)
            return together * sum(rng.random() < rate for _ in range(made // together))

        events = await run.step("some", some, int)
        run.observe(observed_duration(3600.0))
        return run.evidence({"resistance": Rate(events, made, TRIALS)}, how="counted")

    return procedure


def of_alarms(function: Procedure, draws: int = 60) -> Marks:
    resolve = resolved(function)
    asked = Asked(draws, 3, again=False)
    [one] = prove([ALARMS], asked, Here(resolve), resolve=resolve).marks
    return one


def test_a_rate_has_its_bounds_and_a_score_between_its_steps() -> None:
    trial = Trial(5, "resistance", 4.0)
    found, again = (tried(ALARMS, trial, resolved(counting())) for _ in "ab")
    assert found == again
    low, high = (100.0 * one for one in clopper_pearson(round(4.0 * found.value), TRIALS))
    assert found.u == pytest.approx((high - low) / 2 / 1.95996, rel=1e-4)
    assert found.held == (low <= 4.0 <= high)
    assert abs(found.z) < 4.0
    assert not found.error


def test_honest_counts_pass_and_dishonest_ones_do_not() -> None:
    assert of_alarms(counting()).why == ()
    assert any("mean z" in why for why in of_alarms(counting(missed=0.3)).why)
    assert any("rms z" in why for why in of_alarms(counting(together=8)).why)


def test_a_series_that_was_stopped_has_no_score() -> None:
    found = tried(ALARMS, Trial(5, "resistance", 4.0), resolved(counting(made=300)))
    assert found.error == "300 of 400 trials of resistance were made"


def test_an_error_is_told_and_no_z() -> None:
    found = measured(105.0, lab=FakeLab(fault()))
    assert found.outcome == "INCOMPLETE"
    assert "overload" in found.error


def test_a_procedure_that_reads_without_error_and_says_so_is_too_careful() -> None:
    """The fake meter has no error at all, so a U of 4 ohm is far too large."""
    [group] = groups([INDICATOR], resolved())
    proved = prove(group, Asked(6, 1, again=False), Here(resolved()), resolve=resolved())
    [one] = proved.marks
    assert not one.ok
    assert any("rms z" in why for why in one.why)
    assert one.misses == one.edge_pass == one.mirror_fail == 0
    assert len(proved.blind) == 6
    assert {found.trial.true > 100.0 for found in proved.blind} == {True, False}


def test_the_pilot_that_errs_rejects_the_procedure() -> None:
    resolve = resolved(lab=FakeLab(fault()))
    proved = prove([INDICATOR], Asked(4, 1, again=False), Here(resolve), resolve=resolve)
    assert [one.ok for one in proved.marks] == [False]
    assert proved.marks[0].why[0].startswith("pilot: ")


def test_the_code_is_what_is_loaded() -> None:
    job = Job((INDICATOR,), Trial(5, "resistance", 101.0))
    told = Here(resolved()).pilot(job)
    assert told.code.procedure == __name__
    assert isinstance(told.code, Code)
    assert told.procedure.endswith(".ohms")


@pytest.mark.parametrize("bare", [True, False])
def test_a_bare_run_keeps_no_budget_and_no_snapshot(tmp_path: Path, bare: bool) -> None:
    async def itemised(run: Run, rig: OhmRig) -> Evidence:
        found = await ohms(run, rig)
        budget = run.monte_carlo.budget(lambda mc: 2.0 * mc.normal("meter"), "resistance", 50)
        return msgspec.structs.replace(found, budget=budget)

    returned: list[Returned] = []
    lab = FakeLab()
    outcome = execute(
        request(tmp_path, bare=bare, on_evidence=returned.append), resolved(itemised, lab)
    )
    assert bool(returned[0].evidence.budget) is not bare
    assert returned[0].reductions.columns["resistance"].shape[0] == 10_001
    with sqlite3.connect(outcome.path / "journal.db") as journal:
        [(count,)] = journal.execute("SELECT COUNT(*) FROM worlds").fetchall()
    assert (count == 0) is bare
