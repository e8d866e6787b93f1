from __future__ import annotations

from labctl.notices.quiet import Quiet
from labctl.words import Text
from tests.labctl.notices.people import notice


def test_the_same_notice_is_told_once_in_a_while_and_then_how_often_it_came() -> None:
    quiet = Quiet(100.0)
    first, later = (notice("disk", Text("{gb} GB free", {"gb": gb})) for gb in ("2", "1"))
    assert quiet.passes(first, 0.0)
    assert not quiet.passes(first, 10.0)
    assert not quiet.passes(later, 20.0)
    assert (quiet.next(), quiet.over(99.0)) == (100.0, [])
    assert quiet.over(100.0) == [(later, 2)]
    assert quiet.next() is None
    assert not quiet.passes(first, 150.0)  # what was held back counts as told
    assert quiet.over(200.0) == [(first, 1)]
    assert quiet.over(300.0) == []
    assert quiet.passes(first, 301.0)


def test_another_item_kind_or_sentence_is_another_notice() -> None:
    quiet = Quiet(100.0)
    assert quiet.passes(notice(), 0.0)
    for other in (notice(item="1.1-04"), notice("trip"), notice(text="hydrogen")):
        assert quiet.passes(other, 1.0)


def test_people_never_believe_that_a_held_run_goes_on() -> None:
    quiet = Quiet(100.0)
    assert quiet.passes(notice("hold"), 0.0)
    assert quiet.passes(notice("released"), 1.0)
    assert quiet.passes(notice("hold"), 2.0)  # they were told that it goes on
    assert not quiet.passes(notice("released"), 3.0)
    assert not quiet.passes(notice("hold"), 4.0)  # they believe that already
    assert not quiet.passes(notice("released"), 5.0)
    # It goes on in the end, which is told; the holds before that are not.
    assert [(one.kind, count) for one, count in quiet.over(110.0)] == [("released", 1)]


def test_what_is_settled_is_not_told_later() -> None:
    quiet = Quiet(100.0)
    quiet.passes(notice("prompt"), 0.0)
    quiet.passes(notice("prompt"), 1.0)
    quiet.settle("prompt", "1.1-03")
    assert quiet.over(100.0) == []
