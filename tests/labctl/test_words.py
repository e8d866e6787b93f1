from __future__ import annotations

from labctl.i18n import _, using
from labctl.words import Text, said, sentences


def test_a_sentence_is_filled_after_it_was_translated() -> None:
    words = Text("Hysteresis index {index}.", {"index": "0.31 %"})
    assert said(words) == "Hysteresis index 0.31 %."
    with using("zh"):
        assert said(words, _) == "迟滞指数 0.31 %。"


def test_a_plain_sentence_may_hold_braces() -> None:
    assert said("a set {1, 2}") == "a set {1, 2}"


def test_values_are_translated_too() -> None:
    words = Text("{row}: {rule}.", {"row": "papers", "rule": "one each"})
    with using("zh"):
        assert said(words, _) == "论文：每条计一项。"


def test_one_or_many() -> None:
    assert sentences("one") == ("one",)
    assert sentences(["one", Text("two")]) == ("one", Text("two"))
