"""What nothing on a bench may hold: true values, limits, criteria, and their keys."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import msgspec

from labctl.indicator import Condition, Criterion, Indicator, Truth
from labctl.labs import SampleRequest
from tests.house.objects import Held, walk

COUNTS = 20
"""Whole numbers below are taken for counts."""

NAMES: Mapping[str, frozenset[str]] = {
    "capacity": frozenset({"sim_backends.emulators.keithley.buffers.ReadingBuffer"}),
    "length": frozenset({
        "drivers.mitutoyo.digimatic.MitutoyoDigimatic",
        "labctl.evidence.Accuracy",
        "sim_backends.models.imaging.jaws.Jaws",
    }),
    "power": frozenset({
        "drivers.california_instruments._sequoia_sheet.Rating",
        "labctl.evidence.Accuracy",
        "sim_backends.models.hybrid_plant.HybridPlant",
        "sim_backends.models.hybrid_meter.Meter",
        "sim_backends.models.hybrid_ports.BankSheet",
        "sim_backends.models.power_ports.PhaseFlow",
        "sim_backends.models.power_ports.SiteState",
        "sim_backends.models.power_ports.UnitState",
        "sim_backends.snapshot.node.Node",
    }),
    "width": frozenset({
        "sim_backends.models.imaging.sheet.PrintedSheet",
        "sim_backends.snapshot.node.Node",
    }),
}
"""Keys that are plain words too, with the classes that call what they hold so (a gauge's `length`,
a function of a data sheet, a field in a snapshot of these): anywhere else they are found."""

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
            return None if held.owner in NAMES.get(value, ()) else f"the key {value!r}"
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


def odd_truth(indicator: Indicator) -> dict[str, Truth]:
    """True values between nominal and failing that nothing else would hit by accident; of what is
    counted, or is there or not, the nominal one."""
    return {
        row.row: _between(indicator.nominal[row.row], indicator.failing[row.row])
        for row in indicator.criteria
    }


def odd_limits(indicator: Indicator) -> Indicator:
    """The same with limits that nothing else would hit by accident, also where a limit is 0."""
    rows = tuple(
        msgspec.structs.replace(row, value=row.value * 1.0314159 or 0.0314159)
        if isinstance(row.value, float)
        else row
        for row in indicator.criteria
    )
    return msgspec.structs.replace(indicator, criteria=rows)


def _between(nominal: Truth, failing: Truth) -> Truth:
    ends = (nominal, failing)
    if not all(isinstance(end, float) for end in ends) or all(_is_count(end) for end in ends):
        return nominal
    assert isinstance(nominal, float) and isinstance(failing, float)
    return nominal + 0.371415926535 * (failing - nominal)


def _is_count(value: Truth) -> bool:
    """Whether it may be a count: a small whole number, which other numbers hit by accident."""
    return isinstance(value, float) and value.is_integer() and abs(value) < COUNTS


def secret_of(indicator: Indicator, truth: Mapping[str, Truth], *, limits: bool) -> Secret:
    """The indicator's keys and true values but counts, with its limits where these are numbers that
    nothing else would hit."""
    numbers: dict[str, float] = {}
    for row in indicator.criteria:
        true = truth[row.row]
        if isinstance(true, float) and not _is_count(true):
            numbers |= forms(f"the true {row.row}", true, row.unit)
        if limits and isinstance(row.value, float):
            numbers |= forms(f"the limit of {row.row}", row.number, row.unit)
    return Secret(numbers, frozenset(row.row for row in indicator.criteria))
