"""`pytest -p labctl` in a process of its own: fixtures, marker, table, JUnit properties."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

from tests.house.tree import ROOT

TESTS = """
import msgspec
import pytest
from labctl import clock
from labctl.catalogue import load

@pytest.mark.indicators("1.1-02", "1.1-03", duts=("failing",), seeds=(3,))
def test_decides(indicator, dut, seed, run_procedure):
    item = run_procedure(indicator, dut=dut, seed=seed, draws=200)
    assert item.verdict.outcome == "FAIL"

def test_a_fault_is_told(run_procedure, faults):
    faults.inject("source_meter", "silence", after=600.0)
    item = run_procedure("1.1-03", draws=200)
    assert item.error["kind"] == "link" and "source_meter" in item.error["address"]
    assert run_procedure.runs[0].records()[0].id == "1.1-03"

def test_a_bench_keeps_virtual_time(bench, faults):
    async def use(opened):
        await opened.rig.chuck.set_temperature(30.0)
        await opened.rig.chuck.control(True)
        began = clock.now()
        await clock.sleep(3600.0)
        return clock.now() - began, (await opened.rig.chuck.temperature()).value
    assert bench("1.1-03", use) == pytest.approx((3600.0, 30.0), abs=0.5)
    faults.inject("chuck", "disconnect", at=4, times=100)
    with pytest.raises(Exception, match="no valid answer|not in order"):
        bench("1.1-03", use)
    faults.heal()
    assert bench("1.1-03", use, dut="failing", seed=2)[0] == 3600.0

def test_an_indicator_without_a_procedure(run_procedure):
    unknown = msgspec.structs.replace(load().get("1.1-03"), id="1.1-99")
    assert "no procedure" in run_procedure(unknown).error["message"]
"""


def pytest_in(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run pytest in `folder`, quietly and without a cache."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "error", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=110,
    )


def test_procedures_are_tests(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(TESTS, encoding="utf-8")
    done = pytest_in(tmp_path, "-p", "labctl", "--strict-markers", "--junitxml", "out.xml", "-rA")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "PASSED test_it.py::test_decides[1.1-03-failing-3]" in done.stdout
    table = done.stdout.partition("verdicts on simulated devices")[2]
    rows = [line.split() for line in table.splitlines()]
    assert ["1.1-02", "failing", "3", "FAIL", "false"] in [row[:5] for row in rows]
    assert any(row[:4] == ["1.1-03", "failing", "3", "FAIL"] and "±" in row for row in rows)
    cases = {
        case.get("name"): case for case in ElementTree.parse(tmp_path / "out.xml").iter("testcase")
    }
    found = cases["test_decides[1.1-03-failing-3]"].iter("property")
    properties = {each.get("name"): each.get("value") for each in found}
    assert properties["outcome"] == "FAIL" and properties["unit"] == "%"
    assert float(properties["U"] or 0) > float(properties["u"] or 0) > 0


def test_without_the_option_nothing_is_loaded(tmp_path: Path) -> None:
    text = "import sys\ndef test_a(request):\n    assert 'labctl.engine' not in sys.modules\n"
    text += "def test_b(run_procedure):\n    pass\n"
    (tmp_path / "test_it.py").write_text(text, encoding="utf-8")
    done = pytest_in(tmp_path)
    assert "1 passed, 1 error" in done.stdout, done.stdout
    assert "fixture 'run_procedure' not found" in done.stdout


def test_an_unknown_target_stops_it(tmp_path: Path) -> None:
    text = "import pytest\n@pytest.mark.indicators('x')\ndef test_a(indicator):\n    pass\n"
    (tmp_path / "test_it.py").write_text(text, encoding="utf-8")
    done = pytest_in(tmp_path, "-p", "labctl")
    assert done.returncode != 0
    assert "labctl: " in done.stdout + done.stderr
