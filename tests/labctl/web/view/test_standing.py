from __future__ import annotations

from pathlib import Path

import pytest

from labctl.engine import execute
from labctl.i18n import using
from labctl.indicator import Condition
from labctl.item import Held
from labctl.requests import Progress
from labctl.web.view.progress import progress_view, seconds_left
from labctl.web.view.standing import _condition, newest_readings, standing
from tests.labctl.fakelab import FakeLab, measure, request


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    runs = tmp_path_factory.mktemp("runs")
    return execute(request(runs, items=2), lambda _: FakeLab().bound(measure)).path


def test_a_finished_run_shows_its_verdicts_and_conditions(run: Path) -> None:
    found = standing(run)
    assert [one.outcome for one in found.items] == ["PASS", "PASS"]
    assert (found.item, found.planned, found.simulated) == (2, 2, True)
    assert found.items[0].results[0][2] == "≥ 100 Ω"
    assert {one.name: one.state for one in found.conditions} == {"duration": "in", "medium": "in"}
    assert [one.channel for one in found.readings] == ["soak, resistance", "burst, resistance"]
    assert found.readings[0].value == "120" and found.readings[0].unit == "Ω"
    assert found.steps[0].name == "hour" and not found.steps[0].under_way
    assert newest_readings(run) == found.readings


def test_another_item_is_chosen_and_an_unknown_one_is_the_newest(run: Path) -> None:
    assert standing(run, 1).item == 1 and standing(run, 99).item == 2


def test_it_speaks_the_users_language(run: Path) -> None:
    with using("zh"):
        assert standing(run).items[0].name == "电阻"


@pytest.mark.parametrize(
    ("channel", "unit", "value", "state"),
    [
        ("soak/temperature", "degC", 25.5, "in"),
        ("soak/temperature", "kelvin", 298.0, "in"),
        ("temperature", "degC", 31.0, "out"),
        ("soak/temperature", "V", 25.0, ""),
        ("soak/chuck_temperature", "degC", 25.0, ""),
        ("soak/temperature", "degC", None, ""),
    ],
)
def test_a_condition_is_in_its_band_by_the_newest_reading_of_its_name(
    channel: str, unit: str, value: float | None, state: str
) -> None:
    condition = Condition(quantity="temperature", value=25.0, unit="degC", tolerance=2.0)
    line = _condition(condition, Held(23.0, 27.0, "degC"), [(channel, unit, value, 0.0)])
    assert line.state == state and line.required == "(25 ± 2) °C"


def test_time_left_follows_the_pace_so_far(run: Path) -> None:
    assert seconds_left(0.25, 100.0) == 300.0
    assert seconds_left(0.01, 100.0) is None and seconds_left(0.5, 0.0) is None
    stands = standing(run)
    told = Progress("1.1-91", 1, 2, 0.5, "soak", stands.begun + 60.0, "", "door open")
    view = progress_view(stands, told, "running")
    assert view is not None and (view.percent, view.left, view.held) == (50.0, "60 s", "door open")
    assert progress_view(stands, None, "") is None
