"""What nothing on a bench may hold: true values, limits, criteria, and their keys."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from labctl.indicator import Condition, Criterion, Indicator
from labctl.labs import SampleRequest
from tests.house.objects import Held, walk

KNOWING = (Indicator, Criterion, Condition, SampleRequest)


@dataclass(frozen=True)
class Secret:
    """What must not be found: numbers with a name each, and texts."""

    numbers: Mapping[str, float]
    texts: frozenset[str] = frozenset()

    def found(self, held: Held) -> str | None:
        """What of the secret an object is, in words."""
        value = held.value
        if isinstance(value, KNOWING):
            return f"a {type(value).__name__}"
        if isinstance(value, str) and value in self.texts:
            return f"the key {value!r}"
        if isinstance(value, bool) or not isinstance(value, int | float):
            return None
        near = (n for n, x in self.numbers.items() if math.isclose(value, x, rel_tol=1e-9))
        return next(near, None)


def leaks(secret: Secret, roots: Iterable[tuple[str, object]]) -> Iterator[str]:
    """`path: what` of everything that the roots hold and should not."""
    for name, root in roots:
        for held in walk(root, name):
            what = secret.found(held)
            if what is not None:
                yield f"{held.path}: {what}"


def forms(name: str, value: float, unit: str) -> dict[str, float]:
    """A number and what it would be as a fraction, as what is left of 100 %, and as a factor."""
    found = {name: value}
    if unit == "%":
        found[f"{name} as a fraction"] = value / 100
        found[f"{name} as what is left"] = 100 - value
        found[f"{name} as a fraction left"] = 1 - value / 100
        found[f"{name} as a factor"] = 1 + value / 100
    return found


def odd_truth(indicator: Indicator) -> dict[str, float]:
    """True values between nominal and failing that nothing else would hit by accident."""
    return {
        row.row: _between(indicator.nominal[row.row], indicator.failing[row.row])
        for row in indicator.criteria
    }


def _between(nominal: object, failing: object) -> float:
    assert isinstance(nominal, float) and isinstance(failing, float)
    return nominal + 0.371415926535 * (failing - nominal)


def secret_of(indicator: Indicator, truth: Mapping[str, float], *, limits: bool) -> Secret:
    """The indicator's keys and true values, with its limits where these are numbers that nothing
    else would hit."""
    numbers: dict[str, float] = {}
    for row in indicator.criteria:
        numbers |= forms(f"the true {row.row}", truth[row.row], row.unit)
        if limits:
            numbers |= forms(f"the limit of {row.row}", row.number, row.unit)
    return Secret(numbers, frozenset(row.row for row in indicator.criteria))
