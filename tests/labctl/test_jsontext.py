from __future__ import annotations

import math

from labctl.jsontext import finite


def test_numbers_that_json_lacks_are_null() -> None:
    assert finite({"a": [math.nan, math.inf, 1.5], "b": (-math.inf, True, None, "x")}) == {
        "a": [None, None, 1.5],
        "b": [None, True, None, "x"],
    }
