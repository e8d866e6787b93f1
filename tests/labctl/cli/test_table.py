from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from labctl.cli.table import clip, lines, padded, width

TEXT = st.text(st.sampled_from("aZ9 合格±²"), max_size=30)
brisk = settings(derandomize=True, max_examples=50, deadline=None)


def test_wide_characters_take_two_cells() -> None:
    assert width("合格 ok") == 7
    assert padded("合格", 6) == "合格  "


def test_columns_line_up() -> None:
    assert lines(["id", "名称"], [["1", "光"], ["10", "x"]]) == [
        "id  名称",
        "──  ────",
        "1   光  ",
        "10  x   ",
    ]


@brisk
@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=5))
def test_every_line_is_equally_wide(rows: list[tuple[str, str]]) -> None:
    table = lines(["a", "b"], rows)
    assert len({width(line) for line in table}) == 1


@brisk
@given(TEXT, st.integers(2, 20))
def test_a_clipped_text_fits(text: str, cells: int) -> None:
    short = clip(text, cells)
    assert width(short) <= cells
    assert short == text or short.endswith("…")
