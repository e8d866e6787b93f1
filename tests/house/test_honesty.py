"""Nothing on a simulated bench, and nothing that a procedure holds, knows which device it is.

The benches are built as the engine builds them, with true values and limits that no other number
would hit by accident, and every live object is looked at.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from labctl import agreement, catalogue, clock
from labctl.discovery import Bound, import_procedures, procedure_for
from labctl.engine import RunOutcome, RunRequest, execute
from labctl.evidence import Accuracy, Evidence
from labctl.indicator import Indicator, Truth
from labctl.labs import SampleRequest, load_labs
from labctl.procedure import Procedure, registered
from labctl.run import Run
from labctl.truth import sample_request
from tests.house.honesty import Secret, leaks, odd_limits, odd_truth, secret_of
from tests.house.objects import walk

MEASURED = tuple(
    one.id for one in catalogue.load() if one.evidence != "document" and procedure_for(one)
)
"""Every measured indicator that has a procedure."""

every_measured = pytest.mark.parametrize("id", MEASURED)


def _indicator(id: str) -> Indicator:
    return catalogue.load().get(id)


def _bound(id: str) -> Bound:
    lab = load_labs()[0]
    import_procedures(lab)
    return Bound(registered()[id], lab)


def _request(id: str, truth: dict[str, Truth]) -> SampleRequest:
    nominal = sample_request(_indicator(id), "nominal")
    return SampleRequest(id, truth, "file", nominal.aspects, nominal.set_points)


def _on_bench(id: str, truth: dict[str, Truth], look: Callable[[Any], list[str]]) -> list[str]:
    """What `look` makes of the bench that the engine would open for the item."""
    bound = _bound(id)

    async def opened() -> list[str]:
        bench = await bound.lab.open_bench(
            None, rig=bound.procedure.rig, sample=_request(id, truth), seed=3
        )
        try:
            return look(bench)
        finally:
            await bench.close()

    return clock.run(opened(), virtual=True)


def _probed(
    indicator: Indicator, truth: dict[str, Truth], runs: Path
) -> tuple[RunOutcome, list[str]]:
    """Run an item whose procedure looks for its secret in all that it is given."""
    bound, found = _bound(indicator.id), list[str]()
    secret = Secret(secret_of(indicator, truth, limits=True).numbers)

    async def probe(run: Run, rig: Any) -> Evidence:
        found.extend(leaks(secret, [("run", run), ("rig", rig)]))
        return run.evidence({}, how="looked only")

    file = runs / "truth.toml"
    file.write_text(
        "".join(f"{key} = {json.dumps(value)}\n" for key, value in truth.items()), encoding="utf-8"
    )
    request = RunRequest((indicator.id,), (indicator,), agreement.default(), runs, dut=str(file))
    spec = Procedure(probe, (indicator.id,), bound.procedure.rig)
    return execute(request, lambda _: Bound(spec, bound.lab)), found


@every_measured
def test_a_bench_holds_no_true_value_and_no_key(id: str) -> None:
    truth = odd_truth(_indicator(id))
    secret = secret_of(_indicator(id), truth, limits=False)
    found = _on_bench(id, truth, lambda bench: list(leaks(secret, [("bench", bench)])))
    assert not found, "\n" + "\n".join(found)


@every_measured
def test_the_walk_reaches_the_models_and_the_instruments(id: str) -> None:
    """What was looked at above is the whole bench: drivers, emulators, world and device."""

    def modules(bench: Any) -> list[str]:
        return [type(held.value).__module__ for held in walk(bench, "bench")]

    seen = set(_on_bench(id, odd_truth(_indicator(id)), modules))
    for package in ("drivers.", "sim_backends.emulators.", "sim_backends.models."):
        assert any(module.startswith(package) for module in seen), package


def test_something_is_looked_at_in_each_direction() -> None:
    assert {"1.1", "1.2", "5.2", "6.8"} <= {id.partition("-")[0] for id in MEASURED}


@every_measured
def test_a_procedure_is_given_no_limit_and_no_true_value(id: str, tmp_path: Path) -> None:
    indicator = _indicator(id)
    outcome, found = _probed(odd_limits(indicator), odd_truth(indicator), tmp_path)
    assert outcome.items[0].error is None or "looked" in str(outcome.items[0].error)
    assert not found, "\n" + "\n".join(found)


def test_a_planted_true_value_is_found() -> None:
    indicator = _indicator("1.1-03")
    truth = odd_truth(indicator)
    secret = secret_of(indicator, truth, limits=True)
    efficiency = truth["power_conversion_efficiency"]
    assert isinstance(efficiency, float)
    planted = {
        "value": efficiency,
        "fraction": efficiency / 100,
        "limit": indicator.criteria[0].number,
        "criterion": indicator.criteria[0],
        "text": "power_conversion_efficiency",
        "request": _request("1.1-03", truth),
    }
    for name, thing in planted.items():
        hidden = SimpleNamespace(emulator=[SimpleNamespace(port={"device": thing})])
        assert list(leaks(secret, [("bench", hidden)])), name


def test_a_limit_of_nothing_is_searched_for_too() -> None:
    made_up = odd_limits(_indicator("2.4-19"))
    secret = secret_of(made_up, odd_truth(made_up), limits=True)
    assert {row.number for row in made_up.criteria} == set(secret.numbers.values())
    assert list(leaks(secret, [("run", made_up.criteria[0].value)]))
    assert not list(leaks(secret, [("run", 0.0)]))


def test_a_key_that_is_a_word_is_found_but_where_it_is_the_word() -> None:
    secret = Secret({}, frozenset({"power"}))
    line = Accuracy("power", 1.0, "W", 0.0, 0.0, "sheet")
    assert not list(leaks(secret, [("bench", [line])]))
    assert list(leaks(secret, [("bench", SimpleNamespace(power=1.0))]))
    assert list(leaks(secret, [("bench", {"power": 1.0})]))


def test_a_value_planted_on_a_real_bench_is_found() -> None:
    truth = odd_truth(_indicator("1.1-03"))
    secret = secret_of(_indicator("1.1-03"), truth, limits=False)
    efficiency = truth["power_conversion_efficiency"]
    assert isinstance(efficiency, float)

    def look(bench: Any) -> list[str]:
        driver = bench.rig.source_meter
        driver.memo = efficiency / 100
        return list(leaks(secret, [("bench", bench)]))

    assert _on_bench("1.1-03", truth, look)
