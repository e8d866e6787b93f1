"""Faults on simulated benches: put into a bench file, and what may come of one. Pure.

A failing device never passes and a good one never fails without the fault being named; a figure is
not moved by more than its U without being told. An error names the address and a remedy.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from labctl.judging.outcome import Outcome
from labctl.judging.record import RowVerdict
from labctl.requests import ItemOutcome
from labctl.testing.standing import FAILED, NOMINAL, PASSED, UNDECIDED

ERROR, SAME, WITHIN, OFF = "error", "the same", "within U", "off"
"""What a faulted item can come to, beside INVALID and INCOMPLETE."""


@dataclass(frozen=True)
class Came:
    """What a faulted item came to: `what` in a word, and `text` for people."""

    what: str
    text: str = ""


def spoiled(bench: str, tables: Sequence[Mapping[str, Any]]) -> str:
    """The text of a simulated bench file with faults in it.

    JSON spells numbers and plain text as TOML does.
    """
    rows = (
        "".join(f"{key} = {json.dumps(value)}\n" for key, value in one.items()) for one in tables
    )
    return bench + "".join(f"\n\n[[sim.faults]]\n{row}" for row in rows)


def came(item: ItemOutcome, whole: Sequence[RowVerdict]) -> Came:
    """What a faulted item came to, beside the rows `whole` of the same item undisturbed."""
    if item.error is not None:
        return Came(ERROR, f"{item.error['address']}: {item.error['message']}")
    outcome, rows = item.verdict.outcome, item.verdict.rows
    if outcome in UNDECIDED:
        return Came(str(outcome), "; ".join(item.verdict.reasons))
    if tuple(rows) == tuple(whole):
        return Came(SAME)
    off = max((apart(*pair) for pair in zip(rows, whole, strict=True)), default=0.0)
    told = ", ".join(
        f"{row.value} for {right.value}" for row, right in zip(rows, whole, strict=True)
    )
    return Came(WITHIN if off <= 1.0 else OFF, f"{told}; {off:.2g} U, {outcome}")


def apart(row: RowVerdict, whole: RowVerdict) -> float:
    """How far a figure is from that of the undisturbed run, in U of the latter; of what has no U
    infinite where it differs at all."""
    if row.ends and len(row.ends) == len(whole.ends):
        return max(apart(*pair) for pair in zip(row.ends, whole.ends, strict=True))
    if row.value == whole.value:
        return 0.0
    if isinstance(row.value, float) and isinstance(whole.value, float) and whole.U:
        return abs(row.value - whole.value) / whole.U
    return float("inf")


def wrong(item: ItemOutcome, found: Came, *, dut: str, addresses: Collection[str]) -> Iterator[str]:
    """What must not be: an error that names nothing; a verdict that a fault turned, or a figure
    that it moved, without anything telling. `addresses` are those of the bench's instruments."""
    if item.error is not None:
        if not any(address in item.error["address"] for address in addresses):
            yield "the error names no address"
        if not item.error["remedy"]:
            yield "the error names no remedy"
        if item.exit_code != 3:
            yield f"exit code {item.exit_code}"
    elif found.what == OFF:
        yield "a figure is off and nothing tells"
    elif found.what in (SAME, WITHIN) and item.verdict.outcome not in right(dut):
        yield f"{item.verdict.outcome} of the {dut} device"


def right(dut: str) -> tuple[Outcome, ...]:
    """The outcomes that are no mistake on the device `dut`."""
    return PASSED if dut == NOMINAL else FAILED
