"""Where the soak kills runs, and how it goes on with its own results."""

from __future__ import annotations

from pathlib import Path

import pytest

from ci.soak.kills import ONCE, PLENTY, kills, known
from tests.system.dying import PLACES

PASSED = {place: 40 for place in PLACES} | {PLENTY: 20_000, "arrange": 3, "resume": 0}


@pytest.mark.parametrize("items", [("1.1-04",), ("1.1-04", "1.2-06")])
def test_every_place_of_every_procedure_is_killed_at_and_none_twice(items: tuple[str, ...]) -> None:
    found = list(kills(400, 7, 30.0, dict.fromkeys(items, PASSED)))
    assert len(found) == len(set(found)) == len({str(one) for one in found}) == 400
    assert {(one.item, one.stratum) for one in found} == {(i, p) for i in items for p in PLACES}
    assert all(bool(one.first) == (one.stratum in ONCE) for one in found)
    assert all(1 <= one.passage <= PASSED[one.stratum] or one.first for one in found)
    assert {one.outage for one in found} == {1800.0}
    assert found == list(kills(400, 7, 30.0, dict.fromkeys(items, PASSED)))


def test_only_lines_under_the_same_title_are_gone_on_with(tmp_path: Path) -> None:
    path = tmp_path / "kills.txt"
    assert known(path, "kills over 10 h") == []
    path.write_text("kills over 10 h\n1.1-04, batch 3: the same | 1 s\n", encoding="utf-8")
    assert known(path, "kills over 10 h") == ["1.1-04, batch 3: the same | 1 s"]
    assert known(path, "kills over 20 h") == []
