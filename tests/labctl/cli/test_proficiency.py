"""What `labctl proficiency` prints, and how it ends."""

from __future__ import annotations

from collections.abc import Sequence
from math import nan

import pytest

from labctl.indicator import Indicator
from labctl.proficiency.code import Code
from labctl.proficiency.marks import Marks
from labctl.proficiency.proving import Proved, Tell
from labctl.proficiency.session import Session

from .conftest import Command

GOOD = Marks("1.1-03", 100, 4, 1.0345678, -0.123456, 100, 3, True, 50, 1)
BAD = Marks("1.1-03", 100, 20, 1.5, 0.1, 100, 3, False, 50, 1, ("20 misses, more than 13",))
PAPER = Marks("1.1-02", 100, 0, nan, nan, 0, 0, True)


@pytest.fixture
def proving(monkeypatch: pytest.MonkeyPatch) -> list[Marks]:
    """What every group comes to, one after the other; nothing is measured."""
    ready: list[Marks] = []

    def prove(self: Session, group: Sequence[Indicator], tell: Tell) -> Proved:
        tell(1, 2)
        tell(2, 2)
        one = ready.pop(0)
        self._pool((one,))
        return Proved("x", (one,), 7, Code("labctl.series"), before=() if one.ok else (one,))

    monkeypatch.setattr(Session, "prove", prove)
    return ready


def test_json_is_what_the_contract_says(labctl: Command, proving: list[Marks]) -> None:
    proving += [PAPER, GOOD]
    done = labctl("proficiency", "1.1-02", "1.1-03", "--json")
    assert done.code == 0
    assert done.document == [
        {
            "id": "1.1-02",
            "draws": 100,
            "misses": 0,
            "u_ratio": None,
            "bias": None,
            "edge": 0,
            "edge_pass": 0,
            "ok": True,
        },
        {
            "id": "1.1-03",
            "draws": 100,
            "misses": 4,
            "u_ratio": 1.035,
            "bias": -0.1235,
            "edge": 100,
            "edge_pass": 3,
            "ok": True,
        },
    ]


def test_a_table_with_the_pooled_coverage(labctl: Command, proving: list[Marks]) -> None:
    proving += [GOOD]
    done = labctl("proficiency", "1.1-03")
    assert "1.1-03  ok  100 draws, 4 misses, rms z 1.03, mean z -0.12" in done.out
    assert "96 of 100 true values lie in their 95 % intervals: 96.0 %" in done.out
    assert "1.1-03: 2 of 2 devices" in done.err


def test_one_that_is_rejected_ends_with_1_and_says_why(
    labctl: Command, proving: list[Marks]
) -> None:
    proving += [BAD]
    done = labctl("proficiency", "1.1-03")
    assert done.code == 1
    assert "REJECTED" in done.out
    assert "(repeated)" in done.out
    assert "20 misses, more than 13" in done.out


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("1.1-03", "--record", "--seed", "3"), "the seed of the record is that of the code"),
        (("10.12-05",), "no procedure among 10.12-05"),
    ],
)
def test_wrong_use_is_told(labctl: Command, arguments: tuple[str, ...], what: str) -> None:
    done = labctl("proficiency", *arguments)
    assert done.code == 3
    assert what in done.err
