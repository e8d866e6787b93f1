"""Agreements: what is agreed before a test, in one hashed file.

```toml
rule = "non-binary"                 # or "simple", "guarded" (METROLOGY of the project: Verdict)
area_basis = "aperture area"        # definition of the measurand, where the text leaves it open
end_of_life = "80 % of the initial capacity"
statistic = "worst"                 # or "mean"
items = 1                           # number of items tested

[tolerances]                        # of conditions, by quantity or by indicator and quantity
temperature = {value = 1, unit = "K"}
"1.2-06/temperature" = {value = 5, unit = "K"}

[about]                             # of criteria with `about`, by indicator or indicator and row
"1.1-06" = {value = 10, unit = "mA*h/g"}

[[deviations]]
indicator = "1.1-03"
text = "cell of 0.25 cm2 instead of 1 cm2"

[[waived]]                          # contributions that nobody states, left out all the same
name = "spectral_drift"
by = "Chen Li"                      # the engineer who answers for it
reason = "xenon lamp of 20 h, its spectrum was measured before and after"

[customer]                          # for whom; printed in the report
name = "Example Photovoltaics Ltd"
contact = "quality@example.org"

[sampling]                          # where the items were sampled by a plan
plan = "GB/T 2828.1, AQL 1.0"
by = "customer"
date = "2026-03-01"

[[external]]                        # results of other providers
indicator = "1.1-02"
provider = "Example Testing Institute"
```
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar, cast

import msgspec

from labctl.commission import Customer, External, Sampling
from labctl.errors import BenchError
from labctl.indicator import Condition, Criterion

T = TypeVar("T")

Rule = Literal["non-binary", "simple", "guarded"]
"""Decision rules: ILAC-G8 non-binary with guard bands, simple acceptance, guarded acceptance."""


LATER = ("waived", "customer", "sampling", "external")
"""Fields that agreements of earlier journals do not have."""


class Tolerance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A half-width: a difference `value` in `unit`; `%` of the set point where its unit differs."""

    value: float
    unit: str


class Deviation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A departure from the indicator's text that both sides accepted; printed with the verdict."""

    indicator: str
    text: str


class Waiver(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A contribution `name` to the uncertainty that is not stated and is not asked for.

    `by` is the engineer who answers for it, `reason` why; both are printed with the verdict.
    """

    name: str
    by: str
    reason: str


class Agreement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is agreed before a test; equal agreements have equal `sha256`.

    `rule` decides; `tolerances` (conditions) and `about` (criteria) replace the defaults of the
    map. `area_basis`, `end_of_life`, `statistic` and `items` define the measurand where the
    guideline leaves it open; they and the `deviations` stand in the record. `waived` names
    contributions to the uncertainty that may be missing. `customer`, `sampling` and `external`
    results are printed in the report.
    """

    rule: Rule = "non-binary"
    area_basis: str = ""
    end_of_life: str = ""
    statistic: Literal["", "worst", "mean"] = ""
    items: int = 1
    tolerances: dict[str, Tolerance] = {}
    about: dict[str, Tolerance] = {}
    deviations: tuple[Deviation, ...] = ()
    waived: tuple[Waiver, ...] = ()
    customer: Customer | None = None
    sampling: Sampling | None = None
    external: tuple[External, ...] = ()

    @property
    def canonical(self) -> bytes:
        """The agreement as JSON with sorted keys: what is hashed.

        Without what is empty of `LATER`: older journals know such agreements by that hash.
        """
        plain = msgspec.to_builtins(self)
        for name in LATER:
            if not plain[name]:
                del plain[name]
        return msgspec.json.encode(plain, order="sorted")

    @property
    def sha256(self) -> str:
        """SHA-256 of the canonical form, in hexadecimal."""
        return hashlib.sha256(self.canonical).hexdigest()

    def tolerance_of(self, indicator: str, condition: Condition) -> Tolerance | None:
        """The agreed tolerance of a condition: the indicator's own, else the quantity's."""
        own = self.tolerances.get(f"{indicator}/{condition.quantity}")
        return own or self.tolerances.get(condition.quantity)

    def about_of(self, indicator: str, criterion: Criterion) -> Tolerance | None:
        """The agreed tolerance of an `about` row: the row's own, else the indicator's."""
        return self.about.get(f"{indicator}/{criterion.row}") or self.about.get(indicator)

    def deviations_of(self, indicator: str) -> tuple[Deviation, ...]:
        """The deviations agreed for an indicator."""
        return tuple(d for d in self.deviations if d.indicator == indicator)

    def waiver_of(self, name: str) -> Waiver | None:
        """Who waived the contribution `name`; None where nobody did."""
        return next((one for one in self.waived if one.name == name), None)


@cache
def default() -> Agreement:
    """The agreement of a test without a file: the non-binary rule and the map's tolerances."""
    return Agreement()


def load(path: Path) -> Agreement:
    """The agreement in a TOML file; `BenchError` names file, line or key, and what was expected."""
    import tomllib

    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8-sig") + "\n")
    except OSError as error:
        raise BenchError(f"{path}: cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BenchError(f"{path}: not TOML: {error}") from error
    for table, key, tolerance in _tolerances(rows):
        _check_tolerance(f'{path}: key {table}."{key}"', tolerance)
    agreement = _converted(str(path), rows, Agreement)
    if agreement.items < 1:
        raise BenchError(f"{path}: key items: expected 1 or more, got {agreement.items}")
    for waiver in agreement.waived:
        if not all(text.strip() for text in (waiver.name, waiver.by, waiver.reason)):
            raise BenchError(f"{path}: key waived: expected name, by and reason, none empty")
    return agreement


def _tolerances(rows: dict[str, Any]) -> Iterator[tuple[str, str, object]]:
    """Every row of the tables of tolerances, each to be checked under its own name."""
    for table in ("tolerances", "about"):
        found: object = rows.get(table)
        if isinstance(found, dict):
            for key, tolerance in cast("dict[str, object]", found).items():
                yield table, key, tolerance


def _converted(where: str, rows: object, type: type[T]) -> T:
    try:
        return msgspec.convert(rows, type)
    except msgspec.ValidationError as error:
        raise BenchError(f"{where}: {_sentence(str(error))}") from error


def _sentence(message: str) -> str:
    """msgspec's message with its path (`$.tolerances[...].unit`) turned into a leading key."""
    text, _, place = message.partition(" - at `")
    key = place.rstrip("`").removeprefix("$").removeprefix(".")
    return f"key {key}: {text}" if key else text


def _check_tolerance(where: str, row: object) -> None:
    from labctl.units import known

    tolerance = _converted(where, row, Tolerance)
    if not (math.isfinite(tolerance.value) and tolerance.value > 0):
        raise BenchError(f"{where}.value: expected a number above 0, got {tolerance.value:g}")
    if not known(tolerance.unit):
        raise BenchError(f"{where}.unit: unknown unit {tolerance.unit!r}")
