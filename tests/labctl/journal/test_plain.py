from __future__ import annotations

import datetime
import math

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labctl.errors import Defect, JournalError
from labctl.evidence import Count, Evidence, Figure, Present, Range, Result
from labctl.journal.plain import clean, decode, encode
from labctl.words import Text

figures = st.builds(Figure, st.floats(allow_nan=False), st.text(max_size=5), st.floats(0, 1))
results = figures | st.builds(Range, figures, figures) | st.builds(Present, st.booleans())


@given(st.dictionaries(st.text(max_size=9), results, max_size=3))
def test_evidence_comes_back(rows: dict[str, Result]) -> None:
    evidence = Evidence(dict(rows), how=("as it is", Text("{n} times", {"n": "3"})))
    assert decode(encode(evidence), Evidence) == evidence


def test_what_strict_json_cannot_carry_comes_back() -> None:
    back = decode(encode([math.nan, math.inf, -math.inf]), list[float])
    assert math.isnan(back[0])
    assert back[1:] == [math.inf, -math.inf]


def test_unions_dates_and_numeric_keys_come_back() -> None:
    kind = dict[int, Figure | Count | datetime.date]
    value = {1: Figure(1.0, "V"), 2: Count(1.0, 2.0, "kind"), 3: Figure(2.0, "%")}
    assert decode(encode(value), kind) == value


@pytest.mark.parametrize("value", [np.zeros(3), object(), open])
def test_what_is_no_plain_data_is_a_defect(value: object) -> None:
    with pytest.raises(Defect, match="not plain data"):
        encode(value)


def test_another_type_is_a_journal_error() -> None:
    with pytest.raises(JournalError):
        decode('"text"', float)
    with pytest.raises(JournalError):
        decode("{", float)


@given(st.text())
def test_text_is_kept(text: str) -> None:
    assert clean(text) == text
    assert msgspec.json.decode(encode(text).encode()) == text
