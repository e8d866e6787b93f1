"""KLARF 1.2: statements that end with a semicolon, words and numbers, names in quotes.

By SEMI's and KLA's description of the format as other parties' readers have it (klarf-reader, MIT);
lengths are in um, places are in the die, dies are counted by index.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_TOKEN = re.compile(r'"([^"]*)"|([^\s;"]+)|(;)')
END = "EndOfFile"


@dataclass(frozen=True)
class Defects:
    """The defect list: names of its columns, and rows of as many words."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def column(self, name: str) -> list[float]:
        """A column as numbers; `ValueError` where it is absent."""
        if name not in self.columns:
            raise ValueError(f"has no column {name} of defects")
        at = self.columns.index(name)
        return [float(row[at]) for row in self.rows]


def statements(text: str) -> Mapping[str, list[list[str]]]:
    """Words after each keyword, once for each time it stands; `ValueError` for a cut file."""
    found: dict[str, list[list[str]]] = {}
    last = ""
    for words in _split(text):
        last = words[0]
        found.setdefault(last, []).append(words[1:])
    if last != END:
        raise ValueError("is cut: it does not end with EndOfFile;")
    return found


def _split(text: str) -> Iterator[list[str]]:
    words: list[str] = []
    for quoted, word, stop in _TOKEN.findall(text):
        if not stop:
            words.append(quoted or word)
        elif words:
            yield words
            words = []
    if words:
        raise ValueError("is cut: its last statement has no end")


def defects(found: Mapping[str, list[list[str]]]) -> Defects:
    """The defects of all lists of a wafer; `ValueError` where a row is torn.

    A row that has images holds two words for each more than its columns say.
    """
    spec = found.get("DefectRecordSpec", [[]])[0]
    if len(spec) < 2 or len(spec) != int(spec[0]) + 1:
        raise ValueError("has no DefectRecordSpec, or a torn one")
    columns = tuple(spec[1:])
    rows: list[tuple[str, ...]] = []
    for words in found.get("DefectList", []):
        rows += _rows(columns, words)
    return Defects(columns, tuple(rows))


def _rows(columns: tuple[str, ...], words: list[str]) -> Iterator[tuple[str, ...]]:
    images = columns.index("IMAGECOUNT") if "IMAGECOUNT" in columns else -1
    at = 0
    while at < len(words):
        width = len(columns)
        row = tuple(words[at : at + width])
        if images >= 0 and len(row) > images and columns[-1] == "IMAGELIST":
            width += 2 * int(row[images]) - 1 if int(row[images]) else 0
        if at + width > len(words):
            raise ValueError(f"is torn: its defect list ends within row {row[:1]}")
        yield row
        at += width


def classes(found: Mapping[str, list[list[str]]]) -> Mapping[str, str]:
    """Name of each class of defects by its number."""
    words = found.get("ClassLookup", [["0"]])[0][1:]
    return dict(zip(words[0::2], words[1::2], strict=True))
