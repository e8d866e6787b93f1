from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest

from labctl import clock
from labctl.control.job import job_of
from labctl.discovery import Bound
from labctl.errors import BenchError, LabError
from labctl.guardian import rescues
from labctl.rehearsing import Certificate
from labctl.rescuing import RescueReport, RoleRescue
from tests.labctl.fakelab import FakeLab, measure, request


@dataclass
class FakeRescue:
    """A rescue that reaches everything but what has `problems`."""

    bench_name: str = "ohm"
    simulated: bool = False
    addresses: Mapping[str, str] = field(default_factory=lambda: {"meter": "fake://meter"})
    problems: Mapping[str, LabError] = field(default_factory=dict[str, LabError])
    certificates: tuple[Certificate, ...] = ()

    async def safe(self, *_: object) -> RescueReport:
        role = RoleRescue(role="meter", address="fake://meter", state="safe", seconds=0.1, tries=1)
        return RescueReport(bench="ohm", roles=(role,), seconds=0.1)


def bound(monkeypatch: pytest.MonkeyPatch, rescue: FakeRescue | None) -> list[Path | None]:
    """Let every indicator be bound to a lab with this rescue; the benches that are asked for."""
    asked: list[Path | None] = []

    def opener(bench: Path | None, rig: type | None = None, text: str = "") -> FakeRescue:
        asked.append(bench)
        assert rescue is not None
        return rescue

    found = FakeLab().bound(measure)
    lab = replace(found.lab, rescue=None if rescue is None else opener)
    monkeypatch.setattr(rescues, "procedure_for", lambda _: Bound(found.procedure, lab))
    return asked


def test_a_named_bench_is_prepared_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked = bound(monkeypatch, FakeRescue())
    found = rescues.load(job_of(request(tmp_path, items=3, bench=tmp_path / "b.toml")))
    assert len(asked) == 1 and found.addresses == {"meter": "fake://meter"}
    reports = clock.run(found.safe(), virtual=True)
    assert rescues.are_safe(reports) and "meter in 0.10 s" in rescues.told(reports)


def test_instruments_of_the_worker_end_with_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked = bound(monkeypatch, FakeRescue())
    found = rescues.load(job_of(request(tmp_path)))
    assert asked == [] and found.addresses == {} and clock.run(found.safe(), virtual=True) == ()


def test_what_could_not_be_made_safe_is_not_begun(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    job = job_of(request(tmp_path, bench=tmp_path / "b.toml"))
    bound(monkeypatch, FakeRescue(problems={"meter": BenchError("no secret")}))
    with pytest.raises(BenchError, match="no secret"):
        rescues.load(job)
    bound(monkeypatch, None)
    with pytest.raises(BenchError, match="cannot make its benches safe"):
        rescues.load(job)


def test_calibrations_are_those_of_real_instruments_each_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    due = Certificate("meter", "K-1", due=date(2027, 3, 1))
    for simulated, known in ((False, (due,)), (True, ())):
        bound(monkeypatch, FakeRescue(simulated=simulated, certificates=(due, due)))
        found = rescues.load(job_of(request(tmp_path, bench=tmp_path / "b.toml")))
        assert found.certificates == known
