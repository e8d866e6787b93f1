"""Which gas decides, and what its doses come to."""

from __future__ import annotations

import numpy as np
import pytest

from procedures.analysis.gas_response import lagged, on_grid
from procedures.methods.gas_sensing.following import SAMPLED, Followed
from procedures.methods.gas_sensing.response_time import reduced, slowest

TIME = np.arange(0.02, SAMPLED, 0.05)


def dose(share: np.ndarray, before: float, size: float) -> Followed:
    values = tuple((before + size * share).tolist())
    return Followed(before, before + size, 1e-4, tuple(TIME.tolist()), values, 0.03, 0.04)


def test_the_slowest_gas_is_the_one_with_the_longest_time() -> None:
    plumbing = dose(np.where(TIME > 0.5, 1.0 - np.exp(-(TIME - 0.5) / 0.4), 0.0), 0.1, 19.0)
    course = on_grid([plumbing.course], SAMPLED)
    found = dict[str, tuple[list[Followed], float]]()
    for gas, tau in (("CO", 0.4), ("H2", 1.2)):
        seen = np.interp(TIME, course.time, lagged(course.share, tau))
        found[gas] = [dose(seen, 2e-6, 1e-6)] * 3, 0.5e-6
    measured = reduced([plumbing] * 3, found)
    assert slowest(measured) == "H2"
    assert [one.tau for one in measured["H2"].answers] == pytest.approx([1.2] * 3, rel=0.01)
    assert measured["CO"].reading == 0.02
    assert measured["CO"].command == 0.015
