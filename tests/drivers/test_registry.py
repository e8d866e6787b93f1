"""Drivers by name: every one of ours is whole; wrong names are told."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest

from drivers.conformance.folder import folder_of
from drivers.registry import load_driver
from labctl.errors import BenchError
from tests.drivers.scripted import ScriptedMessages

NAMES = folder_of("drivers").names()


def test_ours_are_found() -> None:
    assert {"eurotherm.e3216", "keithley.k2450", "llp.sol1"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_driver_is_whole(name: str) -> None:
    found = load_driver(name)
    driver = found(ScriptedMessages([]), {})
    assert driver.address
    assert found.settings.timeout > 0


@pytest.mark.parametrize("name", ["k2450", "keithley/k2450", "Keithley.K2450", "", "os.path;x"])
def test_no_name_of_a_driver(name: str) -> None:
    with pytest.raises(BenchError, match="no name"):
        load_driver(name)


@pytest.mark.parametrize("name", ["keithley.k9999", "acme_lab.drivers.x", "nobody.at.all"])
def test_unknown_driver(name: str) -> None:
    with pytest.raises(BenchError, match="no driver"):
        load_driver(name)


def test_module_without_driver() -> None:
    with pytest.raises(BenchError, match="offers no driver"):
        load_driver("codecs.llp")


def test_driver_of_another_lab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "acme_bench_lab" / "drivers"
    package.mkdir(parents=True)
    (package / "x1.py").write_text("class X1: ...\nDRIVER = X1\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    found = load_driver("acme_bench_lab.drivers.x1")
    assert isinstance(found, type)
    assert found.__name__ == "X1"
    for module in [name for name in sys.modules if name.startswith("acme_bench_lab")]:
        assert isinstance(sys.modules.pop(module), ModuleType)
