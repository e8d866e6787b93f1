"""Re-evaluation: by another agreement or with later calibrations, the run staying as it is."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import msgspec
import pytest

from labctl.agreement import Agreement, Tolerance, Waiver
from labctl.calibration import Certificate
from labctl.engine import RunOutcome, execute
from labctl.evidence import Evidence, Figure, Observed
from labctl.indicator import Condition, Criterion
from labctl.rejudging import Reevaluated, later_found, recounted, reevaluate
from labctl.run import Run
from labctl.traceable import Calibrated, Override, Unstated
from labctl.words import said
from tests.labctl.calibrated import CertifiedLab, certificate
from tests.labctl.fakelab import INDICATOR, FakeLab, OhmRig, observed_duration, request

NEAR = Figure(100.5, "ohm", 0.5, 99.5, 101.5)
"""CONDITIONAL PASS by the non-binary rule, PASS by the simple one."""


def ran(
    runs: Path, lab: FakeLab | None = None, unstated: tuple[Unstated, ...] = (), **more: Any
) -> RunOutcome:
    async def measure(run: Run, rig: OhmRig) -> Evidence:
        async def read() -> float:
            reading = await rig.meter.read()
            await run.record("resistance", reading)
            return reading.value

        await run.step("read", read, float)
        run.observe(observed_duration(3600.0))
        return run.evidence({"resistance": NEAR}, how="once", unstated=unstated)

    bench = lab or FakeLab()
    return execute(request(runs, **more), lambda _: bench.bound(measure))


def judged(run: RunOutcome, agreement: Agreement | None, *certificates: Certificate) -> Reevaluated:
    (found,) = reevaluate(run.path, agreement, certificates)
    return found


def digest(run: RunOutcome) -> str:
    return hashlib.sha256((run.path / "journal.db").read_bytes()).hexdigest()


def test_another_agreement_is_a_reevaluation_and_the_run_stays(tmp_path: Path) -> None:
    run = ran(tmp_path)
    before = digest(run)
    found = judged(run, Agreement(rule="simple"))
    assert found.before is not None and found.now is not None
    assert (found.before.outcome, found.now.outcome) == ("CONDITIONAL PASS", "PASS")
    assert (found.now.reevaluation, found.now.rule) == (True, "simple")
    assert not msgspec.structs.replace(found.now, simulated=False).exportable
    assert digest(run) == before
    told = found.as_dict()
    assert (told["before"], told["outcome"], told["reevaluation"]) == (
        "CONDITIONAL PASS",
        "PASS",
        True,
    )


def test_the_own_agreement_is_none(tmp_path: Path) -> None:
    run = ran(tmp_path)
    for own in (None, Agreement()):
        found = judged(run, own)
        assert found.now == found.before and found.now is not None
        assert not found.now.reevaluation


def test_a_waiver_afterwards(tmp_path: Path) -> None:
    run = ran(tmp_path, unstated=(Unstated("contact"),))
    waiver = Waiver("contact", "Chen Li", "soldered")
    found = judged(run, Agreement(waived=(waiver,)))
    assert found.before is not None and found.before.outcome == "INCOMPLETE"
    assert found.now is not None and found.now.outcome == "CONDITIONAL PASS"
    assert found.now.waived == (waiver,)


def test_a_later_calibration_restores_validity(tmp_path: Path) -> None:
    lab = CertifiedLab(stated=certificate(due="2025-12-31"))
    run = ran(tmp_path, lab, overrides=(Override("Chen Li", "booked"),))
    later = certificate(number="K-18", calibrated="2026-02-01", due="2027-01-31")
    for as_found, text in (("within", ""), ("outside", "found it outside"), ("", "after its")):
        found = judged(run, None, msgspec.structs.replace(later, as_found=as_found))
        assert found.now is not None and not found.now.reevaluation
        warnings = " / ".join(said(words) for words in found.now.warnings)
        assert ("after its calibration" in warnings) == (as_found != "within")
        assert text in warnings and "Chen Li" in warnings


def test_the_next_calibration_after_the_readings_tells() -> None:
    read = Calibrated("meter", "SIM-7", 0.0, 86400.0, "K-1", as_found="")
    days = {"1970-01-01": "outside", "1970-01-03": "within", "1970-06-01": "outside"}
    known = [certificate(calibrated=day, as_found=found, number=day) for day, found in days.items()]
    assert later_found(read, known).as_found == "within"
    others = [certificate(serial="OTHER", calibrated="1970-01-03", as_found="outside")]
    assert later_found(read, [*others, certificate(calibrated="")]) == read


def test_another_measurand_is_told(tmp_path: Path) -> None:
    found = judged(ran(tmp_path), Agreement(area_basis="aperture", items=3))
    assert found.now is not None
    assert [said(words) for words in found.now.warnings] == [
        "area_basis: the figure was made for not agreed, agreed is now aperture",
        "items: the figure was made for 1, agreed is now 3",
    ]


def test_an_item_that_erred_or_is_not_finished(tmp_path: Path) -> None:
    erred = execute(request(tmp_path), lambda _: None)
    found = judged(erred, Agreement(rule="simple"))
    assert found.now is not None and found.now.outcome == "INCOMPLETE"
    assert Reevaluated(INDICATOR).as_dict() == {"id": "1.1-90", "before": None, "outcome": None}


HOT = Condition(quantity="temperature", value=25.0, unit="degC")
WARM = msgspec.structs.replace(
    INDICATOR, conditions=(HOT,), criteria=(Criterion(quantity="x", op=">=", value=1.0, unit="V"),)
)


@pytest.mark.parametrize(("kelvin", "share"), [(2.0, 0.995), (1.0, 1.0), (5.0, 1.0)])
def test_a_share_counts_for_the_tolerance_that_it_was_counted_with(
    kelvin: float, share: float
) -> None:
    seen = Observed("temperature", 25.0, "degC", low=22.0, high=25.5, share=0.995)
    other = Agreement(tolerances={"temperature": Tolerance(kelvin, "K")})
    (found,) = recounted([seen], WARM, Agreement(), other)
    assert found.share == share
