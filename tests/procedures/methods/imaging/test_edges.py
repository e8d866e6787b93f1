"""Outlines of layers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from procedures.methods.imaging.dots import NoPlate
from procedures.methods.imaging.edges import area_of, flattened, outline, perimeter_of
from tests.procedures.methods.imaging.seen import SHEET, picture

SQUARE = np.array([[0.0, 0.0], [2.0, 0.0], [2.0, 1.0], [0.0, 1.0], [0.0, 0.0]])


def test_area_and_perimeter_of_a_rectangle() -> None:
    assert abs(area_of(SQUARE)) == 2.0
    assert perimeter_of(SQUARE, every=1) == 6.0


def test_levels_are_those_of_the_sheet() -> None:
    levels = flattened(picture())
    assert levels.layer == pytest.approx(SHEET.layer, abs=0.01)
    assert levels.carrier == pytest.approx(SHEET.carrier, abs=0.01)
    assert flattened(picture(replace(SHEET, margin=0.0))).carrier == 1.0


def test_scribe_lines_do_not_cut_an_outline() -> None:
    whole, cut = (
        abs(area_of(outline(flattened(picture(replace(SHEET, lines=lines, line=0.25e-3))))))
        for lines in (0, 45)
    )
    assert cut == pytest.approx(whole, rel=5e-5)


def test_the_carrier_lies_outside_the_layer() -> None:
    levels = flattened(picture())
    assert abs(area_of(outline(levels, of_carrier=True))) > abs(area_of(outline(levels)))


def test_a_picture_of_nothing_is_refused() -> None:
    with pytest.raises(NoPlate):
        flattened(np.full((200, 300), 900.0))
