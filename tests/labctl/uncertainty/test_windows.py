"""Windows of long series: the same errors as of the readings themselves, in bounded memory."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labctl.errors import Defect
from labctl.evidence import Accuracy, Reading
from labctl.uncertainty import Circumstances, MonteCarlo
from labctl.uncertainty.windows import Reduced, samples, window_values

FINE = Accuracy("voltage", 2.0, "V", gain=1e-3, offset=1e-3, source="sheet", noise=0.01)
COARSE = msgspec.structs.replace(FINE, range=20.0, gain=5e-3, noise=0.05)


def series(n: int, seed: int = 1) -> list[Reading]:
    rng = np.random.default_rng(seed)
    time = np.cumsum(rng.uniform(0.5, 1.5, n))
    lines = (FINE, FINE, FINE, COARSE, None)
    return [
        Reading(float(np.sin(t) + 1.5), "V", float(t), float(t), "visa://x", "A", lines[i % 5])
        for i, t in enumerate(time)
    ]


def test_one_window_is_the_mean_of_its_readings() -> None:
    readings = series(60)
    reduced = window_values(samples(readings, 7), [0.0, 1e3])
    assert reduced.values[0] == pytest.approx(np.mean([r.value for r in readings]))
    whole, parted = MonteCarlo(20_000, seed=1), MonteCarlo(20_000, seed=1)
    there = whole.figure(whole.mean(readings), "V")
    here = parted.figure(parted.windows(reduced), "V")
    assert here.u == pytest.approx(there.u, rel=0.02)
    assert {*parted.sources} == {*whole.sources}


@settings(derandomize=True, max_examples=50, deadline=None)
@given(st.integers(2, 80), st.integers(1, 90))
def test_integrals_do_not_depend_on_the_chunks(n: int, size: int) -> None:
    readings = series(n)
    reduced = window_values(samples(readings, size), [0.0, 1e3], "integral")
    time, values = [r.t for r in readings], [r.value for r in readings]
    assert reduced.values[0] == pytest.approx(np.trapezoid(values, time))
    once = window_values(samples(readings), [0.0, 1e3], "integral")
    mine = (*reduced.parts, *reduced.scatter)
    for one, other in zip(mine, (*once.parts, *once.scatter), strict=True):
        np.testing.assert_allclose(one.limit, other.limit, rtol=1e-9)


def test_integral_of_windows_and_of_readings_agree() -> None:
    readings = series(50)
    mc = MonteCarlo(20_000, seed=2)
    reduced = window_values(samples(readings, 11), [0.0, 1e3], "integral")
    direct, windows = mc.figure(mc.integral(readings), "V*s"), mc.figure(mc.windows(reduced), "V*s")
    assert windows.value == pytest.approx(direct.value)
    assert windows.u == pytest.approx(direct.u, rel=0.03)


def test_common_errors_stay_common_to_all_windows() -> None:
    quiet = msgspec.structs.replace(FINE, noise=0.0, offset=0.0)
    readings = [Reading(1.0, "V", float(i), 0.0, "visa://x", "A", quiet) for i in range(100)]
    mc = MonteCarlo(500, seed=3)
    drawn = mc.windows(window_values(samples(readings), np.arange(0.0, 101.0, 20.0)))
    assert drawn.shape == (501, 5)
    assert np.ptp(drawn, axis=1).max() < 1e-12


def test_a_calibration_within_a_window_parts_its_error() -> None:
    readings = [Reading(1.0, "V", float(i), float(i), "visa://x", "A", FINE) for i in range(100)]
    circumstances = Circumstances(calibrated={"A": (49.5,)})
    reduced = window_values(samples(readings), [0.0, 100.0], circumstances=circumstances)
    assert [float(part.limit[0]) for part in reduced.parts] == pytest.approx([1e-3, 1e-3])


def test_empty_windows_are_refused() -> None:
    with pytest.raises(Defect, match="no reading in the window from 500 s"):
        window_values(samples(series(50)), [0.0, 500.0, 600.0])


MANY = """
import sys
import numpy as np
from labctl.evidence import Accuracy
from labctl.uncertainty import MonteCarlo
from labctl.uncertainty.windows import Samples, window_values

COUNT, CHUNK = int(sys.argv[1]), 65_536
LINE = Accuracy("voltage", 2.0, "V", gain=1e-3, offset=1e-3, source="sheet", noise=0.01)

def chunks():
    for first in range(0, COUNT, CHUNK):
        time = np.arange(first, min(first + CHUNK, COUNT), dtype=float)
        yield Samples(time, time, np.ones_like(time), "A", (LINE,), np.zeros(len(time), np.intp))

mc = MonteCarlo(10_000, seed=1)
reduced = window_values(chunks(), np.linspace(0.0, COUNT, 101))
figure = mc.figure(mc.windows(reduced).mean(axis=1), "V")
assert 0.9 < figure.u / (2e-3 / 3**0.5) < 1.1, figure
assert int(reduced.counts.sum()) == COUNT
"""

PEAK = """
with open("/proc/self/status", encoding="utf-8") as status:
    print(next(line.split()[1] for line in status if line.startswith("VmHWM")))
"""


def peak(count: int) -> float:
    """Peak resident memory in MiB of a process that reduces `count` readings."""
    done = subprocess.run(
        [sys.executable, "-c", MANY + PEAK, str(count)],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return int(done.stdout) / 1024


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is read from /proc")
def test_memory_does_not_grow_with_the_readings() -> None:
    """1 million readings; what they take beyond 0.1 million, ten times, leaves 500 MB untouched."""
    few, many = peak(100_000), peak(1_000_000)
    assert many + 10 * max(many - few, 0.0) < 500e6 / 2**20


def test_readings_are_taken_from_an_iterator_once() -> None:
    seen = 0

    def stream() -> Iterator[Reading]:
        nonlocal seen
        for each in series(30):
            seen += 1
            yield each

    reduced: Reduced = window_values(samples(stream(), 8), [0.0, 1e3])
    assert seen == 30
    assert reduced.counts[0] == 30
