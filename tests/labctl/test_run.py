from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from labctl import clock
from labctl.errors import Defect, UnitError, UsageError
from labctl.evidence import Figure, Observed, Reading
from labctl.item import Held, Item
from labctl.journal import Journal, Reader
from labctl.quantity import Quantity
from labctl.run import Run, Wanted
from labctl.runfolder import RunFolder
from labctl.sample import Sample
from tests.labctl.journal.writing import folder, volts, write

Work = Callable[[Run], Awaitable[object]]
ITEM = Item(
    number=1,
    id="1.1-03",
    kind="measured",
    sample=Sample("S-1", "cell"),
    seed=5,
    wanted=(Wanted("efficiency", "efficiency", "%"),),
    set_points={"duration": Quantity(1000.0, "h")},
    contributions={"contact": Quantity(0.0, "dimensionless", 1e-3)},
    bands={"chuck": Held(35.0, float("inf"), "degC")},
)


def perform(path: Path, work: Work, item: Item = ITEM, told: list[object] | None = None) -> object:
    """What `work` returns, done on a `Run` in virtual time."""
    answers: list[object] = []

    async def on_journal(journal: Journal) -> None:
        journal.item(item.id, {}, "", "")

        def tell(*progress: object) -> None:
            if told is not None:
                told.append(progress)

        answers.append(await work(Run(journal, item, tell)))

    write(folder(path), on_journal)
    return answers[0]


def journal_of(path: Path) -> Path:
    return RunFolder(path).journal


async def one() -> float:
    return 1.0


def test_a_run_knows_what_a_procedure_may_know(tmp_path: Path) -> None:
    async def work(run: Run) -> None:
        assert (run.item, run.seed, run.sample.id) == ("1.1-03", 5, "S-1")
        assert run.contributions["contact"].u == 1e-3
        assert run.wanted() == (Wanted("efficiency", "efficiency", "%"),)
        assert run.set_point("duration", "s") == 3.6e6
        with pytest.raises(UnitError):
            run.set_point("duration", "V")
        with pytest.raises(UsageError, match="temperature"):
            run.set_point("temperature", "degC")
        assert run.band("chuck", "K") == (pytest.approx(308.15), float("inf"))
        assert run.band("humidity", "%") is None

    perform(tmp_path, work)


def test_the_number_of_draws_is_the_items_or_the_usual(tmp_path: Path) -> None:
    from labctl.uncertainty import DRAWS

    async def draws(run: Run) -> int:
        return run.monte_carlo.draws

    assert perform(tmp_path / "usual", draws) == DRAWS
    few = dataclasses.replace(ITEM, draws=20)
    assert perform(tmp_path / "few", draws, few) == 20


def test_a_step_returns_what_the_journal_holds(tmp_path: Path) -> None:
    async def pairs() -> list[tuple[float, str]]:
        return [(1.0, "a"), (2.0, "b")]

    async def work(run: Run) -> list[tuple[float, str]]:
        return await run.step("pairs", pairs, list[tuple[float, str]])

    assert perform(tmp_path, work) == [(1.0, "a"), (2.0, "b")]
    with Reader(journal_of(tmp_path)) as reader:
        assert reader.steps(1)[0][:3] == ("pairs", 1, '[[1.0,"a"],[2.0,"b"]]')


def test_a_stored_step_is_not_done_again(tmp_path: Path) -> None:
    stored = Item(1, "x", "measured", Sample("", ""), 1, stored={"a": "7.5", "light": "[]"})

    async def never(*_: float) -> float:
        raise AssertionError("done twice")

    async def work(run: Run) -> float:
        await run.soak("light", 60.0, 1.0, never)  # type: ignore[arg-type]
        return await run.step("a", never, float)

    assert perform(tmp_path, work, stored) == 7.5


def test_a_second_attempt_is_numbered(tmp_path: Path) -> None:
    again = Item(1, "x", "measured", Sample("", ""), 1, attempts={"a": 2})
    perform(tmp_path, lambda run: run.step("a", one, float), again)
    with Reader(journal_of(tmp_path)) as reader:
        assert reader.steps(1)[0][:2] == ("a", 3)


def test_a_duplicate_step_is_a_defect(tmp_path: Path) -> None:
    async def work(run: Run) -> None:
        await run.step("a", one, float)
        with pytest.raises(Defect, match="two steps are named 'a'") as caught:
            await run.step("a", one, float)
        assert "loop" in caught.value.remedy

    perform(tmp_path, work)


def test_a_result_of_another_type_is_a_defect(tmp_path: Path) -> None:
    async def wrong() -> float:
        return "text"  # type: ignore[return-value]

    async def work(run: Run) -> None:
        with pytest.raises(Defect, match="returned no"):
            await run.step("a", wrong, float)

    perform(tmp_path, work)


