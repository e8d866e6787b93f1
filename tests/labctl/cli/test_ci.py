"""`labctl ci` on documents, which take no time, in this process."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from labctl.ci.trial import Job, Tried
from labctl.testing.standing import Standing
from tests.labctl.ci.trials import tried
from tests.labctl.cli.conftest import Command

DOCUMENTS = ("1.1-02", "1.2-01", "1.2-02")
HERE = ("--jobs", "1")


def test_the_table_and_the_time(labctl: Command) -> None:
    answer = labctl("ci", *DOCUMENTS, *HERE)
    assert answer.code == 0, answer.err
    lines = answer.out.splitlines()
    assert "| 1.1 | 1 | 1 | 1 | 1 | 1 | 0 | 0 | 0 | 0 |" in lines
    assert "| all | 3 | 3 | 3 | 3 | 3 | 0 | 0 | 0 | 0 |" in lines
    assert "1.1-02 failing seed 1: not shown FAIL" in lines[7]
    assert lines[-1].startswith("6 devices; ")
    assert "6/6  0 faults, 0 failures" in answer.err


def test_one_document_for_programs(labctl: Command) -> None:
    answer = labctl("ci", *DOCUMENTS, *HERE, "--json")
    found = answer.document
    assert (answer.err, found["ok"], found["exit_code"]) == ("", True, 0)
    assert [(one["id"], one["dut"], one["outcome"]) for one in found["devices"]][:2] == [
        ("1.1-02", "nominal", "PASS"),
        ("1.1-02", "failing", "FAIL"),
    ]
    assert found["devices"][0]["repeat"] == "labctl ci --only 1.1-02 --seed 1 --dut nominal"
    assert found["coverage"]["1.2"]["nominal"] == 2
    assert (found["failures"], found["thin"], found["conditional"]) == ([], [], [])


def test_shards_are_parts(labctl: Command) -> None:
    asked = ("ci", *DOCUMENTS, *HERE, "--json", "--shard")
    parts = [labctl(*asked, f"{number}/3").document for number in (1, 2, 3)]
    ids = [sorted({one["id"] for one in part["devices"]}) for part in parts]
    assert sorted(id for part in ids for id in part) == list(DOCUMENTS)


def test_seeds_and_one_device(labctl: Command) -> None:
    asked = ("ci", "--only", "1.1-02", "--seed", "7", "--repeat", "2", "--dut", "failing")
    found = labctl(*asked, *HERE, "--json").document["devices"]
    assert [(one["seed"], one["dut"]) for one in found] == [(7, "failing"), (8, "failing")]


def test_files(labctl: Command, tmp_path: Path) -> None:
    junit, table = tmp_path / "junit.xml", tmp_path / "coverage.md"
    labctl("ci", "1.1-02", *HERE, "--junit", junit, "--coverage", table)
    assert len(list(ElementTree.parse(junit).iter("testcase"))) == 2
    assert "| 1.1 | 1 | 1 | 1 |" in table.read_text(encoding="utf-8")
    data = json.loads((tmp_path / "coverage.json").read_text(encoding="utf-8"))
    assert data["1.1"]["tried"] == 1


def test_a_failure_prints_the_line_that_repeats_it(
    labctl: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(job: Job) -> list[Tried]:
        standing = Standing.WRONG if job.dut == "failing" else Standing.CONDITIONAL
        return [tried("1.1-02", job.dut, standing, why="PASS", margin=0.3, kept=("runs/ci/x",))]

    monkeypatch.setattr("labctl.ci.working.carried", wrong)
    answer = labctl("ci", "1.1-02", *HERE)
    assert answer.code == 1
    told = answer.out.partition("WRONG  ")[2].splitlines()
    assert told[:3] == [
        "1.1-02 failing seed 1: PASS",
        "  labctl ci --only 1.1-02 --seed 1 --dut failing",
        "  runs/ci/x",
    ]
    assert "conditional outcomes:\n  1.1-02 nominal seed 1: PASS" in answer.out
    assert "thin margins, of less than 2.5 U:\n  1.1-02 nominal seed 1: 0.30 U" in answer.out
    assert labctl("ci", "1.1-02", *HERE, "--dut", "nominal").code == 2


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("1.1-02", "--shard", "3/2"), "--shard 3/2"),
        (("1.1-02", "--fault", "a:b@c"), "--only ID"),
        (("1.1-02", "--only", "1.1-02"), "--only stands for the targets"),
        (("x.y",), "x.y"),
        (("1.1-02", "--changed", "no-such-commit"), "git diff failed"),
    ],
)
def test_what_cannot_be_asked(labctl: Command, words: tuple[str, ...], told: str) -> None:
    answer = labctl("ci", *words, *HERE, "--json")
    assert answer.code == 3
    error = answer.document["error"]
    assert told in f"{error['message']} {error['remedy']}" and error["remedy"]
