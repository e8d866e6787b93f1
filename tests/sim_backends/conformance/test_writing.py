from __future__ import annotations

from typing import Any

import pytest

from sim_backends.conformance.stand import Stand
from sim_backends.conformance.writing import writes_whole_files
from sim_backends.plugs.file_writer import Piece
from tests.sim_backends.emulators.files.written import make


class Odd:
    """A writer whose pieces are told to it, one a second."""

    suffix = ".txt"

    def __init__(self, pieces: list[Piece], notes: str = "", begin: float = 1.0) -> None:
        self.notes, self._pieces, self._t = notes, list(pieces), begin

    def due(self) -> float | None:
        return self._t if self._pieces else None

    def send(self, t: float) -> list[Piece]:
        self._t += 1.0
        return [self._pieces.pop(0)]


GOOD = [Piece(f"{name}.txt", b"1", last) for name in "ab" for last in (False, True)]


def found(writer: Any, door: str = "sim:files") -> list[str]:
    return list(writes_whole_files(Stand("odd", door, lambda seed: writer, ())))


def test_sound_writers() -> None:
    assert found(Odd(GOOD)) == found(make("touchstone")) == []
    assert found(None, "sim:visa") == []


@pytest.mark.parametrize(
    ("writer", "text"),
    [
        (Odd([*GOOD, GOOD[0]]), "after its end"),
        (Odd([Piece("a:b.txt", b"1", True), *GOOD]), "no name for a file"),
        (Odd([Piece("a.csv", b"1", True), *GOOD]), "does not end with"),
        (Odd(GOOD, begin=0.0), "from the start"),
        (Odd(GOOD[:2]), "1 are whole"),
        (Odd(GOOD, notes="points = "), "no TOML"),
    ],
)
def test_a_defect_is_found(writer: Odd, text: str) -> None:
    assert any(text in finding for finding in found(writer))