def test_steps_are_scoped_and_readings_belong_to_them(tmp_path: Path) -> None:
    async def work(run: Run) -> None:
        async def sweep() -> float:
            await run.record("v", volts(1.0))
            return 1.0

        async def at(elapsed: float) -> None:
            await run.record("slow", volts(elapsed))
            await run.step(f"sweep-{elapsed:g}", sweep, float)

        await run.soak("light", 20.0, 10.0, at)
        await run.record("v", volts(2.0))

    perform(tmp_path, work)
    with Reader(journal_of(tmp_path)) as reader:
        names = [step[0] for step in reader.steps(1)]
        assert names == ["light", "light/sweep-0", "light/sweep-10", "light/sweep-20"]
        sql = "SELECT value, attempt FROM readings ORDER BY rowid"
        assert list(reader.connection.execute(sql)) == [
            (0.0, 1),
            (1.0, 2),
            (10.0, 1),
            (1.0, 3),
            (20.0, 1),
            (1.0, 4),
            (2.0, None),
        ]


def test_parallel_tasks_keep_their_own_scope(tmp_path: Path) -> None:
    async def work(run: Run) -> None:
        async def slow(name: str) -> float:
            await clock.sleep(1.0)
            await run.record(name, volts(1.0))
            return 1.0

        await asyncio.gather(
            run.step("a", lambda: slow("a"), float), run.step("b", lambda: slow("b"), float)
        )

    perform(tmp_path, work)
    with Reader(journal_of(tmp_path)) as reader:
        sql = (
            "SELECT c.name, a.step FROM readings r JOIN channels c ON c.id = r.channel"
            " JOIN attempts a ON a.id = r.attempt"
        )
        assert set(reader.connection.execute(sql)) == {("a", "a"), ("b", "b")}


def test_a_failed_step_is_an_abandoned_attempt_with_its_readings(tmp_path: Path) -> None:
    async def work(run: Run) -> None:
        async def breaks() -> float:
            await run.record("v", volts(1.0))
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            await run.step("a", breaks, float)

    perform(tmp_path, work)
    with Reader(journal_of(tmp_path)) as reader:
        assert reader.steps(1) == [("a", 1, None, 0.0, None)]
        assert len(reader.readings(1, "v")) == 1


def test_a_soak_is_exact_and_tells_its_progress(tmp_path: Path) -> None:
    told: list[object] = []
    times: list[tuple[float, float]] = []

    async def work(run: Run) -> None:
        await clock.sleep(0.3)
        begin = clock.now()

        async def at(elapsed: float) -> None:
            times.append((elapsed, clock.now() - begin))
            await run.record("power", Reading(1.25, "mW", *clock.stamp(), "a", "b"))
            await clock.sleep(0.7)

        await run.soak("light", 3600.0, 60.0, at)

    perform(tmp_path, work, told=told)
    assert [elapsed for elapsed, _ in times] == [60.0 * k for k in range(61)]
    assert all(abs(elapsed - really) < 1e-9 for elapsed, really in times)
    assert told[0] == (0.0, "light: 0 of 1 h", "power 1.25 mW")
    assert told[-1] == (0.95, "light: 1 of 1 h", "power 1.25 mW")


def test_late_points_are_done_and_noted(tmp_path: Path) -> None:
    seen: list[float] = []

    async def work(run: Run) -> None:
        async def at(elapsed: float) -> None:
            seen.append(elapsed)
            if elapsed == 2.0:
                await clock.sleep(2.5)

        await run.soak("s", 5.0, 1.0, at)

    perform(tmp_path, work)
    assert seen == [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]
    with Reader(journal_of(tmp_path)) as reader:
        assert [event[2:] for event in reader.events(1)] == [
            ("late", "s: 2 points late, by at most 1.5 s")
        ]


def test_evidence_carries_conditions_and_attachments(tmp_path: Path) -> None:
    async def work(run: Run) -> None:
        run.observe(Observed("duration", 1.0, "h"))
        attachment = await run.attach("a.csv", b"1,2\n", "text/csv")
        figure = Figure(21.0, "%")
        evidence = run.evidence({"efficiency": figure}, how="so", left_out=("x",), missing=("y",))
        assert evidence.results == {"efficiency": figure}
        assert evidence.conditions == (Observed("duration", 1.0, "h"),)
        assert evidence.attachments == (attachment,)
        assert (evidence.how, evidence.left_out, evidence.missing) == (("so",), ("x",), ("y",))
        assert evidence.kind == "measured"
        assert (folder_of / attachment.sha256).read_bytes() == b"1,2\n"

    folder_of = RunFolder(tmp_path).attachments
    perform(tmp_path, work)


def test_the_monte_carlo_has_the_runs_seed(tmp_path: Path) -> None:
    async def work(run: Run) -> None:
        assert run.monte_carlo is run.monte_carlo
        assert run.monte_carlo.seed == 5

    perform(tmp_path, work)
