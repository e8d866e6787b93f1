"""Recipes of any world: several figures, abilities and ranges."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest

from labctl.errors import UsageError
from sim_backends.samples.recipe import Recipe, Samples, one_figure
from sim_backends.samples.stating import Stated


@dataclass(frozen=True)
class Plate:
    """A plate of `width` and `height` in m that may be `sound`, for use between two ends."""

    width: float
    height: float
    sound: bool = True
    ends: tuple[float, float] = (0.0, 1.0)


def draw(rng: np.random.Generator) -> Plate:
    return Plate(*rng.uniform(0.01, 0.02, 2))


def solved(plate: Plate, truth: Any) -> Plate:
    return replace(plate, width=truth["width"], sound=truth["sound"], ends=truth["ends"])


def stated(plate: Plate) -> dict[str, Stated]:
    return {"height": Stated(plate.height, "m", 0.01), "edge": Stated(2.0, "mm", 0.0, 0.1)}


PLATE = Recipe(
    kind="plate",
    units={"width": "m", "sound": "", "ends": "m"},
    draw=draw,
    solved=solved,
    figures=lambda plate: {"width": plate.width, "sound": plate.sound, "ends": plate.ends},
    stated=stated,
    reach=lambda _: {"width": (0.0, 1.0), "ends": (-1.0, 2.0)},
    aspects={"surface": "dry"},
)
AREA = one_figure(
    kind="plate",
    key="area",
    unit="m**2",
    draw=draw,
    figure=lambda plate: plate.width * plate.height,
    vary=lambda plate, width: replace(plate, width=width),
    low=0.0,
    high=0.1,
    stated=stated,
)
SAMPLES = Samples({"acme/a-01": PLATE, "acme/a-02": AREA})
TRUTH: dict[str, object] = {"width": 0.5, "sound": False, "ends": (-0.5, 1.5)}


def test_all_figures_are_those_asked_for_and_the_rest_is_drawn() -> None:
    one, other = (SAMPLES.solve("acme/a-01", TRUTH, seed=seed) for seed in (1, 2))
    assert SAMPLES.true_figures("acme/a-01", one.device) == TRUTH
    assert one.device.height != other.device.height
    assert (one.sheet["kind"], one.sheet["aspects"]) == ("plate", {"surface": "dry"})


def test_one_figure_is_solved_by_its_parameter() -> None:
    device = SAMPLES.solve("acme/a-02", {"area": 1e-3}, seed=1).device
    assert device.width * device.height == pytest.approx(1e-3, rel=1e-9)
    low, high = SAMPLES.reach("acme/a-02", seed=1)["area"]
    assert (low, high) == (0.0, pytest.approx(0.1 * device.height))


@pytest.mark.parametrize(
    "wrong", [{"width": True}, {"sound": 1.0}, {"ends": (0.0, float("inf"))}, {"more": 1.0}]
)
def test_a_figure_of_another_kind_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(UsageError, match="sound true or false"):
        SAMPLES.solve("acme/a-01", TRUTH | wrong, seed=1)


@pytest.mark.parametrize("wrong", [{"width": 1.5}, {"ends": (0.0, 2.5)}])
def test_a_figure_out_of_reach_names_the_range(wrong: dict[str, object]) -> None:
    with pytest.raises(UsageError, match=r"reaches -?\d to \d m"):
        SAMPLES.solve("acme/a-01", TRUTH | wrong, seed=1)


def test_a_sheet_states_with_errors_or_the_usual_value_with_its_spread() -> None:
    sample = SAMPLES.solve("acme/a-01", TRUTH, seed=1)
    height, edge = sample.sheet["properties"]["height"], sample.sheet["properties"]["edge"]
    assert height.value != sample.device.height
    assert height.u == pytest.approx(0.01 * sample.device.height)
    assert (edge.value, edge.u) == (2.0, pytest.approx(0.2))
