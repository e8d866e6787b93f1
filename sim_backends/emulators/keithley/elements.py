"""Buffer elements: what `READ?`, `FETCh?` and `TRACe:DATA?` print of a reading.

2450-901-01 Rev. B, `:READ?`, table of bufferElements.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache

from labctl.clock import VIRTUAL_EPOCH
from sim_backends.emulators.keithley.buffers import DEFAULT_BUFFER, Reading
from sim_backends.emulators.scpi import ScpiError
from sim_backends.emulators.scpi.values import choice, is_quoted, string

Element = Callable[[Reading, float, int], str]
"""(reading, time of the buffer's first reading, decimals of a number) -> text."""

_MOST = 14
_PREFIXES = ((1e9, "G"), (1e6, "M"), (1e3, "k"), (1.0, ""), (1e-3, "m"), (1e-6, "u"), (1e-9, "n"))


def wall(t: float) -> datetime:
    """The instrument's own clock at run time `t`."""
    return datetime.fromtimestamp(VIRTUAL_EPOCH + t, UTC)


def formatted(value: float, unit: str) -> str:
    """As on the front panel: five decimals and an engineering prefix."""
    if abs(value) > 9e36:
        return "Overflow"
    for scale, prefix in _PREFIXES:
        if abs(value) >= scale:
            return f"{value / scale:+09.5f} {prefix}{unit[:1]}"
    return f"{value * 1e9:+09.5f} n{unit[:1]}"


def timestamp(t: float) -> str:
    """Date and time with nanoseconds, as `TSTamp` prints them."""
    moment = wall(t)
    return f"{moment:%m/%d/%Y %H:%M:%S}.{moment.microsecond:06d}000"


ELEMENTS: dict[str, Element] = {
    "READing": lambda r, _, decimals: f"{r.value:.{decimals}E}",
    "SOURce": lambda r, _, decimals: f"{r.source:.{decimals}E}",
    "RELative": lambda r, t0, _: f"{r.t - t0:.9f}",
    "UNIT": lambda r, *_: r.unit,
    "SOURUNIT": lambda r, *_: r.source_unit,
    "CHANnel": lambda r, *_: r.channel,
    "STATus": lambda r, *_: str(r.status),
    "SOURSTATus": lambda r, *_: str(r.source_status),
    "FORMatted": lambda r, *_: formatted(r.value, r.unit),
    "SOURFORMatted": lambda r, *_: formatted(r.source, r.source_unit),
    "DATE": lambda r, *_: f"{wall(r.t):%m/%d/%Y}",
    "TIME": lambda r, *_: f"{wall(r.t):%H:%M:%S}",
    "TSTamp": lambda r, *_: timestamp(r.t),
    "SEConds": lambda r, *_: str(int(VIRTUAL_EPOCH + r.t)),
    "FRACtional": lambda r, *_: f"{(VIRTUAL_EPOCH + r.t) % 1.0:.9f}",
}


@lru_cache(maxsize=256)
def parse_selection(arguments: tuple[str, ...]) -> tuple[str, tuple[Element, ...]]:
    """Buffer name and elements from `[<bufferName>[, <bufferElements>]]`; READing by default."""
    if len(arguments) > _MOST + 1:
        raise ScpiError(-108)
    name = buffer_name(arguments[0]) if arguments else DEFAULT_BUFFER
    names = [choice(token, tuple(ELEMENTS)) for token in arguments[1:]]
    return name, tuple(ELEMENTS[element] for element in names or ["READing"])


def buffer_name(token: str) -> str:
    """Name of a buffer, quoted or bare; -104 for a number."""
    if not is_quoted(token) and token[:1] in "0123456789+-.":
        raise ScpiError(-104, token)
    return string(token)


def render(reading: Reading, elements: tuple[Element, ...], first: float, decimals: int = 6) -> str:
    """The elements of one reading, separated by commas; `first` is the time of the first one."""
    return ",".join([element(reading, first, decimals) for element in elements])
