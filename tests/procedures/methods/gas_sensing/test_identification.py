"""An identification whose gas, humidity, tracer or readings are not what they seem is none."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from labctl.agreement import default
from labctl.catalogue import load
from labctl.engine import RunRequest, execute
from labctl.requests import ItemOutcome
from procedures.methods.gas_sensing.blending import GASES
from procedures.methods.gas_sensing.exposing import AMOUNTS, WET, Numbers, numbers, planned
from rigs.benches import simulated_bench
from sim_backends.models.covered_chamber import CoveredChamber
from sim_backends.models.gas_blend import SUPPLY, Inlet
from sim_backends.models.gas_line import LineState


def measured(folder: Path, fault: str = "", answers: str = "") -> ItemOutcome:
    """The nominal device of 6.7-01, on a bench with that fault, prompts answered by a script."""
    bench, script = folder / "bench.toml", folder / "answers.toml"
    text = simulated_bench("gas_identification").read_text(encoding="utf-8")
    bench.write_text(f"{text}\n{fault}", encoding="utf-8")
    script.write_text(answers, encoding="utf-8")
    wanted = RunRequest(
        ("6.7-01",), (load().get("6.7-01"),), default(), folder, bench=bench,
        answers=script if answers else None,
    )  # fmt: skip
    [item] = execute(wanted).items
    return item


def check_refused(item: ItemOutcome, said: str) -> None:
    assert item.error is not None
    assert said in item.error["message"], item.error
    assert item.verdict.outcome == "INCOMPLETE"


def test_each_gas_meets_all_humidities_and_air_comes_after_gas() -> None:
    plan = planned(3, numbers(0.9))
    assert planned(3, numbers(0.9)) == plan != planned(4, numbers(0.9))
    assert Counter((one.gas, one.wet) for one in plan) == {(g, w): 1 for g in GASES for w in WET}
    for one in plan:
        doses = [amount for amount in one.amounts if amount]
        assert len(doses) == 12 and len(one.amounts) == 14 and one.amounts[0] > 0.0
        assert min(doses) >= AMOUNTS[0] and max(doses) <= AMOUNTS[1]
        assert (0.0, 0.0) not in zip(one.amounts, one.amounts[1:], strict=False)


def test_there_are_as_many_exposures_as_the_agreed_share_takes() -> None:
    assert numbers(0.9) == Numbers(12, 2)
    assert (numbers(0.9).trials, numbers(0.9).in_air) == (36, 36)
    assert numbers(0.95).trials >= 72 and numbers(0.95).in_air >= 72


def test_a_line_that_stands_still_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def still(self: Inlet, opening: float, t: float) -> LineState:
        return LineState(2e-6, SUPPLY, 23.0, "Air")

    monkeypatch.setattr(Inlet, "state", still)
    item = measured(tmp_path)
    assert item.error is not None
    assert item.verdict.outcome == "INCOMPLETE"


def test_a_reading_that_stands_still_is_an_error(tmp_path: Path) -> None:
    fault = '[[sim.faults]]\nrole = "source_meter"\nkind = "hold"\nafter = 100.0\n'
    check_refused(measured(tmp_path, fault), "all films read the same")


def test_a_humidifier_without_water_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CoveredChamber, "wet", lambda *_: 0.02)
    check_refused(measured(tmp_path), "of humidity in the chamber")


def test_a_tracer_that_is_not_seen_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CoveredChamber, "tracer", lambda *_: 0.0)
    check_refused(measured(tmp_path), "umol/mol of C3H6")


def test_another_cylinder_than_asked_for_is_an_error(tmp_path: Path) -> None:
    gas = planned(1, numbers(0.9))[0].gas
    other = "CO" if gas != "CO" else "H2"
    share = '["agreed/identified"]\nvalue = "90 %"\nwho = "Ann"\n'
    answers = f'{share}["air/1/{gas}/cylinder"]\nvalue = "{other}"\nwho = "Ann"\n'
    check_refused(measured(tmp_path, answers=answers), "the cylinder holds")
