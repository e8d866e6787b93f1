"""What the verdict on a device of the map says about its procedure. Pure.

A procedure is right when it passes the nominal device and fails the failing one. A conditional
outcome on the right side is no mistake, and is named. No decision on a device that nothing
disturbs, INVALID or INCOMPLETE, is a failure of the procedure.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from labctl.judging.limittext import limits_of
from labctl.judging.outcome import Outcome
from labctl.judging.record import RowVerdict, Verdict
from labctl.requests import ItemOutcome

NOMINAL, FAILING = "nominal", "failing"
DUTS = (NOMINAL, FAILING)
"""The devices of the map."""

PASSED = (Outcome.PASS, Outcome.CONDITIONAL_PASS)
FAILED = (Outcome.FAIL, Outcome.CONDITIONAL_FAIL)
UNDECIDED = (Outcome.INVALID, Outcome.INCOMPLETE)

THIN = 2.5
"""A margin is thin where a limit is nearer than so many U."""

DEFECT = 4
"""Exit class of an item that erred by a defect of labctl or of the procedure."""


class Standing(StrEnum):
    """What an item says of its procedure, the worst last."""

    RIGHT = "right"
    CONDITIONAL = "conditional"
    UNDECIDED = "undecided"
    WRONG = "wrong"
    ERROR = "error"
    DEFECT = "defect"

    @property
    def good(self) -> bool:
        """Whether it is no failure."""
        return self in (Standing.RIGHT, Standing.CONDITIONAL)


def standing(item: ItemOutcome, dut: str) -> Standing:
    """What the item on the device `dut`, undisturbed, says of its procedure."""
    if item.error is not None:
        return Standing.DEFECT if item.exit_code == DEFECT else Standing.ERROR
    outcome = item.verdict.outcome
    if outcome in UNDECIDED:
        return Standing.UNDECIDED
    sure, conditional = PASSED if dut == NOMINAL else FAILED
    if outcome is sure:
        return Standing.RIGHT
    return Standing.CONDITIONAL if outcome is conditional else Standing.WRONG


def why(item: ItemOutcome) -> str:
    """The outcome in words, with its reasons or the error."""
    if item.error is not None:
        where = f" ({item.error['address']})" if item.error.get("address") else ""
        return f"{item.error['kind']}: {item.error['message']}{where}"
    reasons = "; ".join(item.verdict.reasons)
    return f"{item.verdict.outcome}: {reasons}" if reasons else str(item.verdict.outcome)


def margin(verdict: Verdict, dut: str) -> float | None:
    """How many U the verdict on the device `dut` is away from turning over; None without U.

    The smallest distance of a figure from its limits; where the device is failing, of the rows
    that fail it the largest, since one suffices.
    """
    rows = [row for row in verdict.rows if dut == NOMINAL or row.outcome in FAILED]
    found = [min(each) for row in rows if (each := list(_margins(row)))]
    if not found:
        return None
    return min(found) if dut == NOMINAL else max(found)


def _margins(row: RowVerdict) -> Iterator[float]:
    """Distances of a row's figures from their limits, in U."""
    for end in row.ends or (row,):
        if isinstance(end.value, float) and end.U:
            yield from (abs(end.value - limit) / end.U for limit in _counting(end))


def _counting(row: RowVerdict) -> tuple[float, ...]:
    """The limits that count: of a tolerance of which one side is better, the other one."""
    limits = limits_of(row)
    if row.op != "about" or not row.better:
        return limits
    return limits[:1] if row.better == "higher" else limits[1:]
