"""A wafer's defects, record by record."""

from __future__ import annotations

import numpy as np
import pytest

from tests.sim_backends.emulators.files.written import SEEDS, SERIAL, first, truth


def records(text: str) -> dict[str, list[str]]:
    """Words of each record of a KLARF file."""
    parts = [part.split() for part in text.split(";") if part.split()]
    return {part[0]: part[1:] for part in parts}


@pytest.mark.parametrize("seed", SEEDS)
def test_defects(seed: int) -> None:
    found = records(first("klarf", seed).decode("ascii"))
    assert found["FileVersion"] == ["1", "2"] and "EndOfFile" in found
    assert found["InspectionStationID"][2].strip('"') == SERIAL
    names = found["DefectRecordSpec"][1:]
    assert len(names) == int(found["DefectRecordSpec"][0])
    values = np.array(found["DefectList"], dtype=float).reshape(-1, len(names))
    rows = [dict(zip(names, row, strict=True)) for row in values]
    assert len(rows) == truth("klarf")["defects"]
    pitch = [float(word) for word in found["DiePitch"]]
    centre = [float(word) for word in found["SampleCenterLocation"]]
    first_x = rows[0]["XINDEX"] * pitch[0] + rows[0]["XREL"] - centre[0]
    first_y = rows[0]["YINDEX"] * pitch[1] + rows[0]["YREL"] - centre[1]
    assert (first_x, first_y) == pytest.approx((12300.0, 45600.0), abs=6.0)
    assert rows[0]["DSIZE"] == pytest.approx(2.4, rel=0.11)
    assert all(0 <= row["XREL"] < pitch[0] and 0 <= row["YREL"] < pitch[1] for row in rows)
