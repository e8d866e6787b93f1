"""What the long comparison measures, and when it is good."""

from __future__ import annotations

from pathlib import Path

import pytest

from ci.soak.comparison import Comparison, Line, Summary
from ci.soak.devices import TRUE_VALUES
from ci.soak.slopes import jobs, read, slope, within, write

STRAIGHT = Line(1.0, 0.01, 0.0, 0.1)


def test_every_device_has_a_seed_of_its_own_and_every_true_value_its_share() -> None:
    work = list(jobs(["1.1-03", "1.1-05"], 10, 100))
    assert [seed for _, _, seed in work] == 2 * list(range(100, 110))
    assert sorted(true for item, true, _ in work if item == "1.1-05") == sorted(
        2 * TRUE_VALUES["1.1-05"]
    )


@pytest.mark.parametrize(
    ("line", "total", "good"),
    [
        (STRAIGHT, Summary(50, 1.0, 0.0, 3), True),
        (STRAIGHT, Summary(49, 1.0, 0.0, 3), None),
        (Line(1.04, 0.01, 0.0, 0.1), Summary(50, 1.0, 0.0, 3), False),
        (Line(1.0, 0.01, 0.4, 0.1), Summary(50, 1.0, 0.0, 3), False),
        (STRAIGHT, Summary(50, 1.4, 0.0, 3), False),
        (STRAIGHT, Summary(50, 0.6, 0.0, 3), False),
        (STRAIGHT, Summary(50, 1.0, -0.5, 3), False),
        (STRAIGHT, Summary(50, 1.0, 0.0, 9), False),
    ],
)
def test_the_bands_are_those_of_a_proficiency_test(
    line: Line, total: Summary, good: bool | None
) -> None:
    assert within(line, total) is good


def test_a_new_result_takes_the_place_of_the_old_one_of_its_item(tmp_path: Path) -> None:
    path = tmp_path / "slopes.json"
    points = [Comparison(7 + x, float(x), x + 0.1, 1.0, x - 2.0, x + 2.0, "PASS") for x in (0, 1)]
    write(path, [slope("1.1-05", points), slope("1.1-03", points)])
    write(path, [slope("1.1-03", points[:1] * 2 + points)])
    assert [(row.item, row.seed, row.summary.count) for row in read(path)] == [
        ("1.1-03", 7, 4),
        ("1.1-05", 7, 2),
    ]
