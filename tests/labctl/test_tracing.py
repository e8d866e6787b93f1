"""Calibrations in evidence, from the journal's readings; starts that are refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from labctl import clock
from labctl.engine import RunOutcome, execute
from labctl.errors import UsageError
from labctl.evidence import Contribution, Evidence, Identity, Instrument
from labctl.indicator import Condition
from labctl.journal.reader import Reader
from labctl.lasting import exposure_seconds, override_of
from labctl.traceable import Calibrated, Override
from labctl.tracing import traced
from labctl.words import said
from tests.labctl.calibrated import CertifiedLab, certificate
from tests.labctl.fakelab import ADDRESS, INDICATOR, FakeLab, measure, request

EPOCH = clock.VIRTUAL_EPOCH
OVERRIDE = Override("Chen Li", "the laboratory is booked")


def ran(runs: Path, lab: FakeLab, **more: Any) -> RunOutcome:
    return execute(request(runs, **more), lambda _: lab.bound(measure))


def evidence_of(outcome: RunOutcome) -> Evidence:
    with Reader(outcome.path / "journal.db") as reader:
        found = reader.fact(1, "evidence", Evidence)
    assert found is not None
    return found


def test_a_calibration_over_the_time_of_its_readings(tmp_path: Path) -> None:
    outcome = ran(tmp_path, CertifiedLab(stated=certificate()))
    (one,) = evidence_of(outcome).calibrations
    assert (one.role, one.serial, one.certificate) == ("meter", "SIM-7", "K-17")
    assert (one.laboratory, one.calibrated, one.due) == ("NIM", "2025-06-01", "2026-05-31")
    assert EPOCH <= one.first < EPOCH + 1.0 and 3600.0 <= one.last - one.first < 3602.0
    verdict = outcome.items[0].verdict
    assert (verdict.outcome, verdict.warnings) == ("PASS", ())


@pytest.mark.parametrize(
    ("stated", "text"),
    [
        (certificate(calibrated="2026-01-02"), "read on 2026-01-01, before its calibration K-17"),
        (certificate(serial="SIM-8"), None),
        (certificate(calibrated="", due=""), ""),
    ],
)
def test_what_the_verdict_warns_of(tmp_path: Path, stated: Any, text: str | None) -> None:
    outcome = ran(tmp_path, CertifiedLab(stated=stated))
    warnings = [said(words) for words in outcome.items[0].verdict.warnings]
    assert len(warnings) == bool(text)
    assert all(text in warning for warning in warnings if text)
    assert len(evidence_of(outcome).calibrations) == (0 if text is None else 1)


def test_a_certificate_of_no_role_counts_over_all_readings(tmp_path: Path) -> None:
    lab = CertifiedLab(stated=certificate(serial="RC-1"), role="reference_cell")
    (one,) = evidence_of(ran(tmp_path, lab)).calibrations
    assert (one.role, one.serial) == ("reference_cell", "RC-1")
    assert one.last - one.first > 3599.0


def test_a_start_that_a_calibration_ends_before_is_refused(tmp_path: Path) -> None:
    # 1 h of exposure from 2026-01-01T00:00:00Z: a calibration may end on that day, not before.
    assert ran(tmp_path, CertifiedLab(stated=certificate(due="2026-01-01"))).items[0].error is None
    lab = CertifiedLab(stated=certificate(due="2025-12-31"))
    done = ran(tmp_path, lab).items[0]
    assert done.verdict.outcome == "INCOMPLETE"
    assert done.error is not None and done.error["kind"] == "bench"
    assert "meter: the calibration K-17 ends on 2025-12-31" in done.error["message"]
    assert "--override-calibration" in done.error["remedy"]
    assert "hold" not in lab.rigs[0].events and lab.rigs[0].meter.count == 0


def test_an_engineer_begins_all_the_same_and_is_named(tmp_path: Path) -> None:
    lab = CertifiedLab(stated=certificate(due="2025-12-31"))
    outcome = ran(tmp_path, lab, overrides=(OVERRIDE,))
    assert evidence_of(outcome).overrides == (OVERRIDE,)
    late, by = (said(words) for words in outcome.items[0].verdict.warnings)
    assert "read on 2026-01-01, after its calibration K-17 ended on 2025-12-31" in late
    assert "Chen Li: the laboratory is booked" in by
    fine = ran(tmp_path, CertifiedLab(stated=certificate()), overrides=(OVERRIDE,))
    assert evidence_of(fine).overrides == () and not fine.items[0].verdict.warnings


@pytest.mark.parametrize(
    ("conditions", "seconds"),
    [
        ((), 0.0),
        ((("duration", 1000.0, "h"),), 3.6e6),
        ((("duration", 1.0, "h"), ("light_duration", 30.0, "min")), 5400.0),
        ((("cycles", 1000.0, "cyc"),), 0.0),
    ],
)
def test_how_long_an_item_lasts_at_least(conditions: Any, seconds: float) -> None:
    rows = [Condition(quantity=name, value=value, unit=unit) for name, value, unit in conditions]
    words = Condition(aspect="medium", text="air")
    indicator = msgspec.structs.replace(INDICATOR, conditions=(*rows, words))
    assert exposure_seconds(indicator) == pytest.approx(seconds)


def test_an_override_names_who_and_why() -> None:
    assert override_of("Chen Li: booked: until May") == Override("Chen Li", "booked: until May")
    for text in ("Chen Li", "Chen Li:", ": why", ""):
        with pytest.raises(UsageError, match="names no engineer"):
            override_of(text)


class Recorded:
    """A journal with one instrument that was read from 5 s to 9 s."""

    def __init__(self, serial: str) -> None:
        self.serial = serial

    def instruments(self, item: int) -> tuple[Instrument, ...]:
        return (Instrument("meter", "fake.r1", ADDRESS, Identity("Fake", "R1", self.serial)),)

    def facts(self, item: int, name: str, kind: object) -> tuple[object, ...]:
        return ()

    def fact(self, item: int, name: str, kind: object) -> None:
        return None

    def rows(self, sql: str, *values: object) -> list[tuple[str, float, float]]:
        return [(self.serial, 5.0, 9.0)]


@pytest.mark.parametrize(
    ("serial", "source", "named"),
    [
        ("7", "7/resistance/1000 ohm", True),
        ("7", "sample/area", False),
        ("SIM-7", "SIM-7/x", False),
    ],
)
def test_a_real_instrument_in_a_budget_needs_a_certificate(
    serial: str, source: str, named: bool
) -> None:
    evidence = Evidence({}, budget=(Contribution("resistance", source, 0.1),))
    found = traced(evidence, Recorded(serial), 1)  # type: ignore[arg-type]
    assert found.calibrations == ((Calibrated("meter", "7", 5.0, 9.0),) if named else ())
