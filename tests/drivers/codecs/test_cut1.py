from __future__ import annotations

import pytest

from drivers.codecs.cut1 import Access, go, identity, is_access, items, outcomes


def test_lines() -> None:
    assert go(7, [Access("a", 2, -1.25), Access("b")]) == "GO 7 a:2:-1.25 b:1:0"
    assert identity("= Acme_Ltd smart 9f 2.1") == ("Acme Ltd", "smart", "9f", "2.1")
    assert outcomes("= 12 a h0 r", 3) == (12, ["a", "h0", "r"])
    assert items("= 4,5 - 0", 3) == [(4, 5), (), (0,)]


@pytest.mark.parametrize("text", ["OK", "= ", "= x a", "= 1", "= 1 q", "= 1 h", "= 1 a a", "=1 a"])
def test_answers_that_are_none(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        outcomes(text, 1)


@pytest.mark.parametrize("text", ["= a", "= 1,", "= 1 2", "= -1", ""])
def test_items_that_are_none(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        items(text, 1)


def test_accesses_that_cannot_be_written() -> None:
    keys = ["", "a b", "a:b", "a\n"]
    assert not any(is_access(Access(key)) for key in keys)
    assert not is_access(Access("a", 0)) and is_access(Access("键"))
    with pytest.raises(ValueError, match="no maker"):
        identity("= Acme smart 9f")
