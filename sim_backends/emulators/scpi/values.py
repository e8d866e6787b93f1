"""Program data: numbers with suffix and MIN/MAX/DEF, booleans, names, strings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sim_backends.emulators.scpi.errors import ScpiError

_NUMBER = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+)(?:\s*[eE]\s*[+-]?\d+)?)\s*([A-Za-z%]*)\Z")
_BASED = re.compile(r"#([HhQqBb])([0-9A-Fa-f]+)\Z")
_BASES = {"H": 16, "Q": 8, "B": 2}
_MULTIPLIERS = {
    "": 1.0, "T": 1e12, "G": 1e9, "MA": 1e6, "K": 1e3,
    "M": 1e-3, "U": 1e-6, "N": 1e-9, "P": 1e-12, "F": 1e-15, "A": 1e-18,
}  # fmt: skip


def short_form(mnemonic: str) -> str:
    """The short form of a mnemonic written as in manuals: its capitals, `VOLTage` -> `VOLT`."""
    return "".join(char for char in mnemonic if not char.islower())


def matches(token: str, mnemonic: str) -> bool:
    """Whether `token` is the short or long form of `mnemonic`, in any case."""
    upper = token.upper()
    return upper == short_form(mnemonic) or upper == mnemonic.upper()


@dataclass(frozen=True, slots=True)
class Numeric:
    """What a numeric parameter may be: limits, default and unit (`V`, `A`, `S`, none: empty).

    `least` and `most` are the values of MIN and MAX where they are not the limits themselves.
    """

    low: float
    high: float
    default: float
    unit: str = ""
    least: float | None = None
    most: float | None = None

    def parse(self, token: str) -> float:
        """Value of `token`; -109 empty, -104 no number, -131 wrong suffix, -222 out of range."""
        named = self.named(token)
        if named is not None:
            return named
        value = number(token, self.unit)
        slack = 1e-9 * max(abs(self.low), abs(self.high))
        if not self.low - slack <= value <= self.high + slack:
            raise ScpiError(-222, token)
        return value

    def named(self, token: str) -> float | None:
        """Value of MIN, MAX or DEF; None for another token."""
        for name, value in (
            ("MINimum", self.low if self.least is None else self.least),
            ("MAXimum", self.high if self.most is None else self.most),
            ("DEFault", self.default),
        ):
            if matches(token, name):
                return value
        return None

    def integer(self, token: str) -> int:
        """As `parse`, rounded to the next whole number (IEEE 488.2, 10.2)."""
        return round(self.parse(token))


def number(token: str, unit: str = "") -> float:
    """Value of a decimal or based numeric, with optional multiplier and `unit`."""
    if not token:
        raise ScpiError(-109)
    based = _BASED.match(token)
    if based:
        try:
            return float(int(based.group(2), _BASES[based.group(1).upper()]))
        except ValueError:
            raise ScpiError(-104, token) from None
    match = _NUMBER.match(token)
    if match is None:
        raise ScpiError(-104, token)
    return float(re.sub(r"\s", "", match.group(1))) * _suffix(match.group(2), unit)


def _suffix(suffix: str, unit: str) -> float:
    upper, base = suffix.upper(), unit.upper()
    if not upper:
        return 1.0
    if base and upper.endswith(base):
        multiplier = upper[: len(upper) - len(base)]
        if multiplier in _MULTIPLIERS:
            return _MULTIPLIERS[multiplier]
    raise ScpiError(-131, suffix)


def boolean(token: str) -> bool:
    """ON, OFF or a number that is rounded: 0 is off."""
    if token.upper() == "ON":
        return True
    if token.upper() == "OFF":
        return False
    return round(number(token)) != 0


def choice(token: str, mnemonics: Sequence[str]) -> str:
    """The mnemonic of which `token` is a form; -109 empty, -224 none."""
    if not token:
        raise ScpiError(-109)
    for mnemonic in mnemonics:
        if matches(token, mnemonic):
            return mnemonic
    raise ScpiError(-224, token)


def select(token: str, table: Mapping[str, str]) -> str:
    """The value in `table` whose key, a mnemonic, has `token` as a form."""
    return table[choice(token, tuple(table))]


def is_quoted(token: str) -> bool:
    """Whether `token` is string data."""
    return len(token) >= 2 and token[0] in "\"'" and token[-1] == token[0]


def string(token: str) -> str:
    """Content of string data, or a bare name as it stands; -109 empty."""
    if is_quoted(token):
        return token[1:-1].replace(token[0] * 2, token[0])
    if not token:
        raise ScpiError(-109)
    return token
