"""What instruments with the Test Script Processor print: numbers, truth values, error entries.

Keithley Series 2600B reference manual 2600BS-901-01, section TSP command reference: `print()` puts
tabs between values; numbers are in the format of `format.asciiprecision`. A text that is not of
its form raises `TspError`; nothing is guessed.
"""

from __future__ import annotations

from drivers.codecs.scpi import ErrorEntry, NotMeasured, ScpiError, measured

_SHORTEST_ERROR, _LONGEST_ERROR = 2, 4


class TspError(ValueError):
    """A text that is no such answer."""


def numbers(text: str) -> list[float]:
    """Tab-separated measured numbers; 9.91e37 (nothing measured, overflow) is a `TspError`."""
    try:
        return [measured(field) for field in text.split("\t")]
    except (NotMeasured, ScpiError) as error:
        raise TspError(str(error)) from error


def number(text: str) -> float:
    """One measured number."""
    values = numbers(text)
    if len(values) != 1:
        raise TspError(f"{text!r} is not one number")
    return values[0]


def whole(text: str) -> int:
    """One number without a fraction: a count, a code, a state."""
    value = number(text)
    if not value.is_integer():
        raise TspError(f"{text!r} is no whole number")
    return int(value)


def truth(text: str) -> bool:
    """`true` or `false`."""
    if text.strip() not in ("true", "false"):
        raise TspError(f"{text!r} is neither true nor false")
    return text.strip() == "true"


def error_entry(text: str) -> ErrorEntry:
    """What `print(errorqueue.next())` prints: code, message, severity, node."""
    fields = text.strip().split("\t")
    if not _SHORTEST_ERROR <= len(fields) <= _LONGEST_ERROR:
        raise TspError(f"{text!r} is no entry of an error queue")
    return ErrorEntry(whole(fields[0]), fields[1].strip())
