"""Devices are solved for their figure and do not know it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from labctl.errors import UsageError
from labctl.quantity import Quantity
from sim_backends.worlds.photovoltaic import SAMPLES, build

# Nominal, failing and five more true values of each indicator; limit last.
TRUTHS: dict[str, tuple[str, list[float], float]] = {
    "1.1-03": ("power_conversion_efficiency", [21.4, 18.7, 16.0, 19.0, 20.0, 21.0, 23.0], 20.0),
    "1.1-04": ("relative_loss", [6.8, 13.5, 0.5, 4.0, 9.9, 20.0, 35.0], 10.0),
    "1.1-05": ("relative_loss", [7.2, 16.0, 0.5, 4.0, 9.9, 20.0, 35.0], 10.0),
    "1.1-12": ("areal_power", [168.0, 138.0, 100.0, 130.0, 150.0, 160.0, 185.0], 150.0),
    "1.2-06": ("relative_loss", [3.1, 8.2, 0.2, 1.5, 4.9, 7.0, 12.0], 5.0),
}
CASES = [(id_, key, value) for id_, (key, values, _) in TRUTHS.items() for value in values]


@pytest.mark.parametrize(("indicator", "key", "value"), CASES)
def test_true_figure_is_the_one_asked_for(indicator: str, key: str, value: float) -> None:
    sample = SAMPLES.solve(indicator, {key: value}, seed=11)
    assert SAMPLES.true_figures(indicator, sample.device)[key] == pytest.approx(value, rel=1e-9)


@pytest.mark.parametrize("indicator", TRUTHS)
def test_seed_draws_everything_else(indicator: str) -> None:
    key, (value, *_), _ = TRUTHS[indicator]
    one, same, other = (SAMPLES.solve(indicator, {key: value}, seed=seed) for seed in (1, 1, 2))
    assert one == same
    assert one.device != other.device
    assert one.sheet["id"] != other.sheet["id"]


def walk(thing: Any, seen: set[int]) -> Iterator[Any]:
    """Every value and every key reachable from `thing`."""
    if id(thing) in seen:
        return
    seen.add(id(thing))
    yield thing
    inside: list[Any] = []
    if isinstance(thing, dict):
        inside = [*thing.keys(), *thing.values()]
    elif isinstance(thing, list | tuple | set):
        inside = list(thing)
    elif type(thing).__module__.startswith(("sim_backends", "labctl")):
        names = [*vars(type(thing)).get("__slots__", ()), *getattr(thing, "__dict__", {})]
        inside = [name for name in names if hasattr(thing, name)]
        inside += [getattr(thing, name) for name in inside]
    for each in inside:
        yield from walk(each, seen)


# Nominal, failing, and values that no constant of a model has by chance.
ODD = {"1.1-03": 20.417, "1.1-04": 9.173, "1.1-05": 11.393, "1.1-12": 151.73, "1.2-06": 5.279}
HIDDEN = [
    (id_, key, value)
    for id_, (key, (nominal, failing, *_), _) in TRUTHS.items()
    for value in (nominal, failing, ODD[id_])
]


@pytest.mark.parametrize(("indicator", "key", "value"), HIDDEN)
def test_nothing_holds_the_criterion(indicator: str, key: str, value: float) -> None:
    sample = SAMPLES.solve(indicator, {key: value}, seed=4)
    world = build(sample.device, seed=4, t0=0.0)
    as_fraction = 1e-3 if key == "areal_power" else 1e-2
    secret = [f * x for x in (value, TRUTHS[indicator][2]) for f in (1.0, as_fraction)]
    found = list(walk((sample.device, world, sample.sheet), set()))
    assert len(found) > 100
    assert key not in [each for each in found if isinstance(each, str)]
    numbers = [each for each in found if isinstance(each, float)]
    assert not [each for each in numbers if any(abs(each / s - 1.0) < 1e-9 for s in secret)]


@pytest.mark.parametrize("indicator", TRUTHS)
def test_sheet_states_what_a_procedure_needs(indicator: str) -> None:
    key, (value, *_), _ = TRUTHS[indicator]
    sheet = SAMPLES.solve(indicator, {key: value}, seed=5).sheet
    assert sheet["id"].startswith("SIM-")
    for name in ("area", "series_resistance", "thickness", "curve_correction_factor"):
        assert sheet["properties"][name].u > 0.0
    assert all(isinstance(stated, Quantity) for stated in sheet["properties"].values())


def test_aspects_are_those_of_the_map() -> None:
    loss = {"relative_loss": 3.0}
    assert SAMPLES.solve("1.1-04", loss).sheet["aspects"] == {"exposure": "continuous illumination"}
    assert SAMPLES.solve("1.2-06", loss).sheet["aspects"]["cell_size"] == "full silicon wafer"


def test_stated_area_is_off_by_its_uncertainty() -> None:
    samples = [SAMPLES.solve("1.1-12", {"areal_power": 160.0}, seed=seed) for seed in range(100)]
    errors = [
        (s.sheet["properties"]["area"].value / (s.device.area * 1e4) - 1.0) / 0.004 for s in samples
    ]
    assert 0.7 < (sum(e * e for e in errors) / len(errors)) ** 0.5 < 1.3


@pytest.mark.parametrize(
    ("indicator", "truth"),
    [
        ("1.1-03", {"power_conversion_efficiency": 40.0}),
        ("1.1-04", {"relative_loss": -2.0}),
        ("1.1-05", {"relative_loss": 95.0}),
    ],
)
def test_impossible_figure_names_the_range(indicator: str, truth: dict[str, float]) -> None:
    with pytest.raises(UsageError, match=r"reaches .* to .*"):
        SAMPLES.solve(indicator, truth)


@pytest.mark.parametrize(
    "truth",
    [
        {},
        {"areal_power": 168.0},
        {"power_conversion_efficiency": True},
        {"power_conversion_efficiency": [20, 21]},
        {"power_conversion_efficiency": float("nan")},
        {"power_conversion_efficiency": 21.4, "areal_power": 168.0},
    ],
)
def test_wrong_truth_is_refused(truth: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match="power_conversion_efficiency in %"):
        SAMPLES.solve("1.1-03", truth)


def test_unknown_indicator_names_the_known() -> None:
    with pytest.raises(UsageError, match=r"1\.1-03"):
        SAMPLES.solve("9.9-99", {"power": 1.0})
    assert set(SAMPLES.known) == set(TRUTHS)


def test_the_hysteresis_of_a_string_is_that_of_its_cells() -> None:
    """Ten cells in series show the voltage scale of a cell ten times over."""
    cell = SAMPLES.solve("1.1-03", {"power_conversion_efficiency": 21.0}).device.hysteresis
    module = SAMPLES.solve("1.1-12", {"areal_power": 160.0}).device.hysteresis
    assert module.scale == pytest.approx(10 * cell.scale)
    assert (module.amplitude, module.tau) == (cell.amplitude, cell.tau)


@pytest.mark.parametrize("indicator", SAMPLES.known)
def test_reach_is_what_can_be_solved(indicator: str) -> None:
    [(key, (low, high))] = SAMPLES.reach(indicator, seed=3).items()
    for wanted in (low + 0.01 * (high - low), high - 0.01 * (high - low)):
        device = SAMPLES.solve(indicator, {key: wanted}, seed=3).device
        assert SAMPLES.true_figures(indicator, device)[key] == pytest.approx(wanted, rel=1e-6)
    with pytest.raises(UsageError):
        SAMPLES.solve(indicator, {key: high + 0.01 * (high - low)}, seed=3)


def test_nothing_is_known_of_what_cannot_be_solved() -> None:
    assert SAMPLES.reach("9.9-99", seed=3) == {}
