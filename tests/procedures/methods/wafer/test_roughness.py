"""Roughness over places: what is no evidence, and what the figure's draws hold."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from labctl.quantity import Quantity
from labctl.uncertainty import MonteCarlo
from procedures.methods.wafer.places import Place, Step
from procedures.methods.wafer.roughness import FAULTS, over_places, told, wrong

STEP = Step((44.2e-9, 43.8e-9, 44.1e-9, 43.9e-9), "step")


def place(number: int, sq: float = 0.15e-9) -> Place:
    hashes = (f"{number}a", f"{number}b")
    return Place(hashes, "", 5e-6, 2e-8, 8e-9, sq**2, 0.96, 4e-11, sq, 0.8 * sq, 1e-5, -0.3)


PLACES = [place(n, sq) for n, sq in enumerate((0.14e-9, 0.16e-9, 0.15e-9, 0.155e-9, 0.145e-9))]


def test_good_places_are_evidence_and_spoilt_ones_are_not() -> None:
    assert wrong(PLACES) == ()
    for fault in ("missing", "dropped", "repeated", "saturated", "same", "processed", "small"):
        spoilt = [*PLACES[1:], msgspec.structs.replace(PLACES[0], fault=fault)]
        assert wrong(spoilt) == (FAULTS[fault],)


def test_places_apart_and_a_picture_that_is_used_twice_are_no_evidence() -> None:
    apart = msgspec.structs.replace(PLACES[0], correlation=0.5)
    assert wrong([apart, *PLACES[1:]]) == (FAULTS["apart"],)
    unknown = msgspec.structs.replace(PLACES[0], correlation=float("nan"))
    assert wrong([unknown, *PLACES[1:]]) == (FAULTS["apart"],)
    again = msgspec.structs.replace(PLACES[1], sha256=PLACES[0].sha256)
    assert wrong([PLACES[0], again]) == (FAULTS["same"],)


def test_the_figure_is_the_root_of_the_mean_square_by_the_standard() -> None:
    mc = MonteCarlo(4000, 1)
    drawn = over_places(mc, 22e-9, STEP, PLACES, {})
    mean = np.sqrt(np.mean([each.square for each in PLACES]))
    assert drawn[0, 0] == pytest.approx(0.5 * mean)
    assert drawn.shape == (4001, 1)


def test_contributions_of_the_bench_widen_it() -> None:
    alike = [place(n) for n in range(5)]
    stated = {
        "step_height": Quantity(0.0, "m", 0.44e-9),
        "z_linearity": Quantity(0.0, "dimensionless", 0.02),
        "lateral_scale": Quantity(0.0, "dimensionless", 0.1),
    }
    flat = Step((44e-9,) * 4, "step")
    drawn = over_places(MonteCarlo(8000, 1), 44e-9, flat, alike, stated)[1:]
    expected = np.sqrt(0.01**2 + 0.02**2 + (0.5 * 0.3 * 0.1) ** 2)
    assert drawn.std() / 0.15e-9 == pytest.approx(expected, rel=0.04)


def test_sentences_tell_scale_and_scatter() -> None:
    how, beside = told(44e-9, STEP, PLACES)
    assert how.values["count"] == "5" and how.values["large"] == "2"
    assert beside.values["low"] == "0.140" and beside.values["high"] == "0.160"
    assert beside.values["scale"] == "1.0000"
