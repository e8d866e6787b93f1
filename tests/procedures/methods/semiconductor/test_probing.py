from __future__ import annotations

import msgspec
import pytest

from labctl.errors import UsageError
from labctl.evidence import Reading
from labctl.quantity import Quantity
from labctl.sample import Sample
from labctl.uncertainty import MonteCarlo
from procedures.methods.semiconductor.probing import kelvins, place_of

SHEET = {
    "die_column": Quantity(2.0, "dimensionless"),
    "die_row": Quantity(-1.0, "dimensionless"),
    "structure_x": Quantity(100.0, "um"),
    "structure_y": Quantity(-50.0, "um"),
    "structure_pitch": Quantity(0.3, "mm"),
    "test_temperature": Quantity(25.0, "degC"),
}
CHIP = Sample("S1", kind="chip", properties=SHEET, aspects={"prober_project": "map"})


def test_the_sheet_says_where_structures_stand() -> None:
    place = place_of(CHIP)
    assert (place.project, place.column, place.row) == ("map", 2, -1)
    assert (place.x, place.y, place.pitch) == pytest.approx((1e-4, -5e-5, 3e-4))


def test_without_a_wafer_map_nothing_is_probed() -> None:
    with pytest.raises(UsageError, match="no wafer map"):
        place_of(msgspec.structs.replace(CHIP, aspects={}))


def test_the_wafer_is_away_from_the_set_point_by_what_is_not_known() -> None:
    chuck = [Reading(x, "degC", 0.0, 0.0, "a", "1") for x in (24.95, 25.05)]
    stated = {"wafer_temperature": Quantity(0.0, "K", 0.3)}
    found = kelvins(MonteCarlo(4000, 1), chuck, 25.0, stated)
    assert found[0, 0] == 0.0
    assert found[1:].std() == pytest.approx(0.304, rel=0.05)
