from __future__ import annotations

from labctl.i18n import using
from labctl.judging.outcome import Outcome
from labctl.judging.record import ConditionVerdict
from labctl.report.conditions import condition_view, rounded

TEMPERATURE = ConditionVerdict(
    name="temperature",
    state="held",
    outcome=Outcome.PASS,
    required="25 degC",
    unit="degC",
    op="==",
    limit=25.0,
    tolerance=2.0,
    value=25.123,
    u=0.21,
    low=24.6,
    high=25.7,
    share=0.9987,
)
EXPOSURE = ConditionVerdict(
    name="exposure",
    state="not observed",
    outcome=Outcome.INVALID,
    required="continuous illumination",
    reason="exposure: not observed",
)


def test_a_number_is_told_with_its_uncertainty() -> None:
    view = condition_view(TEMPERATURE)
    assert view.required == "(25 ± 2) °C"
    assert view.observed == "(25.12 ± 0.41) °C"
    assert view.extremes == "24.6 … 25.7 °C"
    assert view.share == "99.87 %"
    assert (view.state, view.held) == ("held", True)


def test_words_are_told_with_who_declared_them() -> None:
    assert condition_view(EXPOSURE).observed == "–"
    with using("zh"):
        view = condition_view(EXPOSURE)
    assert (view.name, view.state, view.held) == ("暴露方式", "未观测", False)
    assert view.reason == "暴露方式: 未观测"


def test_numbers_are_rounded_to_their_uncertainty() -> None:
    assert rounded(21.3712, 0.412) == ("21.37", "0.41")
    assert rounded(1234.0, 56.0) == ("1234", "56")
    assert rounded(-0.001234, 0.00012) == ("−0.00123", "0.00012")
    assert rounded(5.0, 0.0) == ("5", "0")
