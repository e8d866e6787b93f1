from __future__ import annotations

import pytest

from labctl.i18n import using
from labctl.report.reasons import sentence


@pytest.mark.parametrize(
    ("reason", "chinese"),
    [
        ("extrapolated", "外推得出"),
        ("relative_loss: no result", "相对衰减：没有结果"),
        ("duration: 800 of 1000 h was run", "持续时间：要求 1000 h，实际运行 800"),
        ("temperature: 31 degC was observed", "温度：实测为 31 degC"),
        ("low end: extrapolated", "下端：外推得出"),
    ],
)
def test_reasons_are_translated_around_their_numbers(reason: str, chinese: str) -> None:
    with using("zh"):
        assert sentence(reason).replace(": ", "：") == chinese


def test_english_reasons_keep_their_words() -> None:
    assert sentence("duration: 800 of 1000 h was run") == "duration: 800 of 1000 h was run"


def test_a_reason_nobody_knows_is_shown_as_it_is() -> None:
    with using("zh"):
        assert sentence("ValueError: something {odd}") == "ValueError: something {odd}"
