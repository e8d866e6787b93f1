from __future__ import annotations

from pathlib import Path

import pytest

from labctl.cli import checks
from labctl.errors import BenchError

from .conftest import Command


def test_a_sound_installation(labctl: Command) -> None:
    found = {row["name"]: row for row in labctl("doctor", "--json").document}
    assert list(found) == [
        "Python",
        "package names",
        "labs",
        "libraries",
        "indicator map",
        "runs folder",
        "leases folder",
        "notices",
        "language",
        "encodings",
        "bench",
    ]
    assert found["indicator map"]["detail"] == "1084 / 107"
    assert found["runs folder"]["ok"]


def test_it_speaks_chinese(labctl: Command) -> None:
    assert "运行文件夹" in labctl("doctor", "--lang", "zh").out


def test_a_folder_that_cannot_be_made_is_wrong(labctl: Command, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    answer = labctl("doctor", "--runs", tmp_path / "file" / "runs")
    assert answer.code == 3
    assert "WRONG" in answer.out
    assert "LABCTL_RUNS" in answer.out


def test_a_shadowed_name_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    def shadowed() -> None:
        raise BenchError("rigs is shadowed", remedy="rename it")

    monkeypatch.setattr("labctl.labs.check_names", shadowed)
    check = checks.names()
    assert (check.ok, check.detail, check.remedy) == (False, "rigs is shadowed", "rename it")


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def requires(name: str) -> list[str]:
        return ["numpy>=2", "no-such-lib>=1", 'babel>=2; extra == "test"']

    monkeypatch.setattr(checks.metadata, "requires", requires)
    check = checks.libraries()
    assert not check.ok
    assert check.detail == "no-such-lib is not installed"


def test_a_library_of_a_wrong_version_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    needed = ["numpy>=99", 'nowhere; extra == "more"', "pint>=0.1"]
    monkeypatch.setattr(checks.metadata, "requires", lambda _: needed)
    check = checks.libraries()
    assert not check.ok
    assert check.detail.startswith("numpy ")
    assert check.detail.endswith("is installed, >=99 is needed")


def test_it_lists_what_each_benchs_drivers_lack(labctl: Command) -> None:
    rows = [row for row in labctl("doctor", "--json").document if row["name"] == "bench"]
    (row,) = [row for row in rows if row["detail"].startswith("labctl/photovoltaic:")]
    assert row["lacks"]["source_meter"] == []
    assert row["lacks"]["lamp"][0] == "golden, no second party checked it"
    lines = labctl("doctor").out.splitlines()
    assert "         lamp: golden, no second party checked it" in lines


def test_one_bench_file_is_looked_at(labctl: Command, tmp_path: Path) -> None:
    bench = tmp_path / "room.toml"
    text = 'name = "room"\nrig = "x"\n[roles.meter]\ndriver = "{}"\naddress = "tcp://192.0.2.1:1"\n'
    bench.write_text(text.format("keithley.k2450"), encoding="utf-8")
    (row,) = [
        one for one in labctl("doctor", "--bench", bench, "--json").document if "lacks" in one
    ]
    assert row["lacks"] == {"meter": ["no calibration certificate is named"]}
    bench.write_text(text.format("acme.k9"), encoding="utf-8")
    answer = labctl("doctor", "--bench", bench)
    assert answer.code == 3
    assert "no installed lab has the driver 'acme.k9'" in answer.out
    assert "correct the driver of meter" in answer.out
