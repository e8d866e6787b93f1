"""What the register of runs is told of a run's items."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from labctl import tested as of_items
from labctl.register import entries
from tests.labctl.acceptance.real import real_run, sheet
from tests.labctl.fakelab import FakeLab, fault, request


def test_what_is_asked_for(tmp_path: Path) -> None:
    plain = request(tmp_path, items=2)
    assert [(one.indicator, one.sample) for one in of_items.asked(plain)] == [
        ("1.1-90", ""),
        ("1.1-91", ""),
    ]
    assert of_items.asked(replace(plain, sample="C-17"))[0].sample == "C-17"
    assert of_items.asked(replace(plain, sample=sheet(tmp_path, "C-18")))[0].sample == "C-18"
    assert of_items.asked(replace(plain, sample="gone.toml"))[0].sample == ""


def test_what_came_of_it(tmp_path: Path) -> None:
    run = real_run(tmp_path / "runs", 80.0)
    begun, done = entries(tmp_path / "runs")
    assert [(i.sample, i.outcome, i.simulated) for i in begun.items] == [("R-1", "", None)]
    assert [(i.sample, i.outcome, i.simulated) for i in done.items] == [("R-1", "FAIL", False)]
    items = request(tmp_path, items=2).items
    found = of_items.tested(run.path / "journal.db", items, "R-1")
    assert [(i.indicator, i.sample, i.outcome) for i in found] == [
        ("1.1-90", "R-1", "FAIL"),
        ("1.1-91", "R-1", ""),
    ]


def test_a_simulated_bench_is_known_before_there_is_evidence(tmp_path: Path) -> None:
    real_run(tmp_path / "runs", lab=FakeLab(fault=fault()))
    (one,) = entries(tmp_path / "runs")[-1].items
    assert (one.outcome, one.simulated) == ("INCOMPLETE", True)
