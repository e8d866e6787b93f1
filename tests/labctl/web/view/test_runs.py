from __future__ import annotations

from pathlib import Path

import pytest

from labctl import register
from labctl.engine import execute
from labctl.i18n import using
from labctl.web.view.runs import newest_outcomes, run_rows
from tests.labctl.fakelab import FakeLab, fault, measure, request


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("runs")
    execute(request(folder, items=2), lambda _: FakeLab().bound(measure))
    execute(request(folder), lambda _: FakeLab(fault()).bound(measure))
    return folder


def test_runs_stand_newest_first_with_what_they_came_to(runs: Path) -> None:
    rows = run_rows(runs)
    assert sorted(row.outcomes for row in rows) == [
        (("1.1-90", "INCOMPLETE"),),
        (("1.1-90", "PASS"), ("1.1-91", "PASS")),
    ]
    assert all(row.simulated and row.state == "done" for row in rows)
    assert [row.started for row in rows] == sorted((r.started for r in rows), reverse=True)


@pytest.mark.parametrize(
    ("query", "count"), [("pass", 1), ("1.1-90", 2), ("1.1-91", 1), ("nothing", 0), ("合格", 1)]
)
def test_a_run_is_found_by_words_in_either_language(runs: Path, query: str, count: int) -> None:
    with using("zh" if query == "合格" else "en"):
        assert len(run_rows(runs, query)) == count


def test_the_newest_outcome_of_an_indicator_stands(runs: Path) -> None:
    found = newest_outcomes(runs)
    assert found["1.1-91"] == ("PASS", True) and found["1.1-90"][0] == "INCOMPLETE"


def test_a_register_that_was_changed_takes_outcomes_away_and_no_run(runs: Path) -> None:
    path = runs / register.FILE
    text = path.read_text(encoding="utf-8")
    try:
        path.write_text(text.replace("PASS", "FAIL", 1), encoding="utf-8")
        assert [row.outcomes for row in run_rows(runs)] == [(), ()]
    finally:
        path.write_text(text, encoding="utf-8")
