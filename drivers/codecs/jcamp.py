"""JCAMP-DX 4.24 and 5.01: labelled data records, and XYDATA in every form of ASDF.

McDonald and Wilks, Appl. Spectrosc. 42 (1988) 151: a record is `##LABEL= value`, `$$` begins a
comment. A line of `(X++(Y..Y))` has its first abscissa, then ordinates as free numbers (AFFN), with
their sign as separator (PAC), with the sign in the first digit (SQZ), as differences (DIF) and with
counts of repetitions (DUP). After differences the first ordinate of the next line repeats the last
one: the check against a lost line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

SQZ = {letter: value for value, letter in enumerate("@ABCDEFGHI")} | {
    letter: -value for value, letter in enumerate("abcdefghi", 1)
}
DIF = {letter: value for value, letter in enumerate("%JKLMNOPQR")} | {
    letter: -value for value, letter in enumerate("jklmnopqr", 1)
}
DUP = {letter: value for value, letter in enumerate("STUVWXYZs", 1)}

# An exponent has a sign: `5E3` is 5 and then 53 in squeezed form.
_ORDINATE = re.compile(r"[@A-Ia-i%J-Rj-rS-Zs?]\d*|[+-]?(?:\d+\.?\d*|\.\d+)(?:[Ee][+-]\d+)?")
_ABSCISSA = re.compile(r"\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[Ee][+-]\d+)?)")
_LABEL = re.compile(r"##([^=]*)=(.*)")
MISSING = "?"


def records(text: str) -> list[tuple[str, str]]:
    """Labels with their values, in order; `ValueError` for a file that does not begin with one.

    A label is told without blanks, hyphens, strokes and underscores, in capitals.
    """
    found: list[tuple[str, str]] = []
    for line in text.splitlines():
        bare = line.partition("$$")[0].rstrip()
        match = _LABEL.match(bare.lstrip())
        if match:
            found.append((label(match[1]), match[2].strip()))
        elif bare.strip() and not found:
            raise ValueError("does not begin with a labelled data record")
        elif bare.strip():
            found[-1] = (found[-1][0], f"{found[-1][1]}\n{bare}".lstrip("\n"))
    return found


def label(text: str) -> str:
    """A label as it is compared."""
    return re.sub(r"[ \-/_]", "", text).upper()


def ordinates(lines: list[str]) -> list[tuple[float, list[float]]]:
    """Each line of `(X++(Y..Y))` as its abscissa and its ordinates, unscaled; a `?` is nan.

    The check ordinate that follows a line of differences is compared and taken off; `ValueError`
    names the line where it does not fit.
    """
    found: list[tuple[float, list[float]]] = []
    last: float | None = None
    for number, line in enumerate(lines, 1):
        x, values, ends_in_difference = _line(line, number)
        if last is not None:
            if not values or values[0] != last:
                raise ValueError(f"line {number} of its data does not go on where the last ended")
            values = values[1:]
        found.append((x, values))
        last = (values[-1] if values else last) if ends_in_difference else None
    return found


def _line(line: str, number: int) -> tuple[float, list[float], bool]:
    first = _ABSCISSA.match(line)
    if first is None:
        raise ValueError(f"line {number} of its data has no abscissa")
    values: list[float] = []
    step: float | None = None
    for token in _tokens(line[first.end() :], number):
        letter = token[0]
        if letter in DUP:
            if not values:
                raise ValueError(f"line {number} of its data repeats nothing")
            count = int(f"{DUP[letter]}{token[1:]}") - 1
            values += _repeated(values[-1], step, count)
        elif letter in DIF:
            if not values:
                raise ValueError(f"line {number} of its data begins with a difference")
            step = _joined(DIF[letter], token[1:])
            values.append(values[-1] + step)
        else:
            step = None
            values.append(_plain(token))
    return float(first[1]), values, step is not None


def _repeated(value: float, step: float | None, count: int) -> list[float]:
    return [value + (step or 0.0) * (index + 1) for index in range(count)]


def _plain(token: str) -> float:
    if token == MISSING:
        return float("nan")
    return _joined(SQZ[token[0]], token[1:]) if token[0] in SQZ else float(token)


def _joined(first: int, rest: str) -> float:
    """A first digit with its sign, and the digits after it."""
    return float(f"{'-' if first < 0 else ''}{abs(first)}{rest}")


def _tokens(text: str, number: int) -> Iterator[str]:
    at = 0
    while at < len(text):
        if text[at] in " ,;\t":
            at += 1
            continue
        match = _ORDINATE.match(text, at)
        if match is None:
            raise ValueError(f"line {number} of its data holds {text[at]!r}")
        yield match.group()
        at = match.end()
