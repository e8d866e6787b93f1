"""What a decision leaves behind: rows, conditions and the verdict, as plain frozen data."""

from __future__ import annotations

import math
from typing import Any

import msgspec

from labctl.agreement import Rule, Waiver
from labctl.indicator import Limit
from labctl.judging.outcome import Outcome
from labctl.words import Words

Value = float | bool | tuple[float, float] | None
"""A figure, an ability, a range, or None where nothing usable came."""


class RowVerdict(msgspec.Struct, frozen=True, kw_only=True):
    """The decision on one criterion, `key` in evidence; numbers in the criterion's `unit`.

    `value` is the estimate, `u` its standard uncertainty, [`lo`, `hi`] its 95 % interval, `U` half
    the interval's width and `k` = U/u; of a range these are None, since each end has its own
    (`ends`: low and high end as rows). `risk` is the specific risk (JCGM 106) that the decision is
    wrong. `tolerance` and `better` are those of `about`; `upto` decides nothing.
    """

    key: str
    outcome: Outcome
    op: str
    quantity: str = ""
    limit: Limit = None
    unit: str | None = None
    value: Value = None
    u: float | None = None
    U: float | None = None
    k: float | None = None
    lo: float | None = None
    hi: float | None = None
    risk: float | None = None
    upto: float | None = None
    tolerance: float | None = None
    better: str = ""
    statistic: str = ""
    over: str = ""
    reasons: tuple[str, ...] = ()
    ends: tuple[RowVerdict, ...] = ()

    @property
    def reason(self) -> str:
        """The reasons in one line, "" where there is none."""
        return "; ".join(self.reasons)

    def as_dict(self) -> dict[str, Any]:
        """The row as `labctl run --json` prints it; NaN and infinity become None."""
        return {
            "key": self.key,
            "value": _plain(self.value),
            "unit": self.unit,
            "u": _plain(self.u),
            "U": _plain(self.U),
            "k": _plain(self.k),
            "op": self.op,
            "limit": _plain(self.limit),
            "outcome": str(self.outcome),
        }


class ConditionVerdict(msgspec.Struct, frozen=True, kw_only=True):
    """The decision on one condition.

    `state` is "held", "not held", "not observed", "not observable" (U exceeds the tolerance),
    "short" (less exposure than asked for) or "not agreed" (no tolerance); `outcome` is what it
    makes of the test: PASS, INVALID or INCOMPLETE. Numbers are in `unit`.
    """

    name: str
    state: str
    outcome: Outcome
    required: str
    unit: str = ""
    op: str = ""
    limit: Limit = None
    tolerance: float | None = None
    value: float | None = None
    u: float = 0.0
    low: float | None = None
    high: float | None = None
    share: float = 1.0
    text: str = ""
    declared_by: str = ""
    reason: str = ""


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """The decision on one indicator by one agreement.

    `simulated` belongs to the verdict: a simulated one is never exported as an acceptance.
    `agreement` is the SHA-256 of the agreement, `reevaluation` says that it is another one than
    that of the run's start. `reasons` say in words what keeps the outcome from PASS. `warnings`
    change no outcome and forbid to export it as an acceptance: a calibration that had ended.
    `waived` are contributions that the uncertainty does not contain although it should.
    """

    id: str
    outcome: Outcome
    simulated: bool
    rule: Rule
    agreement: str
    rows: tuple[RowVerdict, ...] = ()
    conditions: tuple[ConditionVerdict, ...] = ()
    reasons: tuple[str, ...] = ()
    left_out: tuple[Words, ...] = ()
    deviations: tuple[str, ...] = ()
    reevaluation: bool = False
    warnings: tuple[Words, ...] = ()
    waived: tuple[Waiver, ...] = ()

    @property
    def exportable(self) -> bool:
        """Whether the verdict may leave as an acceptance: PASS of a real, first evaluation, with
        calibrations that lasted."""
        bound = self.simulated or self.reevaluation or bool(self.warnings)
        return self.outcome is Outcome.PASS and not bound

    def as_dict(self, error: dict[str, str] | None = None) -> dict[str, Any]:
        """The verdict as `labctl run --json` prints it; `error` is that of an item that erred.

        value, unit, u and U are those of the row where there is one row, else None.
        """
        rows = [row.as_dict() for row in self.rows]
        sole: dict[str, Any] = rows[0] if len(rows) == 1 else {}
        return {
            "id": self.id,
            "outcome": str(self.outcome),
            "simulated": self.simulated,
            **{name: sole.get(name) for name in ("value", "unit", "u", "U")},
            "rows": rows,
            "error": error,
        }


def _plain(value: Value | Limit) -> Any:
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
