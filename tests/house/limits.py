"""A procedure holds no limit: no number of its indicators' criteria, no way to one.

The rule for numbers. A module that binds an indicator may hold no literal equal to a number of
that indicator's criteria: the value itself, as a fraction where it is in %, what is left of 100 %,
or the value in another prefix of its unit. Excused are 0, 1 and 2, and powers of ten where only
the prefix differs, since unit changes, halves and squares are made of them. In a comparison only 0
is excused. Modules that several procedures share (methods, analysis, procedures of a kind of
evidence) are held to the numbers of every indicator they serve, in comparisons.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Iterable, Iterator, Mapping, Set

from tests.house.tree import Source, dotted

WAYS = {"criteria", "criterion", "nominal", "failing", "truth", "verdict", "agreement"}
TRIVIAL = {0.0, 1.0, 2.0}
PREFIXES = (1e-6, 1e-4, 1e-3, 1e3, 1e4, 1e6)

Criterion = Mapping[str, object]


def own_numbers(criteria: Iterable[Criterion]) -> set[float]:
    """Every number of the criteria, with fraction and complement where it is a percentage."""
    found: set[float] = set()
    for row in criteria:
        for name in ("value", "upto", "tolerance"):
            given = row.get(name)
            for number in given if isinstance(given, list | tuple) else [given]:
                if isinstance(number, int | float) and not isinstance(number, bool):
                    found |= {float(number)} | (
                        _shares(number) if row.get("unit") == "%" else set()
                    )
    return found


def _shares(percent: float) -> set[float]:
    return {percent / 100, 100.0 - percent, 1.0 - percent / 100, 1.0 + percent / 100}


def scaled(numbers: Set[float]) -> set[float]:
    """The numbers in other prefixes of their units, powers of ten left out."""
    return {n * factor for n in numbers for factor in PREFIXES if not _is_power_of_ten(n)}


def literals(source: Source) -> Iterator[tuple[int, float, bool]]:
    """(line, number, whether it stands in a comparison) of every number in the source."""
    compared = {
        id(part)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Compare | ast.Match)
        for part in ast.walk(node)
    }
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.Constant) or isinstance(node.value, bool):
            continue
        if isinstance(node.value, int | float):
            yield node.lineno, float(node.value), id(node) in compared


def held(source: Source, numbers: Set[float], *, shared: bool) -> Iterator[tuple[int, str]]:
    """Literals that are a limit by the rule above."""
    strict = scaled(numbers) | numbers
    loose = {number for number in strict if not _among(number, TRIVIAL)}
    for line, number, compared in literals(source):
        among = (strict - {0.0} if compared else loose) if not shared else loose
        if (compared or not shared) and _among(number, among):
            yield line, f"holds {number:g}, a number of its criteria"


def ways(source: Source) -> Iterator[tuple[int, str]]:
    """Uses of attributes that lead to a limit, or to another object's private state."""
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.Attribute):
            continue
        if node.attr in WAYS:
            yield node.lineno, f"reaches for .{node.attr}"
        owner = dotted(node.value)
        if node.attr.startswith("_") and not node.attr.startswith("__") and owner != "self":
            yield node.lineno, f"reaches for private {owner}.{node.attr}"


def _among(number: float, numbers: Set[float]) -> bool:
    """Whether `number` is one of `numbers` but for rounding: 1 - 0.999 is a thousandth."""
    return any(math.isclose(number, other, rel_tol=1e-9) for other in numbers)


def _is_power_of_ten(number: float) -> bool:
    exponent = math.log10(number) if number > 0 else 0.5
    return math.isclose(exponent, round(exponent), abs_tol=1e-12)
