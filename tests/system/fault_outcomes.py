"""What a run with a fault came to, and whether that may be."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from labctl.runfile import ItemRecord, open_run
from labctl.testing import faulted
from rigs.benches import simulated_bench
from tests.runcheck import check_run
from tests.system.fault_cases import AT_THE_SENSOR, GOOD, Case
from tests.system.fault_moments import SEED, indicator, undisturbed
from tests.system.photovoltaic_bench import FEW, energy, measured, watch

BENCH = simulated_bench("photovoltaic").read_text(encoding="utf-8")
BLIND = "unseen"
"""What a case comes to that nothing on the bench can tell."""

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
        bench.write_text(faulted.spoiled(BENCH, [case.table]), encoding="utf-8")
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
    whole = undisturbed(case.item, case.dut)
    found = faulted.came(item, whole.verdict.rows)
    if found.what == faulted.OFF and unseen(case):
        found = faulted.Came(BLIND, found.text)
    addresses = whole.addresses.values()
    problems += _unsafe(case, record, left)
    problems += faulted.wrong(item, found, dut=case.dut, addresses=addresses)
    return Came(found.what, tuple(problems), found.text)


def unseen(case: Case) -> bool:
    """Whether nothing on the bench can tell this fault."""
    return (case.role, case.kind) in UNSEEN


def _unsafe(case: Case, record: ItemRecord, left: list[str]) -> Iterator[str]:
    """Roles that put out something at the end.

    The faulty one may where it is out of reach from then on and the run says so.
    """
    told = " ".join(event.text for event in record.events if event.kind == "not safe")
    address = undisturbed(case.item, case.dut).addresses[case.role]
    for role in left:
        if role != case.role or case.lasts != GOOD or address not in told:
            yield f"{role} is not safe"
