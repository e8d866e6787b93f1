"""What a table of named exposures shows, and what it leaves open."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from labctl.uncertainty.rates import clopper_pearson
from procedures.analysis.identified import decided

N = 36


def right() -> NDArray[np.int64]:
    return np.diag([N] * 4)


def counted(counts: NDArray[np.int64]) -> tuple[int, int]:
    found = decided(counts, 0.9)
    return sum(one.sure for one in found), sum(one.possible for one in found)


def test_all_right_is_sure() -> None:
    assert counted(right()) == (3, 3)
    assert decided(right(), 0.9)[0].right == pytest.approx(clopper_pearson(N, N))
    assert counted(np.diag([N - 2] * 4)) == (0, 3)


def test_one_wrong_name_leaves_both_gases_open() -> None:
    counts = right()
    counts[2] = [0, 1, N - 1, 0]
    assert counted(counts) == (1, 3)


def test_two_gases_by_one_name_count_for_neither() -> None:
    counts = right()
    counts[2] = [0, N, 0, 0]
    assert counted(counts) == (1, 1)


def test_a_gas_that_is_taken_for_air_takes_no_other_with_it() -> None:
    counts = right()
    counts[3] = [N, 0, 0, 0]
    assert counted(counts) == (2, 2)


def test_who_sees_gas_in_clean_air_identifies_none() -> None:
    counts = right()
    counts[0] = [N // 2, N // 2, 0, 0]
    assert counted(counts) == (0, 0)
    counts[0] = [N - 1, 1, 0, 0]
    assert counted(counts) == (0, 3)
