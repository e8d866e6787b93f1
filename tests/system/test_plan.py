"""Plans of the photovoltaic indicators: U as a run has it, limits, and no real address opened."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from labctl.agreement import default
from labctl.catalogue import load
from labctl.cli.main import main
from labctl.engine import execute
from labctl.planning.answers import Answer
from labctl.planning.document import FORMAT, RunPlan
from labctl.requests import RunRequest
from tests.house.tree import ROOT
from tests.system.planned import DRAWS, EXAMPLE, SIMULATED, changed, plan

ID = "1.1-03"
CONTRIBUTIONS = (
    ("u = 0.0006", "u = 0.0005"),
    ("value = 0.004\n", "value = 0.005\n"),
    ("value = 0.003\n", "value = 0.01\n"),
    ("value = 0.2\n", "value = 0.5\n"),
)
"""From the simulated bench's contributions to those of the example of a real bench."""


@pytest.fixture(scope="module")
def planned() -> RunPlan:
    return plan(ID, seed=3)


def test_the_predicted_u_is_that_of_a_run_with_the_same_contributions(
    planned: RunPlan, tmp_path: Path
) -> None:
    bench = changed(SIMULATED, tmp_path / "sim.toml", CONTRIBUTIONS)
    items = (load().get(ID),)
    outcome = execute(RunRequest((ID,), items, default(), tmp_path, bench=bench, draws=DRAWS))
    (measured,) = outcome.items[0].verdict.rows
    (predicted,) = planned.items[0].rows
    assert pytest.approx(measured.U, rel=0.08) == predicted.U
    assert planned.answer is Answer.ATTAINABLE
    assert planned.items[0].duration == pytest.approx(1800.0, abs=300.0)


def test_a_larger_contribution_and_a_worse_meter_give_a_larger_u(
    planned: RunPlan, tmp_path: Path
) -> None:
    worse = changed(
        EXAMPLE,
        tmp_path / "bench.toml",
        [("value = 0.01\n", "value = 0.03\n"), ("keithley.k2450", "keithley.k2400")],
    )
    found = plan(ID, bench=worse, seed=3)
    (row,), (before,) = found.items[0].rows, planned.items[0].rows
    assert (row.U or 0.0) > 1.5 * (before.U or 0.0)
    assert (row.p_pass or 0.0) < (before.p_pass or 0.0)
    assert (row.answer, found.answer) == (Answer.AT_RISK, Answer.AT_RISK)
    assert row.parts[0].source == "bench/non_uniformity"


@pytest.fixture
def canary() -> Iterator[socket.socket]:
    """A listener that no plan may connect to."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.0)
        yield listener


def test_no_real_address_is_opened_and_a_limit_that_is_too_small_is_named(
    canary: socket.socket, tmp_path: Path
) -> None:
    port = canary.getsockname()[1]
    bench = changed(
        EXAMPLE,
        tmp_path / "bench.toml",
        [
            ("192.0.2.10::5025", f"127.0.0.1::{port}"),
            ("192.0.2.11::5025", f"127.0.0.1::{port}"),
            ("serial:///dev/ttyUSB0", f"serial://socket://127.0.0.1:{port}"),
            ("modbus+rtu:///dev/ttyUSB2?", f"modbus+rtu://socket://127.0.0.1:{port}?"),
            ("current = { value = 1, ", "current = { value = 0.2, "),
        ],
    )
    found = plan(ID, bench=bench)
    error = found.items[0].error
    assert found.answer is Answer.NOT_ATTAINABLE
    assert error is not None
    assert (error["kind"], error["role"]) == ("limit", "source_meter")
    assert error["address"] == f"visa://TCPIP::127.0.0.1::{port}::SOCKET"
    assert "0.2" in error["message"]
    with pytest.raises(BlockingIOError):
        canary.accept()


def test_every_indicator_of_the_simulated_bench_can_be_planned() -> None:
    ids = ("1.1-04", "1.1-05", "1.1-12", "1.2-06")
    found = plan(*ids, bench=None, draws=300, hours=50.0)
    assert [item.id for item in found.items] == list(ids)
    assert all(item.answer is Answer.ATTAINABLE for item in found.items)
    light, bends = found.items[:2]
    assert light.duration == pytest.approx(50 * 3600.0, rel=0.05)
    exposures = [step for step in light.steps if step.exposure]
    assert sum(step.length for step in exposures) == pytest.approx(50 * 3600.0, rel=0.01)
    assert light.used is not None and bends.used is not None
    assert light.used["lamp_hours"].to("h").value == pytest.approx(50.0, rel=0.05)
    assert bends.used["bending_cycles"].value == 5000.0
    assert found.used["lamp_hours"].to("h").value > 50.0
    assert not found.benches[0].real


def command(*arguments: object, **environ: str) -> subprocess.CompletedProcess[bytes]:
    known = {k: v for k, v in os.environ.items() if k not in ("PYTHONUTF8", "PYTHONIOENCODING")}
    line = [sys.executable, "-m", "labctl", "plan", *map(str, arguments)]
    return subprocess.run(line, env={**known, **environ}, capture_output=True, check=False)


@pytest.fixture
def refusing(tmp_path: Path) -> Path:
    """A bench whose voltage limit is too small for the procedure."""
    return changed(EXAMPLE, tmp_path / "b.toml", [("value = 20, unit", "value = 2, unit")])


def test_the_command_prints_one_document_as_it_is_described(
    refusing: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["plan", ID, "--bench", str(refusing), "--rehearsals", "1", "--json"])
    out, err = capsys.readouterr()
    document = json.loads(out.encode("ascii"))
    assert (code, err, document["format"]) == (1, "", FORMAT)
    assert msgspec.convert(document, RunPlan, strict=True).as_dict() == document
    page = (ROOT / "docs/plan.md").read_text(encoding="utf-8")
    described = set(re.findall(r"\w+", page.partition("## JSON")[2]))
    assert keys(document) <= described


def keys(value: object) -> set[str]:
    """Every key of a document, but the names of what is used up."""
    if isinstance(value, list):
        return {name for one in value for name in keys(one)}
    if not isinstance(value, dict):
        return set()
    inner = (keys(one) for name, one in value.items() if name != "used")
    return {*value, *(name for names in inner for name in names)}


def test_the_command_speaks_chinese_on_a_chinese_console(refusing: Path) -> None:
    chinese = {"PYTHONIOENCODING": "cp936", "LC_ALL": "zh_CN.UTF-8"}
    told = command(ID, "--bench", refusing, "--rehearsals", 1, **chinese)
    lines = told.stdout.decode("utf-8").splitlines()
    assert told.returncode == 1
    assert lines[0] == "不可达到（试验台 pv-lab-1）：1 项不可达到"
    assert any("source_meter" in line and "20 V" in line for line in lines)
    assert ID in told.stderr.decode("utf-8")


@pytest.mark.parametrize(
    "arguments", [(ID, "--bench", "nowhere.toml"), (ID, "--dut", "failing"), ("99.9-99",)]
)
def test_what_cannot_be_planned_ends_with_3(arguments: tuple[str, ...]) -> None:
    assert main(["plan", *arguments, "--json"]) == 3
