"""Capacity and efficiency from the logs of two cyclers, in both encodings."""

from __future__ import annotations

import csv
import io
import tomllib

import pytest

from tests.sim_backends.emulators.files.written import content, make, truth


def charges(name: str, rows: list[list[str]]) -> dict[str, float]:
    """Charge in C of each step by its number."""
    found: dict[str, float] = {}
    if name == "neware_csv":
        assert rows[0][0] and not rows[1][0] and rows[1][1]
        return {row[1]: 3.6 * float(row[4]) for row in rows[3:] if not row[0] and row[1]}
    charge = rows[0].index("容量/mAh")
    for row in rows[1:]:
        found[row[2]] = 3.6 * float(row[charge])
    return found


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("neware_csv", "gbk"),
        ("neware_csv", "utf-8"),
        ("land_csv", "gbk"),
        ("land_csv", "utf-8-sig"),
    ],
)
def test_a_log(name: str, encoding: str, seed: int) -> None:
    text = content(make(name, seed, encoding=encoding)).decode(encoding)
    steps = charges(name, list(csv.reader(io.StringIO(text))))
    known = truth(name)
    assert len(steps) == 12 and steps["1"] == 0.0
    assert steps["4"] == pytest.approx(known["discharge_capacity"], rel=0.003)
    # The current's offset of at most 5 uA counts for the charge and against the discharge.
    ratio = 1.0 + 2.0 * 5e-6 / 2e-3
    efficiency = steps["4"] / steps["2"]
    assert known["coulombic_efficiency"] / ratio < efficiency
    assert efficiency < known["coulombic_efficiency"] * ratio


def test_the_notes_tell_how_many_points_there_are() -> None:
    cycler = make("land_csv")
    rows = content(cycler).decode("utf-8-sig").splitlines()
    assert tomllib.loads(cycler.notes)["points"] == len(rows) - 1
