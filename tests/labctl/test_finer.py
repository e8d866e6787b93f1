"""More draws near a limit: asked for after the procedure returned, journalled, repeatable."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from labctl.engine import RunOutcome, execute
from labctl.evidence import Evidence, Figure, Reading
from labctl.finer import FACT
from labctl.journal.reader import Reader
from labctl.quantity import Quantity
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from labctl.uncertainty.intervals import symmetric
from labctl.uncertainty.propagation import FINE, propagate
from labctl.verification import verify_run
from tests.labctl.fakelab import FakeLab, OhmRig, observed_duration, request

LIMIT, U = 100.0, 1.0
END = LIMIT + 1.96 * U
"""A value whose interval ends at the limit."""


def reduction_at(value: float):
    def reduction(mc: MonteCarlo) -> Draws:
        return mc.quantity("standard", Quantity(value, "ohm", U))

    return reduction


def ran(runs: Path, value: float, **more: Any) -> tuple[RunOutcome, list[Figure]]:
    """A run whose procedure finds `value`, with the figures that it saw."""
    seen: list[Figure] = []

    async def measure(run: Run, rig: OhmRig) -> Evidence:
        run.observe(observed_duration(3600.0))
        seen.append(run.figure("resistance", reduction_at(value), "ohm"))
        return run.evidence({"resistance": seen[-1]}, how="stated")

    lab = FakeLab()
    outcome = execute(request(runs, **more), lambda _: lab.bound(measure))
    return outcome, seen


def journalled(outcome: RunOutcome) -> tuple[dict[str, int] | None, tuple[Evidence, ...]]:
    with Reader(outcome.path / "journal.db") as reader:
        return reader.fact(1, FACT, dict[str, int]), reader.facts(1, "evidence", Evidence)


def test_a_figure_far_from_its_limit_keeps_its_draws(tmp_path: Path) -> None:
    outcome, seen = ran(tmp_path, 120.0)
    drawn, evidence = journalled(outcome)
    assert drawn == {"resistance": 10_000}
    assert [one.results["resistance"] for one in evidence] == seen


def test_a_figure_near_its_limit_is_drawn_finer(tmp_path: Path) -> None:
    outcome, seen = ran(tmp_path, END)
    drawn, evidence = journalled(outcome)
    assert drawn == {"resistance": FINE} and FINE == 200_000
    coarse, fine = (one.results["resistance"] for one in evidence)
    assert isinstance(fine, Figure)
    assert [coarse] == seen, "the procedure learns nothing of it"
    assert fine.value == END and fine.lo == outcome.items[0].verdict.rows[0].lo
    assert abs(fine.low - LIMIT) < 0.02 and fine != coarse
    assert verify_run(outcome.path).ok


def test_the_finer_draws_begin_with_the_others_and_repeat(tmp_path: Path) -> None:
    outcome, _ = ran(tmp_path, END)
    _, (coarse, fine) = journalled(outcome)
    mc = MonteCarlo(10_000, 1)
    column = propagate(reduction_at(END), FINE, mc)
    assert symmetric(column[1:10_001]) == interval(coarse)
    assert symmetric(column[1:]) == interval(fine)


def interval(evidence: Evidence) -> tuple[float, float]:
    figure = evidence.results["resistance"]
    assert isinstance(figure, Figure)
    return figure.low, figure.high


def test_who_asks_for_a_number_of_draws_gets_it(tmp_path: Path) -> None:
    outcome, _ = ran(tmp_path, END, draws=500)
    drawn, evidence = journalled(outcome)
    assert drawn == {"resistance": 500} and len(evidence) == 1


def test_a_finished_figure_keeps_what_it_has(tmp_path: Path) -> None:
    async def measure(run: Run, rig: OhmRig) -> Evidence:
        run.observe(observed_duration(3600.0))
        return run.evidence({"resistance": Figure(END, "ohm", U)}, how="by hand")

    lab = FakeLab()
    drawn, evidence = journalled(execute(request(tmp_path), lambda _: lab.bound(measure)))
    assert drawn is None and len(evidence) == 1


def test_a_figure_that_is_not_linear_says_what_first_order_gives(tmp_path: Path) -> None:
    async def measure(run: Run, rig: OhmRig) -> Evidence:
        run.observe(observed_duration(3600.0))

        def square(mc: MonteCarlo) -> Draws:
            return 150.0 + mc.quantity("x", Quantity(0.0, "ohm", 1.0)) ** 2

        def line(mc: MonteCarlo) -> Draws:
            return 150.0 + mc.quantity("x", Quantity(0.0, "ohm", 1.0))

        figure = run.figure("resistance", square, "ohm", ("extrapolated",))
        other = run.figure("other", line, "ohm")
        return run.evidence({"resistance": figure, "other": other}, how="squared")

    lab = FakeLab()
    _, (evidence,) = journalled(execute(request(tmp_path), lambda _: lab.bound(measure)))
    assert evidence.how[0] == "squared" and len(evidence.how) == 2
    assert "resistance: first-order GUM gives u = 0 ohm" in str(evidence.how[1]).replace(
        "{key}", "resistance"
    ).replace("{u}", "0").replace("{unit}", "ohm")
    figure = evidence.results["resistance"]
    assert isinstance(figure, Figure) and figure.reasons == ("extrapolated",)


@pytest.mark.parametrize("serial", ["SIM-9", ""])
def test_readings_without_an_accuracy_end_incomplete(tmp_path: Path, serial: str) -> None:
    async def measure(run: Run, rig: OhmRig) -> Evidence:
        run.observe(observed_duration(3600.0))
        readings = [Reading(150.0, "ohm", float(t), float(t), "fake://x", serial) for t in range(4)]
        figure = run.figure("resistance", lambda mc: mc.mean(readings), "ohm")
        return run.evidence({"resistance": figure}, how="mean")

    lab = FakeLab()
    outcome = execute(request(tmp_path), lambda _: lab.bound(measure))
    verdict = outcome.items[0].verdict
    assert verdict.outcome == "INCOMPLETE"
    assert verdict.reasons[0].startswith(f"accuracy of {serial or 'fake://x'} is not stated: ")
