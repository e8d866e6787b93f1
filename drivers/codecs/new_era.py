"""Wire grammar of New Era pumps in basic mode (NE-1000 user manual #1200-01, 10.2 and 10.3).

A command is the pump's network address, a word and its data, ended by CR; an answer stands between
STX and ETX: the address in two digits, one letter of status (or `A?` and the letter of an alarm),
data, or `?` and what was wrong. Numbers have at most four digits, at most three after the point.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

STX, ETX, CR = b"\x02", b"\x03", b"\r"

INFUSING, WITHDRAWING, PURGING, STOPPED, PAUSED = "I", "W", "X", "S", "P"
STATUSES = frozenset("IWSPTUX")

LITRES = {"UL": 1e-9, "ML": 1e-6}
"""What one of each unit of volume is in m**3."""

RATES = {"UH": 1e-9 / 3600.0, "UM": 1e-9 / 60.0, "MH": 1e-6 / 3600.0, "MM": 1e-6 / 60.0}
"""What one of each unit of flow is in m**3/s: microlitres and millilitres an hour and a minute."""

LARGEST = 9999.0

_ANSWER = re.compile(r"(\d\d)(?:A\?([RSTEO])|([IWSPTUX]))(.*)", re.DOTALL)
_DISPENSED = re.compile(r"I(\d*\.?\d*)W(\d*\.?\d*)(UL|ML)")
_QUANTITY = re.compile(r"(\d*\.?\d+|\d+\.)([A-Z]*)")


class Malformed(ValueError):
    """Bytes that are no answer by the grammar."""


@dataclass(frozen=True)
class Answer:
    """What a pump said: its `status` letter, empty where it is an `alarm`, and the data."""

    status: str
    alarm: str
    data: str

    @property
    def error(self) -> str | None:
        """What was wrong with the command (`NA`, `OOR`, empty: not known); None for nothing."""
        return self.data[1:] if self.data.startswith("?") else None


def command(address: int, text: str) -> bytes:
    """`text` for the pump of network `address`, as it goes over the line."""
    return f"{address}{text}".encode("ascii") + CR


def find_answer(came: bytes) -> int | None:
    """How many bytes of `came` end its first answer; None where more must come."""
    end = came.find(ETX)
    return None if end < 0 else end + 1


def answer(frame: bytes, address: int) -> Answer:
    """The answer in `frame`; `Malformed` where it is none, or that of another pump."""
    text = frame.decode("ascii", "backslashreplace")
    start = text.rfind(STX.decode("ascii"))
    found = _ANSWER.fullmatch(text[start + 1 : -1]) if start >= 0 else None
    if found is None:
        raise Malformed("no answer between STX and ETX")
    if int(found[1]) != address:
        raise Malformed(f"the answer of pump {int(found[1])}, not {address}")
    return Answer(found[3] or "", found[2] or "", found[4])


def number(value: float) -> str:
    """`value` with as many digits as the pump takes; `Malformed` above 9999."""
    for decimals in (3, 2, 1, 0):
        text = f"{value:.{decimals}f}"
        if len(text.replace(".", "")) <= 4:
            return text
    raise Malformed(f"{value:g} has more digits than the pump takes")


def quantity(data: str) -> tuple[float, str]:
    """A number and its unit, empty where there is none; `Malformed` for anything else."""
    found = _QUANTITY.fullmatch(data)
    if found is None:
        raise Malformed(f"{data!r} is no number with a unit")
    return float(found[1]), found[2]


def dispensed(data: str) -> tuple[float, float]:
    """Volumes in m**3 that were infused and withdrawn, of the answer to `DIS`."""
    found = _DISPENSED.fullmatch(data)
    try:
        if found is not None:
            unit = LITRES[found[3]]
            return float(found[1]) * unit, float(found[2]) * unit
    except ValueError:
        found = None
    raise Malformed(f"{data!r} tells no volumes")


def in_units(value: float, units: dict[str, float]) -> tuple[str, str]:
    """`value` in SI as number and unit: the unit with the most digits. `Malformed` beyond all."""
    for name, size in sorted(units.items(), key=lambda item: item[1]):
        if value / size <= LARGEST:
            return number(value / size), name
    raise Malformed(f"{value:g} is more than the pump takes")
