"""A direction, nominal and failing, as `labctl ci` runs it; floor: its dearest indicator alone.

Four directions at once take minutes: `python -m ci.soak.directions` times them.
"""

from __future__ import annotations

from pathlib import Path

from ci.soak.directions import served, times
from tests.benchmarks.figures import FIGURES, Figure

DIRECTION = "6.8"


def test_a_direction_nominal_and_failing(tmp_path: Path) -> None:
    taken = times(served([DIRECTION]), str(tmp_path))
    whole, dearest = sum(taken.values()), max(taken.values())
    name = f"{len(taken)} of {DIRECTION}, nominal and failing, by two"
    FIGURES.append(Figure(name, whole / 2, dearest, "s", 1))
    assert set(taken) == {one.id for one in served([DIRECTION])}
    assert 0.0 < dearest < whole
