"""A machine on which programs take turns: what it does to all, and to one alone."""

from __future__ import annotations

import numpy as np
import pytest

from sim_backends.models.software.busy_machine import JITTER, Bursts, BusyMachine

QUIET = Bursts(share=0.0)


def logs(machine: BusyMachine, programs: str) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Logarithms of the factors of `programs` that are asked 400 lines in turn, (lines, turns)."""
    return np.log([[machine.factor(p, str(line)) for p in programs] for line in range(400)])


def test_a_line_s_level_is_common_and_drifts_from_turn_to_turn() -> None:
    found = logs(BusyMachine(2, QUIET), "abc")
    assert np.abs(found.mean()) < 0.02
    assert found.std() == pytest.approx((0.1**2 + 0.04**2 + 0.03**2 * 2 / 3) ** 0.5, rel=0.1)
    ratio = found[:, 2] - found[:, 0]
    assert ratio.std() == pytest.approx((2 * 0.04**2 + 4 * 0.03**2) ** 0.5, rel=0.1)
    assert np.corrcoef(found[:, 0], found[:, 1])[0, 1] > 0.7


def test_a_burst_meets_a_program_alone_and_only_slows_it_down() -> None:
    extra = logs(BusyMachine(2), "abc") - logs(BusyMachine(2, QUIET), "abc")
    met = extra > 1e-9
    assert met.mean() == pytest.approx(0.08, abs=0.025)
    assert np.all(extra > -1e-9)
    assert np.exp(extra[met]).min() >= 1.3
    assert np.exp(extra[met]).max() <= 2.0
    assert np.abs(met.mean(axis=0) - met.mean()).max() < 0.04


def test_it_does_the_same_again_and_jitter_is_exponential() -> None:
    one, two = BusyMachine(4), BusyMachine(4)
    assert one.factor("a", "x") == two.factor("a", "x") != BusyMachine(5).factor("a", "x")
    waits = [one.jitter("a", "x", number) for number in range(2000)]
    assert np.mean(waits) == pytest.approx(JITTER, rel=0.1)
    assert min(waits) >= 0.0
