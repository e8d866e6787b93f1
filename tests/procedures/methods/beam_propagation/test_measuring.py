from __future__ import annotations

import numpy as np
import pytest

from labctl.errors import InstrumentError
from procedures.analysis.caustic import planes
from procedures.methods.beam_propagation.measuring import axes, chosen
from tests.procedures.methods.beam_propagation.caustics import length, plane, search, seen

SEARCH = [-2.0, -1.0, 0.1, 1.0, 2.0]


def test_chosen_planes_are_five_inside_and_six_outside_of_each_axis() -> None:
    places = np.array(chosen(search(SEARCH), -0.049, 0.049))
    assert len(places) == 11 and (np.diff(places) > 0.0).all()
    for one in axes(seen([place / length(1.25) for place in places])):
        assert planes(one, places) == (5, 6)


def test_a_stage_that_is_too_short_is_told() -> None:
    reach = 2.0 * length(1.25)
    with pytest.raises(InstrumentError, match="too short"):
        chosen(search(SEARCH), -reach, reach)


def test_a_search_without_a_waist_is_told() -> None:
    flat = search([0.0] * 5)
    with pytest.raises(InstrumentError, match="shows no beam"):
        chosen(flat, -0.049, 0.049)
    assert plane(0.0).moments.xx > 0.0
