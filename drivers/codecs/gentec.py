"""What Gentec-EO meters answer in text mode: a label and a value, or a structure of hex lines.

MAESTRO User's Manual, revision 8.1, section 3.4; the structure of `*STS` by the PC-Gentec-EO
manual 5.0, p. 58, its addresses as another party's module for the MAESTRO reads them. A text
that is not of its form raises `ValueError`; nothing is guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

ACKNOWLEDGED = b"ACK"
LINE = b"\r\n"
END = b":1"
_ROW = re.compile(r":0([0-9A-F]{4})([0-9A-F]{4})", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d{1,3})?", re.ASCII)
_SCALE, _MAX_SCALE, _MIN_SCALE = 0x06, 0x08, 0x0A
_WAVELENGTH, _MAX_WAVELENGTH, _MIN_WAVELENGTH = 0x0C, 0x0E, 0x10
_ATTENUATED, _MAX_ATTENUATED, _MIN_ATTENUATED = 0x14, 0x16, 0x18
_MODE, _NAME, _SERIAL = 0x04, 0x1A, 0x2A
POWER_MODE = 0
LARGEST_SCALE = 41


@dataclass(frozen=True)
class Status:
    """What `*STS` tells: head, mode (0 is power), scales by index, wavelengths in nm."""

    mode: int
    head: str
    serial: str
    scale: int
    scales: tuple[int, int]
    wavelength: int
    wavelengths: tuple[int, int]


def answer_frame(data: bytes) -> int | None:
    """The end of the first line that is no acknowledge of a setting."""
    start = 0
    while (end := data.find(LINE, start)) >= 0:
        end += len(LINE)
        if data[start:end].strip() not in (b"", ACKNOWLEDGED):
            return end
        start = end
    return None


def structure_frame(data: bytes) -> int | None:
    """The end of the line that ends a structure, or of one that is no row of a structure."""
    start = 0
    while (end := data.find(LINE, start)) >= 0:
        end += len(LINE)
        row = data[start:end].strip()
        if row.startswith(END) or not (row.startswith(b":") or row in (b"", ACKNOWLEDGED)):
            return end
        start = end
    return None


def last_line(data: bytes) -> str:
    """The last line of a frame, without its end."""
    return data.decode("ascii", "backslashreplace").strip().splitlines()[-1].strip()


def value(label: str, text: str) -> float:
    """The number of an answer, after `label` and a colon where they are told.

    The manual prints "PWC : 1064", meters were met that say "PWC: 1064", and for the current value
    the number alone.
    """
    name, colon, number = text.rpartition(":")
    if colon and name.strip().lower() != label.lower():
        raise ValueError(f"{text!r} is no {label}")
    if not _NUMBER.fullmatch(number.strip()):
        raise ValueError(f"{text!r} holds no number")
    return float(number)


def full_scale(index: int) -> float:
    """Full scale in W of a scale's index 0..41: 1, 3, 10, 30 and so on, from 1 pW."""
    if not 0 <= index <= LARGEST_SCALE:
        raise ValueError(f"there is no scale {index}")
    return (3 if index % 2 else 1) * 10.0 ** (index // 2 - 12)


def status(data: bytes) -> Status:
    """The structure that `*STS` is answered with; `ValueError` where it is not whole."""
    words = _words(data)
    attenuated = bool(_integer(words, _ATTENUATED))
    highest, lowest = (
        (_MAX_ATTENUATED, _MIN_ATTENUATED) if attenuated else (_MAX_WAVELENGTH, _MIN_WAVELENGTH)
    )
    found = Status(
        _integer(words, _MODE),
        _text(words[_NAME:_SERIAL]),
        _text(words[_SERIAL:]),
        _integer(words, _SCALE),
        (_integer(words, _MIN_SCALE), _integer(words, _MAX_SCALE)),
        _integer(words, _WAVELENGTH),
        (_integer(words, lowest), _integer(words, highest)),
    )
    if not found.scales[0] <= found.scale <= found.scales[1] <= LARGEST_SCALE:
        raise ValueError(f"scale {found.scale} is outside the head's {found.scales}")
    return found


def _words(data: bytes) -> list[int]:
    rows = data.decode("ascii", "backslashreplace").splitlines()
    if not rows or not rows[-1].startswith(":1"):
        raise ValueError(f"{rows[-1:]} ends no status")
    words: list[int] = []
    for row in (one for one in rows[:-1] if one not in ("", "ACK")):
        found = _ROW.fullmatch(row)
        if found is None or int(found.group(1), 16) != len(words):
            raise ValueError(f"{row!r} is no row {len(words):04X} of a status")
        words.append(int(found.group(2), 16))
    if len(words) <= _SERIAL:
        raise ValueError(f"a status of {len(words)} rows")
    return words


def _integer(words: list[int], address: int) -> int:
    """Two words, the lower one first."""
    return words[address] | words[address + 1] << 16


def _text(words: list[int]) -> str:
    """Characters, two in a word, the lower byte first, to the first null."""
    data = b"".join(word.to_bytes(2, "little") for word in words)
    return data.partition(b"\0")[0].decode("ascii", "backslashreplace")
