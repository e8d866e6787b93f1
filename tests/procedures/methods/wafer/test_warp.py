"""Warp over rounds: what is no evidence, and what the figure's draws hold."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from labctl.quantity import Quantity
from labctl.uncertainty import MonteCarlo
from procedures.analysis.wafer_shape import CHECK, FIT, over, size, warp
from procedures.methods.wafer.shape_maps import Mapped
from procedures.methods.wafer.warp import FAULTS, drawn, told, wrong

Pair = tuple[Mapped, Mapped]


def pairs(turned: bool = True, noise: float = 0.0, rough: float = 0.0) -> list[Pair]:
    rng, found = np.random.default_rng(1), list[Pair]()
    shape = np.zeros(size(CHECK))
    shape[3:10] = 1e-6 * np.array([1.5, 0.7, 1.2, 0.3, -0.2, 0.1, 0.4])
    for number in range(3):
        both = list[Mapped]()
        for way, true in (("laid", shape), ("turned", -over(shape) if turned else shape)):
            more = true + noise * rng.standard_normal(len(true)) + 1e-13 * number
            low = tuple(more[: size(FIT)].tolist())
            told = (f"{way}{number}", "", 22.4e-3, 6.5e-4, low, tuple(more.tolist()), 1e-7, rough)
            both.append(Mapped(*told))
        found.append((both[0], both[1]))
    return found


def test_good_maps_are_evidence_and_others_are_not() -> None:
    good = pairs()
    assert wrong(good) == ()
    assert wrong(pairs(turned=False, noise=1e-9)) == (FAULTS["turned"],)
    assert wrong(pairs(rough=5e-7)) == (FAULTS["rough"],)
    assert wrong([good[0], good[1], good[1]]) == (FAULTS["same"],)
    renamed = msgspec.structs.replace(good[1][0], sha256="other")
    assert wrong([good[0], good[1], (renamed, good[2][1])]) == (FAULTS["same"],)
    bad = msgspec.structs.replace(good[0][0], fault="few")
    assert wrong([(bad, good[0][1]), *good[1:]]) == (FAULTS["few"],)


def test_the_figure_holds_the_bench_and_the_rounds() -> None:
    still = drawn(MonteCarlo(4000, 1), pairs(), {})[1:]
    assert still.std() < 1e-10
    stated = {"gauge_linearity": Quantity(0.0, "dimensionless", 0.01)}
    scaled = drawn(MonteCarlo(4000, 1), pairs(), stated)
    true = warp(np.array(pairs()[0][0].terms))
    assert scaled[0, 0] == pytest.approx(true, rel=1e-6)
    assert scaled[1:].std() == pytest.approx(0.01 * true, rel=0.05)
    assert drawn(MonteCarlo(4000, 1), pairs(noise=2e-8), {})[1:].std() > 1e-8


def test_sentences_tell_rounds_and_weight() -> None:
    how, beside = told(pairs())
    assert how.values["count"] == "3" and how.values["radius"] == "22.4"
    assert beside.values["thick"] == "650.0" and float(beside.values["sag"]) < 1e-3
