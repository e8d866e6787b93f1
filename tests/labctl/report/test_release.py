"""A report is a draft on every page until it is authorised; which run it is of how many."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from labctl.acceptance.authorisation import FILE
from labctl.acceptance.authorising import authorise
from labctl.evidence import Attachment
from labctl.quantity import Quantity
from labctl.report.counts import counts
from labctl.report.page import page
from labctl.report.release import release_of
from labctl.report.traceability import calibration_views, gap_views
from labctl.runfile import GapRecord, open_run
from labctl.samples.fingerprint import Fingerprint
from labctl.traceable import Calibrated
from tests.labctl.acceptance.real import real_run

from .conftest import EPOCH, Record, replaced_evidence, with_item


def test_a_real_run_is_a_draft_on_every_page_until_it_is_authorised(tmp_path: Path) -> None:
    run = real_run(tmp_path / "runs").path
    text = page(open_run(run))
    assert 'class="watermark"' in text and '@top-right { content: "DRAFT"' in text
    assert "nobody has authorised it" in text
    authorise(run, "Chen Li", "I release it")
    text = page(open_run(run))
    assert "DRAFT" not in text
    assert "Chen Li" in text and "I release it" in text


def test_a_void_authorisation_is_a_draft_that_says_why(tmp_path: Path) -> None:
    run = real_run(tmp_path / "runs").path
    authorise(run, "Chen Li", "")
    path = run / FILE
    path.write_text(path.read_text(encoding="utf-8").replace("Chen Li", "Chen L"), encoding="utf-8")
    found = release_of(run)
    assert found.draft and "register of runs" in found.why[0]
    path.write_text("[", encoding="utf-8")
    assert release_of(run).draft


def test_a_folder_that_is_not_there_is_a_draft(tmp_path: Path) -> None:
    assert release_of(tmp_path / "nowhere").draft


def test_a_report_says_which_run_it_is_and_shows_the_failing_one(tmp_path: Path) -> None:
    failed = real_run(tmp_path / "runs", 80.0)
    passed = real_run(tmp_path / "runs")
    text = page(open_run(passed.path))
    assert "run 2 of 2 on this indicator and sample" in text
    assert failed.run in text
    record = open_run(failed.path)
    view = counts(record)["1.1-90"]
    assert view.text.startswith("run 1 of 2")
    assert [(one.outcome, one.own) for one in view.runs] == [("FAIL", True), ("PASS", False)]


def test_without_a_register_it_is_not_known(tmp_path: Path) -> None:
    run = real_run(tmp_path / "runs").path
    shutil.copytree(run, tmp_path / "alone" / run.name)
    assert counts(open_run(tmp_path / "alone" / run.name))["1.1-90"].text.startswith("run 1 of 1")
    register = tmp_path / "runs" / "register.jsonl"
    register.write_text(register.read_text(encoding="utf-8").replace("begun", "done", 1), "utf-8")
    assert "not known" in counts(open_run(run))["1.1-90"].text


@pytest.mark.parametrize(
    ("changes", "state", "held"),
    [
        ({"certificate": "C-1", "calibrated": "2025-06-01"}, "valid for all readings", True),
        ({"certificate": "C-1", "due": "2026-01-01"}, "valid for all readings", True),
        ({"certificate": "C-1", "due": "2025-12-31"}, "ended before the last reading", False),
        (
            {"certificate": "C-1", "due": "2025-12-31", "as_found": "within"},
            "ended before the last reading; found within specification afterwards",
            True,
        ),
        (
            {"certificate": "C-1", "as_found": "outside"},
            "found outside its specification afterwards",
            False,
        ),
        (
            {"certificate": "C-1", "calibrated": "2026-01-02"},
            "calibrated after the readings",
            False,
        ),
        ({}, "no certificate", False),
    ],
)
def test_calibrations_are_judged_at_the_readings(
    record: Record, changes: dict[str, str], state: str, held: bool
) -> None:
    one = Calibrated("source_meter", "04512345", EPOCH, EPOCH + 3600.0, **changes)  # type: ignore[arg-type]
    found = replaced_evidence(record, calibrations=(one,))
    (view,) = calibration_views(found.items[0])
    assert (view.state, view.held) == (state, held)
    assert state in page(found)


def test_interruptions_are_listed(record: Record) -> None:
    gaps = (GapRecord(EPOCH, 90.0, True, "safe"), GapRecord(EPOCH, 0.0, False, "safe"))
    found = with_item(record, gaps=gaps)
    (view,) = gap_views(found.items[0])
    assert (view.length, view.exposed) == ("90 s", "yes")
    assert "Interruptions" in page(found)


def test_fingerprints_and_the_photograph_are_shown(tmp_path: Path) -> None:
    record = open_run(real_run(tmp_path / "runs").path)
    data = b"\x89PNG\r\n\x1a\n"
    sha256 = hashlib.sha256(data).hexdigest()
    (record.path / "attachments" / sha256).write_bytes(data)
    sample, (item,) = record.items[0].sample, record.items
    assert sample is not None
    photo = Attachment("photo.png", sha256, "image/png", len(data))
    taken = Fingerprint(
        EPOCH,
        0.0,
        "start",
        {"resistance": Quantity(120.0, "ohm", 0.01)},
        {"resistance": Quantity(119.9, "ohm", 0.01)},
        "sheet",
    )
    other = replace(
        item, sample=msgspec.structs.replace(sample, photo=photo), fingerprints=(taken,)
    )
    text = page(replace(record, items=(other,)))
    assert 'src="data:image/png;base64,iVBORw0KGgo="' in text
    assert "Fingerprint of the sample" in text and "(119.900 ± 0.020) Ω (sheet)" in text
    (record.path / "attachments" / sha256).write_bytes(b"other")
    assert "<img" not in page(replace(record, items=(other,)))
