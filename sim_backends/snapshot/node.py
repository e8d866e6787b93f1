"""One object of a simulated bench from one snapshot to the next: what it was, and how that reads.

Most objects of a bench stand still between two steps. One whose parts are the very objects that
they were is not written again: its parts that can change are objects of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import is_
from typing import Any

from sim_backends.snapshot.anatomy import held, looked_at, stands_still


class Node:
    """The object `value`, known in snapshots by `number`.

    `text` is how it was written last, empty where that is not known any more, `below` the numbers
    of the objects that it holds on to.
    """

    __slots__ = ("_cells", "_look", "_parts", "_still", "below", "number", "text", "value")

    def __init__(self, value: Any, number: int) -> None:
        self.value = value
        self.number = number
        self.text = b""
        self.below: tuple[int, ...] = ()
        self._still = stands_still(value)
        self._look = looked_at(value)
        self._parts: tuple[Any, ...] = ()
        self._cells: tuple[tuple[Any, Sequence[Any]], ...] = ()

    def is_as_written(self) -> bool:
        """Whether it, once written, needs not be written again."""
        if self._look is None:
            return False
        if not self._still and not _same(self._look(self.value), self._parts):
            return False
        return all([_same(held(one), cells) for one, cells in self._cells])

    @property
    def is_for_good(self) -> bool:
        """Whether it reads as it was written for as long as nobody puts the bench back."""
        return self._still and self._look is not None and not self._cells

    def written(
        self, text: bytes, below: tuple[int, ...], functions: list[Any], *, plain: bool
    ) -> None:
        """It was written as `text`, with `functions` that hold on to something.

        Without `plain` something in it can change and be the very same object all the same.
        """
        self.text, self.below = text, below
        if not plain:
            self._look = None
        if self._look is not None:
            self._parts = self._look(self.value)
            self._cells = tuple((one, held(one)) for one in functions)


def _same(now: Sequence[Any], before: Sequence[Any]) -> bool:
    """Whether these are the very same objects."""
    return len(now) == len(before) and all(map(is_, now, before))
