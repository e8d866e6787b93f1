from __future__ import annotations

import msgspec
import pytest

from labctl.indicator import Condition, Criterion, Indicator, field_of, lab_of
from tests.labctl.judged import condition, criterion, indicator


def test_a_row_is_named_by_its_key() -> None:
    assert criterion("present").row == "efficiency"
    assert criterion("present", key="mine").row == "mine"


def test_values_by_shape() -> None:
    assert criterion(">=", 20).number == 20.0
    assert criterion("between", (1.0, 2.0)).window == (1.0, 2.0)
    assert condition("temperature", (1.0, 2.0), "degC", "covers").window == (1.0, 2.0)
    for row in (criterion("present"), condition("temperature", (1.0, 2.0), "K", "between")):
        with pytest.raises(TypeError, match="no single value"):
            _ = row.number
    for row in (criterion(">=", 1), condition("temperature", 1, "K")):
        with pytest.raises(TypeError, match="no window"):
            _ = row.window


def test_conditions_in_words_and_numbers() -> None:
    words = Condition(aspect="medium", text="pure water")
    assert words.in_words
    assert words.name == "medium"
    assert condition("temperature", 25, "degC").name == "temperature"


def test_an_indicator_finds_its_rows() -> None:
    subject = indicator(criterion(">=", 20), conditions=[condition("temperature", 25, "degC")])
    assert subject.criterion("efficiency").value == 20.0
    assert subject.condition("temperature") == subject.conditions[0]
    assert subject.condition("pressure") is None
    with pytest.raises(KeyError):
        subject.criterion("other")


def test_ids_and_labs() -> None:
    assert (lab_of("acme/leak-01"), lab_of("5.2-01")) == ("acme", "")
    assert (field_of("5.2"), field_of("10.11"), field_of("acme/leak")) == ("5", "10", "acme")


def test_rows_are_frozen_and_keep_their_json() -> None:
    subject = indicator(criterion("covers", (1.0, 2.0)), nominal={"efficiency": (0.5, 3.0)})
    assert msgspec.json.decode(msgspec.json.encode(subject), type=Indicator) == subject
    assert msgspec.json.encode(criterion(">=", 20)) == (
        b'{"quantity":"efficiency","op":">=","value":20.0,"unit":"%"}'
    )
    with pytest.raises(AttributeError):
        subject.criteria[0].value = 5.0  # pyright: ignore[reportAttributeAccessIssue]


def test_truths_keep_their_type() -> None:
    text = b'{"quantity":"x","op":"about","value":5,"unit":"%","tolerance":1}'
    row = msgspec.json.decode(text, type=Criterion)
    assert isinstance(row.value, float)
    assert row.tolerance == 1.0
