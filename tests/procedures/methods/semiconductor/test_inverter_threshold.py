from __future__ import annotations

import numpy as np
import pytest

from labctl.evidence import Accuracy, Reading
from labctl.uncertainty import MonteCarlo
from procedures.methods.semiconductor.inverter_threshold import (
    Curve,
    bracket,
    crossed,
    joined,
    slope_of,
)

IN = Accuracy("voltage", 2.0, "V", 0.00012, 300e-6, "a sheet, page 1")
OUT = Accuracy("voltage", 10.0, "V", 25e-6, 50e-6, "a sheet, page 2")


def curve(inputs: list[float], outputs: list[float]) -> Curve:
    return Curve(
        tuple(Reading(x, "V", 0.0, 0.0, "a", "1", IN) for x in inputs),
        tuple(Reading(y, "V", 0.0, 0.0, "b", "2", OUT) for y in outputs),
    )


def test_one_crossing_is_found_and_none_or_two_are_none() -> None:
    levels = [0.0, 1.0, 2.0, 3.0]
    assert bracket(curve(levels, [5.0, 4.0, 0.2, 0.1])) == (1.0, 2.0)
    assert bracket(curve(levels, [5.0, 5.0, 5.0, 5.0])) is None
    assert bracket(curve(levels, [0.0, 0.0, 0.0, 0.0])) is None
    assert bracket(curve(levels, [5.0, 0.5, 4.0, 0.1])) is None


def test_the_chord_crosses_where_output_and_input_are_equal() -> None:
    near = curve([1.399, 1.401], [1.5, 1.3])
    assert slope_of(near) == pytest.approx(-101.0)
    found = crossed(MonteCarlo(4000, 1), near)
    assert found[0, 0] == pytest.approx(1.4)
    # The meter at the output hardly counts: its error is divided by the gain.
    assert found[1:].std() == pytest.approx((0.00012 * 1.4 + 300e-6) / 3**0.5, rel=0.05)


def test_parts_are_joined_in_their_order() -> None:
    both = joined([curve([1.0], [3.0]), curve([2.0], [1.0])])
    assert np.allclose(both.difference, [2.0, -1.0])
