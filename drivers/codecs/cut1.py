"""Lines of CUT1 (docs/protocols/cut1.md): commands are written, answers are read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

MOST = 1000
"""Accesses or vectors that stand in a line."""

_OUTCOME = re.compile(r"h\d{1,15}|a|r")
_KEY = re.compile(r"[^\s:]+")


class Access(NamedTuple):
    """One access to an object: `size` in the cache's units, `feature` of its content."""

    key: str
    size: int = 1
    feature: float = 0.0


def is_access(one: Access) -> bool:
    """Whether it can be written: a key without blanks and colons, a size of 1 or more."""
    return _KEY.fullmatch(one.key) is not None and one.size >= 1


def go(count: int, accesses: Sequence[Access]) -> str:
    """The command for `accesses` after `count` others."""
    return " ".join(["GO", str(count), *(f"{k}:{s}:{f:.6g}" for k, s, f in accesses)])


def identity(answer: str) -> tuple[str, str, str, str]:
    """Maker, model, serial number and version of `ID?`; `ValueError` for another answer."""
    fields = body(answer).split(" ")
    if len(fields) != 4 or not all(fields):
        raise ValueError("no maker, model, serial number and version")
    maker, model, serial, version = (field.replace("_", " ") for field in fields)
    return maker, model, serial, version


def outcomes(answer: str, count: int) -> tuple[int, list[str]]:
    """Size used, and `count` outcomes; `ValueError` for an answer that is none."""
    used, *found = body(answer).split(" ")
    if len(found) != count:
        raise ValueError(f"{len(found)} outcomes to {count} accesses")
    if any(_OUTCOME.fullmatch(one) is None for one in found):
        raise ValueError("an outcome is none of h with a number, a, r")
    return number(used), found


def items(answer: str, count: int) -> list[tuple[int, ...]]:
    """Numbers of the items found for each of `count` vectors; `ValueError` for another answer."""
    found = body(answer).split(" ")
    if len(found) != count:
        raise ValueError(f"{len(found)} answers to {count} vectors")
    return [() if one == "-" else tuple(number(n) for n in one.split(",")) for one in found]


def number(text: str) -> int:
    """A whole number of 0 or more; `ValueError` for anything else."""
    if not (text.isascii() and text.isdigit()):
        raise ValueError(f"{text!r} is no whole number")
    return int(text)


def body(answer: str) -> str:
    """What stands after `= `; `ValueError` where it is no answer to a question."""
    if not answer.startswith("= "):
        raise ValueError("it does not begin with '= '")
    return answer[2:]
