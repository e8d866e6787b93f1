from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from labctl.agreement import default
from labctl.analysing.carrying import analysed, known_analyses
from labctl.errors import BenchError, Defect, UsageError
from labctl.evidence import Figure
from labctl.indicator import Criterion, Indicator
from labctl.verdict import Outcome, judge
from labctl.words import said
from tests.labctl.analysing import analyses

GENERATED = {"sign": "generated"}


def test_what_is_found_is_evidence_of_files(tmp_path: Path) -> None:
    with analyses.lab(tmp_path):
        path = analyses.curve(tmp_path)
        document = analysed("power", [path], {**GENERATED, "area": "1.2 cm**2 u=1 mm**2"})
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    assert [(file.name, file.sha256) for file in document.files] == [("curve.csv", sha256)]
    evidence = document.evidence
    assert evidence.kind == "imported" and document.imported and document.instruments == ()
    assert [one.sha256 for one in evidence.attachments] == [sha256]
    power, areal = evidence.results["power"], evidence.results["areal_power"]
    assert isinstance(power, Figure) and isinstance(areal, Figure)
    assert power.value == pytest.approx(0.72) and power.u == 0.0
    assert areal.value == pytest.approx(0.6)
    assert areal.u == pytest.approx(0.6 * 0.01 / 1.2, rel=0.05)
    assert document.reader.libraries.keys() == {"numpy"}
    assert len(document.reader.sha256) == 64


def test_readings_of_nobody_are_left_out_by_name(tmp_path: Path) -> None:
    with analyses.lab(tmp_path):
        evidence = analysed("power", [analyses.curve(tmp_path)], GENERATED).evidence
    told = [said(words) for words in evidence.left_out]
    assert told == [
        "hysteresis",
        "the accuracy of file:curve.csv#current: the file does not state it",
        "the accuracy of file:curve.csv#voltage: the file does not state it",
    ]


def test_imported_evidence_passes_nothing(tmp_path: Path) -> None:
    with analyses.lab(tmp_path):
        evidence = analysed("power", [analyses.curve(tmp_path)], GENERATED).evidence
    indicator = Indicator(
        id="1.1-90",
        direction="1.1",
        name_en="power",
        name_zh="功率",
        evidence="measured",
        criteria=(Criterion(quantity="power", op=">=", value=0.5, unit="W"),),
        method="power",
        dut="cell",
    )
    verdict = judge(indicator, evidence, default(), simulated=False)
    assert verdict.rows[0].outcome is Outcome.PASS
    assert verdict.outcome is Outcome.INCOMPLETE
    assert verdict.reasons[0].startswith("imported")
    assert not verdict.exportable


def test_the_draws_are_repeatable(tmp_path: Path) -> None:
    with analyses.lab(tmp_path):
        path = analyses.curve(tmp_path)
        said = {**GENERATED, "area": "1.2 cm**2 u=0.01"}
        one, again = (analysed("power", [path], said).evidence.results for _ in range(2))
        other = analysed("power", [path], said, seed=2).evidence.results
    assert one == again != other


def test_what_does_not_fit_is_refused_with_a_remedy(tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_text("V,I\n", encoding="utf-8")
    binary = tmp_path / "binary.csv"
    binary.write_bytes(b"V,I\n\xff\xfe")
    with analyses.lab(tmp_path):
        path = analyses.curve(tmp_path)
        for name, paths, wrong in (
            ("powr", [path], "no analysis 'powr'"),
            ("power", [], "takes 1 files, not 0"),
            ("power", [path, path], "takes 1 files, not 2"),
            ("power", [tmp_path / "none.csv"], "cannot be read"),
            ("power", [empty], "empty.csv holds no point"),
            ("power", [binary], "binary.csv is no text in utf-8"),
        ):
            with pytest.raises(UsageError, match=wrong) as raised:
                analysed(name, paths, GENERATED)
            assert raised.value.remedy


def test_a_module_that_cannot_be_imported_is_named(tmp_path: Path) -> None:
    with (
        analyses.lab(tmp_path, "import no_such_module_at_all"),
        pytest.raises(BenchError, match="power cannot be imported"),
    ):
        known_analyses()


def test_a_library_that_is_not_there_is_named(tmp_path: Path) -> None:
    module = analyses.MODULE.replace('"numpy"', '"no-such-library"')
    with analyses.lab(tmp_path, module), pytest.raises(UsageError, match="no-such-library"):
        analysed("power", [analyses.curve(tmp_path)], GENERATED)


def test_two_of_a_name_are_a_defect(tmp_path: Path) -> None:
    with analyses.lab(tmp_path) as lab:
        known_analyses()
        other = tmp_path / lab.packages["procedures"] / "analyses" / "again.py"
        other.write_text(analyses.MODULE, encoding="utf-8")
        with pytest.raises(Defect, match="two analyses are named power"):
            known_analyses()


def test_a_wrong_use_of_a_setting_is_a_defect(tmp_path: Path) -> None:
    module = analyses.MODULE.replace("given.words('sign')", "given.words('area')")
    with analyses.lab(tmp_path, module), pytest.raises(Defect, match="it is a quantity"):
        analysed("power", [analyses.curve(tmp_path)], {**GENERATED, "area": "1 cm**2"})
