"""Items as the engine gives them back, for tests of what is said of them."""

from __future__ import annotations

from labctl.judging.record import RowVerdict, Verdict
from labctl.requests import ItemOutcome
from labctl.verdict import Outcome

ERROR = {
    "kind": "link",
    "message": "no answer",
    "address": "serial://com1",
    "command": "READ?",
    "answer": "",
    "remedy": "check the cable",
}


def row(outcome: Outcome, value: float | bool | None, U: float | None = 1.0) -> RowVerdict:
    """A row with the limit >= 20 %."""
    k = None if U is None else 2.0
    u = None if U is None else U / 2
    return RowVerdict(
        key="efficiency", outcome=outcome, op=">=", limit=20.0, unit="%", value=value, u=u, U=U, k=k
    )


def item(
    outcome: Outcome,
    *rows: RowVerdict,
    error: dict[str, str] | None = None,
    exit_code: int = 0,
    reasons: tuple[str, ...] = (),
) -> ItemOutcome:
    """An item with this verdict."""
    verdict = Verdict(
        id="1.1-03",
        outcome=outcome,
        simulated=True,
        rule="non-binary",
        agreement="",
        rows=rows,
        reasons=reasons,
    )
    return ItemOutcome("1.1-03", verdict, error, exit_code)
