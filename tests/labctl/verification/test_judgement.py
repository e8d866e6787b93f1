from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from labctl.evidence import Evidence, Figure
from labctl.journal.plain import encode
from labctl.journal.reader import Reader
from labctl.runfile import open_run
from labctl.verification.judgement import differences, rejudge
from tests.labctl.verification.done import alter, done


def with_fact(run: Path, name: str, value: object) -> None:
    """A later fact, as somebody would write it who computes the hashes anew."""
    text = encode(value).replace("'", "''")
    alter(run, f"INSERT INTO facts VALUES (1, '{name}', '{text}', 0.0, 0.0)")


def test_a_verdict_that_follows(tmp_path: Path) -> None:
    with Reader(done(tmp_path) / "journal.db") as reader:
        (one,) = rejudge(reader)
    assert one.differences == () and one.outcome == one.recomputed == "PASS"


def test_evidence_that_does_not_bear_the_verdict(tmp_path: Path) -> None:
    run = done(tmp_path)
    evidence = open_run(run).items[0].evidence
    assert evidence is not None
    poor = Figure(80.0, "ohm", 0.01, 79.98, 80.02)
    with_fact(run, "evidence", msgspec.structs.replace(evidence, results={"resistance": poor}))
    with Reader(run / "journal.db") as reader:
        (one,) = rejudge(reader)
    assert (one.outcome, one.recomputed) == ("PASS", "FAIL")
    assert "outcome" in {difference.where for difference in one.differences}
    assert any(d.where == "rows[0].value" and d.now == "80.0" for d in one.differences)


def test_a_simulated_run_cannot_call_itself_real(tmp_path: Path) -> None:
    run = done(tmp_path)
    verdict = open_run(run).items[0].verdict
    assert verdict is not None and verdict.simulated
    with_fact(run, "verdict", msgspec.structs.replace(verdict, simulated=False))
    with Reader(run / "journal.db") as reader:
        (one,) = rejudge(reader)
    assert [str(d) for d in one.differences] == ["simulated: false, recomputed true"]


def test_an_unfinished_item_has_no_verdict(tmp_path: Path) -> None:
    run = done(tmp_path)
    alter(run, "DELETE FROM facts WHERE name = 'verdict'")
    with Reader(run / "journal.db") as reader:
        assert [(one.outcome, one.recomputed) for one in rejudge(reader)] == [(None, None)]


@pytest.mark.parametrize(
    ("was", "now", "where"),
    [
        ({"a": [1.0, float("nan")]}, {"a": [1.0, float("nan")]}, []),
        ({"a": [1.0]}, {"a": [1.0, 2.0]}, ["a[1]"]),
        ({"a": {"b": 1}}, {"a": {"b": True}}, ["a.b"]),
        ({"a": [{"b": 1}]}, {"a": [{"b": 2}]}, ["a[0].b"]),
        ({"reasons": ["so"]}, {"reasons": ["thus"]}, []),
        ({"a": None}, {"a": {}}, ["a"]),
        ([], {}, [""]),
    ],
)
def test_differences_are_named_and_wording_is_none(
    was: object, now: object, where: list[str]
) -> None:
    assert [one.where for one in differences(was, now)] == where


def test_evidence_is_what_was_journalled() -> None:
    assert encode(Evidence({})) == encode(Evidence({}))
