from __future__ import annotations

import tomllib
from dataclasses import replace

import msgspec
import pytest

from labctl.requests import ItemOutcome
from labctl.testing import faulted
from labctl.testing.faulted import ERROR, OFF, SAME, WITHIN, apart, came, spoiled, wrong
from labctl.testing.offered import Offered
from labctl.verdict import Outcome
from tests.labctl.testing.decided import ERROR as TOLD
from tests.labctl.testing.decided import item, row

WHOLE = (row(Outcome.PASS, 22.0),)
USED = ("serial://com1",)


def problems(one: ItemOutcome, dut: str = "nominal") -> list[str]:
    return list(wrong(one, came(one, WHOLE), dut=dut, addresses=USED))


def test_a_bench_file_with_faults_is_toml() -> None:
    text = spoiled(
        'name = "x"\n[sim]\nworld = "w"\n',
        [{"role": "meter", "kind": "delay", "after": 1.5}, {"role": "lamp", "kind": "silence"}],
    )
    found = tomllib.loads(text)["sim"]["faults"]
    assert found == [
        {"role": "meter", "kind": "delay", "after": 1.5},
        {"role": "lamp", "kind": "silence"},
    ]
    assert Offered("meter", "delay").name == "meter:delay"


@pytest.mark.parametrize(
    ("outcome", "value", "what"),
    [
        (Outcome.PASS, 22.0, SAME),
        (Outcome.PASS, 22.9, WITHIN),
        (Outcome.PASS, 24.0, OFF),
        (Outcome.FAIL, 15.0, OFF),
        (Outcome.INVALID, 15.0, "INVALID"),
    ],
)
def test_what_a_fault_did(outcome: Outcome, value: float, what: str) -> None:
    assert came(item(outcome, row(outcome, value)), WHOLE).what == what


def test_a_figure_that_moves_without_being_told_is_wrong() -> None:
    assert problems(item(Outcome.PASS, row(Outcome.PASS, 24.0))) == [
        "a figure is off and nothing tells"
    ]
    assert problems(item(Outcome.PASS, row(Outcome.PASS, 22.5))) == []
    assert problems(item(Outcome.INVALID, row(Outcome.INVALID, 24.0))) == []


def test_a_verdict_that_a_fault_turned_is_wrong() -> None:
    passed = item(Outcome.PASS, row(Outcome.PASS, 22.0))
    assert problems(passed, "failing") == ["PASS of the failing device"]
    failed = item(Outcome.FAIL, row(Outcome.FAIL, 22.0))
    assert problems(failed) == ["FAIL of the nominal device"]


def test_an_error_names_address_and_remedy_and_is_no_defect() -> None:
    good = item(Outcome.INCOMPLETE, error=TOLD, exit_code=3)
    assert came(good, WHOLE).what == ERROR
    assert problems(good) == []
    bad = replace(good, error={**TOLD, "address": "", "remedy": ""}, exit_code=4)
    assert problems(bad) == [
        "the error names no address",
        "the error names no remedy",
        "exit code 4",
    ]


def test_how_far_apart_figures_are() -> None:
    one = row(Outcome.PASS, 22.0, 0.5)
    assert apart(row(Outcome.PASS, 23.0), one) == pytest.approx(2.0)
    assert apart(one, one) == 0.0
    exact = row(Outcome.PASS, 22.0, None)
    assert apart(row(Outcome.PASS, 23.0, None), exact) == float("inf")
    assert apart(row(Outcome.PASS, None), one) == float("inf")
    pair = msgspec.structs.replace(one, value=(1.0, 2.0), ends=(one, row(Outcome.PASS, 30.0)))
    moved = msgspec.structs.replace(pair, ends=(one, row(Outcome.PASS, 33.0)))
    assert apart(moved, pair) == pytest.approx(3.0)


def test_conditional_outcomes_are_no_mistake() -> None:
    assert faulted.right("nominal") == (Outcome.PASS, Outcome.CONDITIONAL_PASS)
    assert faulted.right("failing") == (Outcome.FAIL, Outcome.CONDITIONAL_FAIL)
