"""The dossier procedure on all document indicators: conforming and broken simulated dossiers."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from labctl import clock
from labctl.agreement import default
from labctl.catalogue import load
from labctl.errors import BenchError
from labctl.evidence import Evidence
from labctl.indicator import Indicator
from labctl.item import wanted_of
from labctl.procedure import registered
from labctl.sample import Sample
from labctl.verdict import Outcome, judge
from labctl.words import said
from procedures import dossier as module
from procedures.documents import counting, findings, reading
from procedures.documents.ids import IDS
from rigs.dossier import DossierRig
from sim_backends import dossier as simulated
from tests.procedures.fake_run import FakeRun

DOCUMENTS = tuple(one for one in load().indicators if one.evidence == "document")


def write(folder: Path, indicator: Indicator, dut: str, seed: int = 1) -> Path:
    criteria = [msgspec.to_builtins(row) for row in indicator.criteria]
    conditions = [msgspec.to_builtins(row) for row in indicator.conditions]
    simulated.write(folder, indicator.id, criteria, conditions, dut=dut, seed=seed)
    return folder


def outcome(folder: Path, indicator: Indicator) -> tuple[Outcome, str]:
    read = clock.run(reading.read(folder), virtual=True)
    wanted = wanted_of(indicator)
    counted = counting.count(read, wanted)
    seen = tuple(findings.conditions(read, counted))
    evidence = Evidence(counted.results, conditions=seen, missing=counted.missing)
    verdict = judge(indicator, evidence, default(), simulated=True)
    return verdict.outcome, f"{verdict.reasons}\n{findings.account(read, counted, wanted)}"


def test_every_document_indicator_has_the_procedure() -> None:
    assert [one.id for one in DOCUMENTS] == list(IDS)
    specs = registered()
    assert all(specs[one].function is module.dossier for one in IDS)
    assert len(set(IDS)) == 329


@pytest.mark.parametrize(
    ("dut", "expected"), [("nominal", Outcome.PASS), ("failing", Outcome.FAIL)]
)
def test_every_document_indicator_is_decided(dut: str, expected: Outcome, tmp_path: Path) -> None:
    wrong: list[str] = []
    for indicator in DOCUMENTS:
        found, why = outcome(write(tmp_path / indicator.id, indicator, dut), indicator)
        if found is not expected:
            wrong.append(f"{indicator.id}: {found}, expected {expected}\n{why}")
    assert not wrong, "\n\n".join(wrong)


@pytest.mark.parametrize("one", ["5.3-16", "10.9-14", "1.3-13", "3.11-01", "9.7-13", "10.5-03"])
def test_every_defect_is_found(one: str, tmp_path: Path) -> None:
    """Over many seeds each kind of defect comes up."""
    indicator = load().get(one)
    for seed in range(2, 30):
        found, why = outcome(write(tmp_path / str(seed), indicator, "failing", seed), indicator)
        assert found is Outcome.FAIL, f"seed {seed}: {why}"


def procedure_on(folder: Path, indicator: Indicator) -> tuple[Evidence, FakeRun]:
    fake = FakeRun(Sample("", ""), wanted=wanted_of(indicator), item=indicator.id)
    return clock.run(module.dossier(fake.run, DossierRig(folder)), virtual=True), fake


def test_the_procedure_gives_evidence_with_the_check_list(tmp_path: Path) -> None:
    indicator = load().get("5.3-16")
    told, fake = procedure_on(write(tmp_path, indicator, "nominal"), indicator)
    assert judge(indicator, told, default(), simulated=True).outcome is Outcome.PASS
    listed = msgspec.json.decode(fake.files["check-list.json"])
    assert listed["checked_by"] == "SIM-Zhang Min"
    assert all(len(entry["sha256"]) == 64 for entry in listed["entries"])
    assert "patent_applications: one each." in [said(words) for words in told.how]
    assert findings.LEFT_OUT in told.left_out


def test_the_dossier_of_another_indicator_is_refused(tmp_path: Path) -> None:
    write(tmp_path, load().get("5.3-16"), "nominal")
    with pytest.raises(BenchError, match=r"indicator is '5.3-16'.*this run is about 5.3-17"):
        procedure_on(tmp_path, load().get("5.3-17"))


def test_an_unsigned_dossier_shows_nothing(tmp_path: Path) -> None:
    indicator = load().get("5.3-16")
    index = write(tmp_path, indicator, "nominal") / "dossier.toml"
    text = index.read_text(encoding="utf-8").replace('checked_by = "SIM-Zhang Min"\n', "")
    index.write_text(text, encoding="utf-8")
    found, why = outcome(tmp_path, indicator)
    assert found is Outcome.FAIL
    assert "not signed off by a second person" in why
