"""Text files: the encoding by strict decoding of declared candidates, lines, and whole tables."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from drivers.imported.source import Refused, Source, factor, number

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


@dataclass(frozen=True)
class Text:
    """A file's text, and the encoding in which it was written."""

    text: str
    encoding: str

    @property
    def lines(self) -> list[str]:
        """Its lines without their ends; a last line without an end is one too."""
        return self.text.splitlines()

    @property
    def is_ended(self) -> bool:
        """Whether its last line has an end."""
        return self.text.endswith(("\n", "\r"))


def decoded(data: bytes, candidates: Sequence[str], fits: Callable[[str], bool]) -> Text:
    """The text of `data` in the one candidate that decodes it and in which the format `fits`.

    UTF-8 comes first where it is a candidate: other text is hardly ever valid UTF-8, while UTF-8 is
    often valid, and nonsense, in GB 18030. `Refused` where no candidate fits, and where two others
    read it differently.
    """
    marked = next((name for mark, name in MARKS.items() if data.startswith(mark)), "")
    if marked == "utf-8-sig" and "utf-8" in candidates:
        candidates = [marked]
    elif marked:
        candidates = [marked] if marked in candidates else []
    texts = {name: text for name in candidates if (text := _strict(data, name)) is not None}
    if not texts:
        mark = f"; it begins as {marked}" if marked else ""
        raise Refused(f"is in none of the declared encodings ({', '.join(candidates)}){mark}")
    fitting = {name: text for name, text in texts.items() if fits(text)}
    if not fitting:
        raise Refused(f"decodes as {', '.join(texts)}, but has not the header of its format there")
    if "utf-8" in fitting:
        return Text(fitting["utf-8"], "utf-8")
    if len(set(fitting.values())) > 1:
        raise Refused(f"reads differently in {' and '.join(fitting)}: declare one of them")
    encoding, text = next(iter(fitting.items()))
    return Text(text, encoding)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding, "strict")
    except (UnicodeDecodeError, LookupError):
        return None


def split_row(line: str, delimiter: str = ",") -> list[str]:
    """The cells of one line of CSV, without blanks around them."""
    cells = next(csv.reader([line], delimiter=delimiter), [])
    return [cell.strip() for cell in cells]


def split_unit(name: str) -> tuple[str, str]:
    """`Voltage(V)`, `x [mm]` and `Current/mA` as name and unit; the unit is empty without one."""
    text = name.strip()
    for opening, closing in (("(", ")"), ("[", "]")):
        if text.endswith(closing) and opening in text:
            what, _, unit = text[:-1].rpartition(opening)
            return what.strip(), unit.strip()
    what, stroke, unit = text.partition("/")
    return (what.strip(), unit.strip()) if stroke else (text, "")


def numbers(rows: Sequence[Sequence[str]], width: int) -> NDArray[np.float64]:
    """Rows of numbers as an array of shape (n, width); an empty cell is nan, as is `nan`.

    `Refused` names the row that is short or holds something else.
    """
    import numpy as np

    found = np.full((len(rows), width), np.nan)
    for index, row in enumerate(rows):
        if len(row) != width:
            raise Refused(f"is cut or torn: row {index + 1} has {len(row)} of {width} cells")
        for column, cell in enumerate(row):
            if cell and cell.lower() not in ("nan", "--", "---"):
                found[index, column] = number(cell, f"row {index + 1}, column {column + 1}")
    return found


def refuse_cut(rows: int, points: int, text: Text) -> None:
    """`Refused` where `rows` are not the `points` of the whole file, or their number is not known.

    Without its end a last line may have lost digits.
    """
    if not text.is_ended:
        raise Refused("is cut: its last line has no end")
    if not points:
        raise Refused(
            "does not say how many rows a whole one has: give `points` in labctl-import.toml"
        )
    if rows != points:
        raise Refused(f"is cut or not whole: {rows} of {points} rows")


def refuse_open_end(rows: int, source: Source, text: Text, said: int = 0) -> None:
    """As `refuse_cut`, by the number that the file has `said`, the bench's, or its last line.

    The bench names the last line of a whole file as `end` in labctl-import.toml.
    """
    end = source.beside.end
    if end and not said and not source.beside.points:
        if not text.lines or not text.lines[-1].startswith(end):
            raise Refused(f"is cut: its last line does not begin with {end!r}")
        return
    refuse_cut(rows, said or source.beside.points, text)


@dataclass(frozen=True)
class Table:
    """Columns by name in the file's units: `values` of shape (n, columns)."""

    names: tuple[str, ...]
    units: tuple[str, ...]
    values: NDArray[np.float64]

    def column(self, name: str, unit: str) -> NDArray[np.float64]:
        """A column in `unit`, shape (n,); `Refused` where it is absent or has no such unit."""
        if name not in self.names:
            raise Refused(f"has no column {name!r}; it has {', '.join(self.names)}")
        at = self.names.index(name)
        return self.values[:, at] * factor(spelled(self.units[at]), unit)

    def has(self, name: str) -> bool:
        """Whether there is such a column."""
        return name in self.names


UNITS: Mapping[str, str] = {
    **{"℃": "degC", "°C": "degC", "Ω": "ohm", "Ohm": "ohm", "°": "deg", "counts": "dimensionless"},
    **{"sec": "s", "Sec": "s", "seconds": "s", "hr": "h", "Hours": "h"},
    **{"Ah": "A*h", "mAh": "mA*h", "uAh": "uA*h", "Wh": "W*h", "mWh": "mW*h", "uWh": "uW*h"},
    **{"Å": "angstrom", "Angstrom": "angstrom", "microns": "um", "micrometers": "um"},
    **{"mm/mm": "dimensionless", "1": "dimensionless", "W/m2/nm": "W/m**2/nm"},
    **{"volts": "V", "Volts": "V", "amps": "A"},
}
"""How files spell units, and how the indicator map does."""

MICRO = str.maketrans({"\u00b5": "u", "\u03bc": "u"})


def spelled(unit: str) -> str:
    """A unit as the indicator map spells it."""
    text = unit.strip().translate(MICRO)
    return UNITS.get(text, text)
