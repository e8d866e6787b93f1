"""Width over places: what is no evidence, and what the figure's draws hold."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from labctl.quantity import Quantity
from labctl.uncertainty import MonteCarlo
from procedures.methods.wafer.curves import Curve, beam_width
from procedures.methods.wafer.rocking import FAULTS, mean_width, shape_error, told, wrong

A = float(np.radians(1.0 / 3600.0))
REFERENCE = Curve("ref", "", 0.0, 1.2, 1.54e-10, 13.0 * A, 13.0 * A, 0.6, 0.0, 1.0, 0.0)
BEAM = float(np.sqrt(13.0**2 - 4.0**2))


def curve(number: int, width: float) -> Curve:
    half = np.hypot(width, BEAM) * A
    return Curve(
        f"{number}", "", 0.01 * number, 1.06, 1.54e-10, width * A, half, 0.53 + 1e-5 * number,
        0.3, 1.0, 0.1 * A, -BEAM / width, -0.5 * A,
    )  # fmt: skip


SEEN = [curve(n, width) for n, width in enumerate((70.0, 72.0, 74.0, 71.0, 73.0))]


def test_the_instrument_is_the_reference_less_its_own_width() -> None:
    assert beam_width(REFERENCE, 4.0 * A) == pytest.approx(BEAM * A)
    assert beam_width(REFERENCE, 14.0 * A) == 0.0


def test_good_curves_are_evidence_and_others_are_not() -> None:
    assert wrong(REFERENCE, 4.0 * A, SEEN) == ()
    bad = msgspec.structs.replace(SEEN[0], fault="saturated")
    assert wrong(REFERENCE, 4.0 * A, [bad, *SEEN[1:]]) == (FAULTS["saturated"],)
    assert wrong(REFERENCE, 4.0 * A, [SEEN[0], *SEEN]) == (FAULTS["same"],)
    assert wrong(REFERENCE, 14.0 * A, SEEN) == (FAULTS["beam"],)


def test_the_figure_is_the_mean_and_holds_what_the_bench_states() -> None:
    even = [msgspec.structs.replace(curve(n, 72.0), place=0.01 * n) for n in range(5)]
    stated = {
        "reference_width": Quantity(0.0, "rad", 3.0 * A),
        "dead_time": Quantity(0.0, "s", 4e-7),
        "omega_scale": Quantity(0.0, "dimensionless", 0.01),
    }
    drawn = mean_width(MonteCarlo(8000, 1), 4.0 * A, 4e-7, REFERENCE, even, stated) / A
    assert drawn[0, 0] == pytest.approx(72.0)
    own = BEAM / 72.0 * 4.0 * 3.0 / BEAM
    expected = np.sqrt(own**2 + 0.5**2 + 0.72**2)
    assert drawn[1:].std() == pytest.approx(expected, rel=0.05)


def test_fit_and_half_maximum_agree_where_the_shape_is_right() -> None:
    assert abs(shape_error(BEAM * A, SEEN)) < 0.02 * A
    wide = [msgspec.structs.replace(each, half=each.half + A) for each in SEEN]
    assert shape_error(BEAM * A, wide) == pytest.approx(A, abs=0.02 * A)


def test_sentences_tell_the_bend_and_the_reflection() -> None:
    how, beside = told(4.0 * A, REFERENCE, SEEN)
    assert how.values["count"] == "5" and beside.values["low"] == "70.00"
    assert float(beside.values["bend"]) == pytest.approx(1e-6 / A, abs=0.01)
    assert float(beside.values["spacing"]) == pytest.approx(0.077 / np.sin(0.53), rel=1e-3)
