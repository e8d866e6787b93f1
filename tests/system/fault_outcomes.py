"""What a run with a fault came to, and whether that may be."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from labctl.requests import ItemOutcome
from labctl.runfile import ItemRecord, open_run
from labctl.verdict import Outcome, RowVerdict
from rigs.benches import simulated_bench
from tests.runcheck import check_run
from tests.system.fault_cases import AT_THE_SENSOR, GOOD, Case, Table
from tests.system.fault_moments import SEED, indicator, undisturbed
from tests.system.photovoltaic_bench import FEW, energy, measured, watch

BENCH = simulated_bench("photovoltaic").read_text(encoding="utf-8")
PASSED = (Outcome.PASS, Outcome.CONDITIONAL_PASS)
FAILED = (Outcome.FAIL, Outcome.CONDITIONAL_FAIL)
ERROR, THE_SAME, WITHIN, OFF, BLIND = "error", "the same", "within U", "off", "unseen"
"""What a case can come to, beside INVALID and INCOMPLETE."""

NO_SECOND = (
    "no second instrument measures the device's current and voltage: the meter's calibration and "
    "an intermediate check on a known resistor have to tell"
)
COARSE_SECOND = (
    "the lamp's monitor, the only other one that sees the light, is good to 5 %: a cell or meter "
    "that is wrong by less looks like a lamp that drifts; both stand in the journal side by side"
)
ONE_SENSOR = (
    "one sensor sees the chuck, to 0.1 K, and its controller acts on it: what it sees stays right "
    "while the chuck goes away; a second sensor is what could tell"
)
UNSEEN: dict[tuple[str, str], str] = {
    **{("source_meter", kind): NO_SECOND for kind in AT_THE_SENSOR},
    **{("reference_meter", kind): COARSE_SECOND for kind in AT_THE_SENSOR},
    **{("chuck", kind): ONE_SENSOR for kind in (*AT_THE_SENSOR, "stuck")},
}
"""Why nothing on the bench can tell a kind of fault of a role, by (role, kind)."""


@dataclass(frozen=True)
class Came:
    """What a case came to: `what` in a word, `problems` that must not be, `text` for people."""

    what: str
    problems: tuple[str, ...]
    text: str


def tried(case: Case) -> Came:
    """Run a case on a bench of its own."""
    with tempfile.TemporaryDirectory(prefix="labctl-faults-") as folder:
        bench = Path(folder) / "bench.toml"
        bench.write_text(f"{BENCH}\n\n[[sim.faults]]\n{toml(case.table)}", encoding="utf-8")
        with pytest.MonkeyPatch.context() as patched:
            benches = watch(patched)
            outcome = measured(
                Path(folder) / "runs",
                indicator(case.item),
                dut=case.dut,
                seed=SEED,
                draws=FEW,
                bench=bench,
            )
            left = [role for role, on in energy(benches).items() if on]
        (item,), (record,) = outcome.items, open_run(outcome.path).items
        problems = [str(problem) for problem in check_run(outcome.path)]
    what, text = came(case, item)
    if what == OFF and unseen(case):
        what = BLIND
    problems += [*_unsafe(case, record, left), *_wrong(case, item, what)]
    return Came(what, tuple(problems), text)


def toml(table: Table) -> str:
    """The table in TOML; JSON spells numbers and plain text alike."""
    return "".join(f"{key} = {json.dumps(value)}\n" for key, value in table.items())


def came(case: Case, item: ItemOutcome) -> tuple[str, str]:
    """What an item came to in a word, and its details."""
    if item.error is not None:
        return ERROR, f"{item.error['address']}: {item.error['message']}"
    (row,) = item.verdict.rows
    whole = undisturbed(case.item, case.dut)
    if item.verdict.outcome not in (*PASSED, *FAILED):
        return str(item.verdict.outcome), "; ".join(item.verdict.reasons)
    if row == whole.row:
        return THE_SAME, ""
    off = apart(row, whole.row)
    text = f"{row.value:.5g} for {whole.row.value:.5g}, {off:.2g} U, {item.verdict.outcome}"
    return (WITHIN if off <= 1.0 else OFF), text


def unseen(case: Case) -> bool:
    """Whether nothing on the bench can tell this fault."""
    return (case.role, case.kind) in UNSEEN


def apart(row: RowVerdict, whole: RowVerdict) -> float:
    """How far a figure is from that of the undisturbed run, in U of the latter."""
    assert isinstance(row.value, float) and isinstance(whole.value, float)
    assert isinstance(whole.U, float)
    return abs(row.value - whole.value) / whole.U


def _unsafe(case: Case, record: ItemRecord, left: list[str]) -> Iterator[str]:
    """Roles that put out something at the end.

    The faulty one may where it is out of reach from then on and the run says so.
    """
    told = " ".join(event.text for event in record.events if event.kind == "not safe")
    address = undisturbed(case.item, case.dut).addresses[case.role]
    for role in left:
        if role != case.role or case.lasts != GOOD or address not in told:
            yield f"{role} is not safe"


def _wrong(case: Case, item: ItemOutcome, what: str) -> Iterator[str]:
    """An error that names nothing; a verdict that a fault turned or a figure that it moved."""
    if item.error is not None:
        addresses = undisturbed(case.item, case.dut).addresses.values()
        if not any(address in item.error["address"] for address in addresses):
            yield "no address"
        if not item.error["remedy"]:
            yield "no remedy"
        if item.exit_code != 3:
            yield f"exit code {item.exit_code}"
    elif what == OFF:
        yield "a figure is off and nothing tells"
    elif what in (THE_SAME, WITHIN):
        right = PASSED if case.dut == "nominal" else FAILED
        if item.verdict.outcome not in right:
            yield f"{item.verdict.outcome} of the {case.dut} sample"
