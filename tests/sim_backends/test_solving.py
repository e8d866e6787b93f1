from __future__ import annotations

import sys
from types import ModuleType

import pytest

from labctl.errors import UsageError
from sim_backends.solving import Solved, reach, solve


def test_our_own_worlds_solve_their_samples() -> None:
    found = solve("photovoltaic", "1.1-03", {"power_conversion_efficiency": 21.0}, seed=3)
    assert found.sheet["id"] and found.device is not None


@pytest.mark.parametrize("world", ["photovoltaic", ""])
def test_an_unknown_indicator_is_told(world: str) -> None:
    with pytest.raises(UsageError, match=r"no simulated device for 9\.9-99"):
        solve(world, "9.9-99", {}, seed=1)


def test_another_labs_world_solves_for_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    def own(indicator_id: str, truth: dict[str, float], *, seed: int) -> Solved:
        return Solved((indicator_id, truth["x"], seed), {"id": "S"})

    def bounds(indicator_id: str, *, seed: int) -> dict[str, tuple[float, float]]:
        return {"x": (float(seed), 10.0)}

    world = ModuleType("acme.sim_backends.worlds.bath")
    world.solve = own  # type: ignore[attr-defined]
    for name in ("acme", "acme.sim_backends", "acme.sim_backends.worlds"):
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    monkeypatch.setitem(sys.modules, world.__name__, world)
    found = solve(world.__name__, "acme/x-01", {"x": 2.0}, seed=5)
    assert (found.device, found.sheet) == (("acme/x-01", 2.0, 5), {"id": "S"})
    assert reach(world.__name__, "acme/x-01", seed=5) == {}, "it does not tell"
    world.reach = bounds  # type: ignore[attr-defined]
    assert reach(world.__name__, "acme/x-01", seed=5) == {"x": (5.0, 10.0)}


def test_what_our_recipes_can_reach() -> None:
    low, high = reach("photovoltaic", "1.1-03", seed=3)["power_conversion_efficiency"]
    assert low < 18.0 < 22.0 < high
    assert reach("photovoltaic", "9.9-99", seed=3) == {}
