"""`labctl analyse` on a lab with one analysis."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

from tests.labctl.analysing import analyses
from tests.labctl.cli.conftest import Command


def test_results_as_text_and_as_json(labctl: Command, tmp_path: Path) -> None:
    with analyses.lab(tmp_path):
        asked = ("analyse", "power", analyses.curve(tmp_path), "--set", "sign=generated")
        text = labctl(*asked, "--set", "area=1.2 cm**2 u=0.01").out
        document = labctl(*asked, "--json").document
    assert text.startswith("IMPORTED")
    assert "areal power  (0.6000 ± 0.00" in text
    assert "no uncertainty can be told from the files" in text
    assert "left out: hysteresis" in text
    assert document["imported"] is True and document["written"] == []
    assert document["evidence"]["kind"] == "imported"
    assert document["evidence"]["results"]["power"]["unit"] == "W"
    assert document["settings"]["temperature"] == {"value": 25.0, "unit": "degC", "u": 0.5}


def test_a_folder_with_page_data_and_plot(labctl: Command, tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out"
    with analyses.lab(tmp_path):
        asked = ("analyse", "power", analyses.curve(tmp_path), "--set", "sign=generated")
        answer = labctl(*asked, "--out", out, "--json", "--lang", "zh")
    assert answer.document["written"] == [
        str(out / name) for name in ("analysis.html", "analysis.json", "curve.svg")
    ]
    page = (out / "analysis.html").read_text(encoding="utf-8")
    assert '<html lang="zh-CN">' in page and "curve.csv" in page and "<svg" in page
    stored = json.loads((out / "analysis.json").read_text(encoding="utf-8"))
    assert stored == {k: v for k, v in answer.document.items() if k != "written"}
    drawn = ElementTree.parse(out / "curve.svg").getroot()
    assert drawn.tag.endswith("svg")


def test_the_list_and_what_is_wrong(labctl: Command, tmp_path: Path) -> None:
    with analyses.lab(tmp_path):
        text = labctl("analyse").out
        [row] = labctl("analyse", "--json").document
        missing = labctl("analyse", "power", analyses.curve(tmp_path), "--json")
    assert '--set "sign=generated|consumed"  sign of the current (needed)' in text
    assert (row["analysis"], row["files"]) == ("power", [1, 1])
    assert [one["name"] for one in row["settings"]] == ["area", "sign", "temperature"]
    assert missing.code == 3
    assert missing.document["error"]["remedy"] == '--set "sign=generated|consumed"'
