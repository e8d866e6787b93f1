from __future__ import annotations

import itertools

import pytest

from labctl.judging.outcome import CHINESE, WORST_FIRST, Outcome, best, exit_code, worst


def test_the_worst_stands() -> None:
    assert (
        tuple(
            map(
                Outcome,
                ("INVALID", "FAIL", "INCOMPLETE", "CONDITIONAL FAIL", "CONDITIONAL PASS", "PASS"),
            )
        )
        == WORST_FIRST
    )
    for worse, better in itertools.combinations(WORST_FIRST, 2):
        assert worst([better, worse, better]) is worse
        assert best([worse, better, worse]) is better


def test_nothing_to_decide_from_is_incomplete() -> None:
    assert worst([]) is Outcome.INCOMPLETE
    assert best([]) is Outcome.INCOMPLETE


def test_the_chinese_wording_is_fixed() -> None:
    assert [outcome.zh for outcome in Outcome] == [
        "合格",
        "有条件合格",
        "有条件不合格",
        "不合格",
        "无效",
        "未完成",
    ]
    assert set(CHINESE) == set(Outcome)


@pytest.mark.parametrize(
    ("outcomes", "code"),
    [
        (["PASS", "PASS"], 0),
        (["PASS", "FAIL", "INVALID"], 1),
        (["PASS", "CONDITIONAL PASS"], 2),
        (["CONDITIONAL FAIL"], 2),
        (["INVALID"], 2),
        (["PASS", "INCOMPLETE"], 2),
        ([], 2),
    ],
)
def test_exit_codes(outcomes: list[str], code: int) -> None:
    assert exit_code(map(Outcome, outcomes)) == code
