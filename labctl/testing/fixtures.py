"""Fixtures and the marker of `pytest -p labctl`: procedures as tests, in virtual time.

@pytest.mark.indicators("1.1", duts=("nominal", "failing"))
def test_it_decides(indicator, dut, run_procedure):
    item = run_procedure(indicator, dut=dut)
    assert item.verdict.outcome == ("PASS" if dut == "nominal" else "FAIL")
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import pytest

from labctl.agreement import Agreement
from labctl.errors import LabError
from labctl.indicator import Indicator
from labctl.requests import ItemOutcome
from labctl.testing.benches import FaultList, Use, bench_text, place_of, used
from labctl.testing.faulted import spoiled
from labctl.testing.measuring import Device, Measured, measured
from labctl.testing.properties import properties_of
from labctl.testing.standing import DUTS

T = TypeVar("T")
MARKER = "indicators"


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker."""
    text = "(*targets, duts=('nominal', 'failing'), seeds=(1,)): "
    text += "parametrise `indicator`, `dut` and `seed`"
    config.addinivalue_line("markers", f"{MARKER}{text}")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Parametrise a marked test over the indicators of its targets that have a procedure."""
    mark = metafunc.definition.get_closest_marker(MARKER)
    if mark is None:
        return
    try:
        rows = _indicators(*mark.args)
    except LabError as error:
        raise pytest.UsageError(f"labctl: {error}") from error
    metafunc.parametrize("indicator", rows, ids=[one.id for one in rows])
    for name, values in (
        ("dut", mark.kwargs.get("duts", DUTS)),
        ("seed", mark.kwargs.get("seeds")),
    ):
        if name in metafunc.fixturenames:
            metafunc.parametrize(name, (1,) if values is None else values)


def _indicators(*targets: str) -> list[Indicator]:
    from labctl.cli.find import procedures_of, whole_catalogue
    from labctl.discovery import installed_labs

    labs = installed_labs()
    rows = whole_catalogue(labs).select(*targets)
    known = procedures_of(rows, labs)
    return [one for one in rows if one.id in known]


@pytest.fixture
def faults() -> FaultList:
    """The faults that `bench` and `run_procedure` of this test put into their instruments."""
    return FaultList()


@dataclass
class BenchOpener:
    """Opens simulated benches: `bench("1.1-03", use)` gives what `use(open bench)` returns."""

    folder: Path
    faults: FaultList

    def __call__(
        self, target: str | Indicator | type, use: Use[T], *, dut: str = "nominal", seed: int = 1
    ) -> T:
        """Open the bench of an indicator, with its sample in place, or of a rig class; await
        `use` on it in virtual time, and make it safe."""
        place = place_of(_known(target))
        return used(place, use, self.folder, self.faults, dut=dut, seed=seed)


@pytest.fixture
def bench(tmp_path: Path, faults: FaultList) -> BenchOpener:
    """Opens simulated benches in virtual time."""
    return BenchOpener(tmp_path, faults)


@dataclass
class ProcedureRunner:
    """Runs procedures on simulated benches, and keeps the runs in `runs`."""

    folder: Path
    faults: FaultList
    noted: list[tuple[str, object]]
    runs: list[Measured] = field(default_factory=list[Measured])

    def __call__(
        self,
        indicator: str | Indicator,
        *,
        dut: str = "nominal",
        seed: int = 1,
        agreement: Agreement | None = None,
        draws: int | None = None,
        virtual: bool = True,
    ) -> ItemOutcome:
        """What an indicator comes to on a simulated device, in virtual time unless told otherwise.

        `dut` is nominal, failing or the path of a truth file.
        """
        one = _known(indicator)
        assert isinstance(one, Indicator)
        device = Device(dut, seed, self._bench(one), draws, virtual, agreement)
        self.runs.append(measured([one], device, self.folder / "runs"))
        [item] = self.runs[-1].items
        verdict = item.verdict
        self.noted += properties_of(item.id, dut, seed, str(verdict.outcome), verdict.rows)
        return item

    def _bench(self, indicator: Indicator) -> str:
        if not self.faults.tables:
            return ""
        text = asyncio.run(bench_text(place_of(indicator)))
        return spoiled(text, self.faults.tables)


@pytest.fixture
def run_procedure(
    tmp_path: Path, faults: FaultList, request: pytest.FixtureRequest
) -> ProcedureRunner:
    """Runs procedures; each verdict is put into the JUnit properties and the table at the end."""
    return ProcedureRunner(tmp_path, faults, request.node.user_properties)


def _known(target: str | Indicator | type) -> Indicator | type:
    """An indicator by its id; others as they are."""
    if not isinstance(target, str):
        return target
    from labctl.cli.find import whole_catalogue
    from labctl.discovery import installed_labs

    [one] = whole_catalogue(installed_labs()).select(target)
    return one


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """The verdicts of all tests as a table."""
    from labctl.testing.summary import rows_of, table

    rows = [
        row
        for reports in terminalreporter.stats.values()
        for report in reports
        if isinstance(report, pytest.TestReport) and report.when == "call"
        for row in rows_of(report.nodeid, report.user_properties)
    ]
    if rows:
        terminalreporter.section("verdicts on simulated devices")
        for line in table(rows):
            terminalreporter.write_line(line)
