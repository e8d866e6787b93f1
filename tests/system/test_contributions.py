"""Every contribution that a method needs: taken off the bench, the verdict is INCOMPLETE."""

from __future__ import annotations

from pathlib import Path

import pytest

import rigs
from labctl.agreement import Agreement, Waiver
from labctl.rejudging import reevaluate
from labctl.requests import RunOutcome
from labctl.verdict import Outcome
from tests.system.photovoltaic_bench import FEW, lasting, measured

BENCH = Path(rigs.__file__).parent / "benches" / "sim" / "photovoltaic.toml"
EVERY = ("spectral_mismatch", "spectral_drift", "non_uniformity", "temperature_offset")


def bench_without(folder: Path, *names: str) -> Path:
    """The simulated bench without the contributions `names`."""
    head, *lines = BENCH.read_text(encoding="utf-8").split("[[uncertainty]]")
    kept = [line for line in lines if not any(f'name = "{name}"' in line for name in names)]
    assert len(lines) == len(EVERY) == len(kept) + len(names)
    path = folder / "photovoltaic.toml"
    path.write_text("[[uncertainty]]".join([head, *kept]), encoding="utf-8")
    return path


def incomplete(outcome: RunOutcome) -> list[str]:
    """The contributions that a verdict asks for."""
    verdict = outcome.items[0].verdict
    assert verdict.outcome is Outcome.INCOMPLETE
    assert all(" is not stated: state it in the bench file" in why for why in verdict.reasons)
    return [why.split()[0] for why in verdict.reasons]


@pytest.mark.parametrize("name", ["spectral_mismatch", "non_uniformity", "temperature_offset"])
def test_each_of_them_is_asked_for(tmp_path: Path, name: str) -> None:
    bench = bench_without(tmp_path, name)
    assert incomplete(measured(tmp_path, "1.1-03", bench=bench, draws=FEW)) == [name]


def test_all_of_them_in_an_exposure_and_a_waiver(tmp_path: Path) -> None:
    bench = bench_without(tmp_path, *EVERY)
    outcome = measured(tmp_path, lasting("1.2-06", 2.0), bench=bench, draws=FEW)
    assert set(incomplete(outcome)) == set(EVERY)
    waived = tuple(Waiver(name, "Chen Li", "a test") for name in EVERY)
    (found,) = reevaluate(outcome.path, Agreement(waived=waived))
    assert found.now is not None and found.now.reevaluation
    assert found.now.outcome is not Outcome.INCOMPLETE and len(found.now.waived) == len(EVERY)
