"""A blind device of an I-V procedure, beside a plain run that keeps snapshots and budgets."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

from labctl.catalogue import load
from labctl.proficiency.trial import DRAWS, Trial, tried
from tests.benchmarks.figures import FIGURES, Figure
from tests.system.photovoltaic_bench import measured

ITEM, KEY = "1.1-03", "power_conversion_efficiency"
RUNS = 3
DEVICES = 100


def test_a_blind_device_of_an_iv_procedure(tmp_path: Path) -> None:
    blind: list[float] = []
    plain: list[float] = []
    for seed in range(1, RUNS + 1):
        began = time.process_time()
        assert tried(load().get(ITEM), Trial(seed, KEY, 20.0)).error == ""
        blind.append(time.process_time() - began)
        began = time.process_time()
        measured(tmp_path, ITEM, seed=seed, draws=DRAWS)
        plain.append(time.process_time() - began)
    one, whole = statistics.median(blind), statistics.median(plain)
    FIGURES.append(Figure("blind device of 1.1-03 (floor: a plain run)", one, whole, "s", RUNS))
    both = DEVICES * one / 2, DEVICES * whole / 2
    FIGURES.append(Figure("  100 of them on two cores", *both, "s", RUNS, 30.0))
    assert one < whole
