"""Four directions, nominal and failing, as `labctl ci` runs them; floor: the longest run alone."""

from __future__ import annotations

import time
from pathlib import Path

from labctl.catalogue import load
from labctl.ci.coverage import YEAR, laboratory
from labctl.ci.trial import Job, Tried, carried
from labctl.discovery import procedure_for
from labctl.testing.measuring import Device, measured
from labctl.testing.standing import DUTS
from tests.benchmarks.figures import FIGURES, Figure

DIRECTIONS = ("1.1", "1.2", "5.2", "6.8")
WANTED = 90.0
"""Seconds on two cores."""


def test_four_directions_nominal_and_failing(tmp_path: Path) -> None:
    served = [one for one in load().select(*DIRECTIONS) if procedure_for(one) is not None]
    carried(Job((served[0],), "nominal", 1, str(tmp_path)))  # libraries are loaded once
    began = time.process_time()
    found: list[Tried] = []
    for dut in DUTS:
        for one in served:
            found += carried(Job((one,), dut, 1, str(tmp_path)))
    taken = time.process_time() - began
    longest = max(found, key=lambda one: one.seconds)
    began = time.process_time()
    [indicator] = [one for one in served if one.id == longest.id]
    measured([indicator], Device(longest.dut), tmp_path)
    alone = time.process_time() - began
    name = f"{len(served)} of four directions, nominal and failing"
    FIGURES.append(Figure(f"{name}, by two", taken / 2, alone, "s", 1, WANTED))
    years = laboratory(found)
    FIGURES.append(Figure("  laboratory (floor: processor)", years, taken / YEAR, "years", 1))
    assert len(found) == 2 * len(served)
    assert alone < taken
