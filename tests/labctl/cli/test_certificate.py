"""`labctl certificate` shows what it reads."""

from __future__ import annotations

from pathlib import Path

from tests.labctl.calibration.dccs import dcc
from tests.labctl.cli.conftest import Command


def test_a_dcc_as_text_json_and_toml(labctl: Command, tmp_path: Path) -> None:
    path = tmp_path / "cert.xml"
    path.write_bytes(dcc())
    text = labctl("certificate", path).out
    assert "certificate EX-2026-0042 of Example Ltd, D-K-00000" in text
    assert "instrument: 04501234" in text
    assert "no function yet" in text
    found = labctl("certificate", path, "--json").document
    assert found["serial"] == "04501234"
    assert found["tables"][0]["points"][1] == {
        "reading": 5.0, "correction": 2e-05, "expanded": 3e-05, "k": 2.0,
    }  # fmt: skip
    own = tmp_path / "cert.toml"
    own.write_text(labctl("certificate", path, "--toml").out, encoding="utf-8")
    again = labctl("certificate", own, "--json").document
    assert again["tables"] == found["tables"]
    assert again["file"] == "cert.toml"


def test_what_is_wrong_is_said_in_json_too(labctl: Command, tmp_path: Path) -> None:
    path = tmp_path / "cert.xml"
    path.write_bytes(dcc(version="2.4.0"))
    found = labctl("certificate", path, "--json")
    assert found.code == 3
    assert "schemaVersion" in found.document["error"]["message"]
    both = labctl("certificate", path, "--json", "--toml")
    assert (both.code, both.document["error"]["kind"]) == (3, "usage")


def test_chinese(labctl: Command, tmp_path: Path) -> None:
    path = tmp_path / "cert.xml"
    path.write_bytes(dcc())
    assert "校准证书" in labctl("certificate", path, "--lang", "zh").out
