"""The rule of rising numbers, under every order in which takers may be interrupted."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import greenlet
from hypothesis import given
from hypothesis import strategies as st

from labctl.leases.lease import Lease
from labctl.leases.shelf import Shelf, stem_of
from tests.labctl.leases.conftest import holder_here

STEM = stem_of("tcp:192.0.2.10:5025")
LEASE = Lease("tcp:192.0.2.10:5025", ("psu",), ("tcp://192.0.2.10:5025",), holder_here())


class Interrupted(Shelf):
    """Lets others go on before each look and each removal."""

    def _numbers(self, stem: str) -> list[int]:
        self._pause()
        return super()._numbers(stem)

    def _remove(self, file: Path) -> None:
        self._pause()
        super()._remove(file)

    def read(self, stem: str, number: int) -> Lease | bytes | None:
        self._pause()
        return super().read(stem, number)

    def _pause(self) -> None:
        parent = greenlet.getcurrent().parent
        assert parent is not None
        parent.switch()


@contextmanager
def alone(inside: list[int], who: int) -> Iterator[None]:
    inside.append(who)
    try:
        yield
    finally:
        inside.remove(who)


def taker(shelf: Interrupted, who: int, inside: list[int], turns: list[int]) -> None:
    """Takes the lease where it is free and gives it back, again and again."""
    while True:
        number = shelf.top(STEM)
        if number and shelf.read(STEM, number) is not None:
            continue
        if shelf.make(STEM, number + 1, LEASE):
            with alone(inside, who):
                turns.append(who)
                shelf._pause()
            assert shelf.free(STEM, number + 2)


@given(st.lists(st.integers(0, 2), min_size=40, max_size=80))
def test_never_two_hold_one_instrument(order: list[int]) -> None:
    inside: list[int] = []
    turns: list[int] = []
    with tempfile.TemporaryDirectory() as folder:
        shelf = Interrupted(Path(folder))
        takers = [greenlet.greenlet(taker) for _ in range(3)]
        for who in order:
            takers[who].switch(shelf, who, inside, turns)
            assert len(inside) <= 1
        for one in takers:
            one.throw()
    assert turns  # forty steps are enough for one of three to get it


def test_what_is_no_lease_is_passed_over(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    for name in ("readme.txt", "x.lease", "y.1.lease.old", "0123.pulse"):
        (tmp_path / name).touch()
    assert shelf.tops() == {}
    assert shelf.pulse("0123") is None


def test_a_number_that_is_given_is_not_given_again(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    assert shelf.make(STEM, 5, LEASE)
    assert not shelf.make(STEM, 5, LEASE)
    # A file that was removed as older: whoever comes that late has lost.
    assert not shelf.make(STEM, 4, LEASE)
    assert shelf.read(STEM, 5) == LEASE
    assert shelf.read(STEM, 4) is None
    assert shelf.free(STEM, 6)
    assert not shelf.free(STEM, 6)
    assert [file.name for file in tmp_path.iterdir()] == [f"{STEM}.6.lease"]
