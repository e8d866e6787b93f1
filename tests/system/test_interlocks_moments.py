"""A hold that comes while the bench is arranged, in a step, between two steps, after the last."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from labctl import agreement, catalogue, clock
from labctl.discovery import Bound
from labctl.engine import execute
from labctl.evidence import Evidence
from labctl.labs import load_labs
from labctl.procedure import Procedure
from labctl.requests import RunOutcome, RunRequest
from labctl.run import Run
from labctl.runfile import open_run
from rigs.photovoltaic import PhotovoltaicRig
from tests.system.interlocked import LookingDesk, events, heat, loose
from tests.system.photovoltaic_bench import energy, watch

ITEM = "1.1-03"
ARRANGED, STEPPED, BETWEEN = 1000.0, 2000.0, 3000.0
"""Run times in s at which the bench is arranged, the first step goes on, and neither."""

WARM = 600.0
"""Seconds of the lamp before its light is used."""


@dataclass
class Shown:
    """What the procedure did, at run times in s."""

    arranged: list[float] = field(default_factory=list[float])
    steps: dict[str, list[float]] = field(default_factory=dict[str, list[float]])

    async def procedure(self, run: Run, rig: PhotovoltaicRig) -> Evidence:
        """Light and output on, then two steps of 1,000 s, 1,000 s apart."""

        async def arrange() -> None:
            await rig.lamp.lamp(True)
            await rig.lamp.set_irradiance(1000.0)
            await clock.sleep_until(max(clock.now() + WARM, STEPPED - 500.0))
            await rig.lamp.shutter(True)
            await rig.source_meter.source_voltage(0.1, compliance=0.05)
            await rig.source_meter.output(True)
            self.arranged.append(clock.now())

        async def step(name: str) -> float:
            self.steps.setdefault(name, []).append(clock.now())
            await clock.sleep(1000.0)
            point = await rig.source_meter.measure()
            await run.record(name, point.current)
            return point.current.value

        async with run.scope("light", arrange):
            first = await run.step("first", lambda: step("first"), float)
            await clock.sleep(1000.0)
            second = await run.step("second", lambda: step("second"), float)
        assert first == pytest.approx(second, rel=0.05)
        return run.evidence({}, how="looked on only")


def carried(
    folder: Path, monkeypatch: pytest.MonkeyPatch, *moments: float, action: str = "hold"
) -> tuple[RunOutcome, LookingDesk, Shown]:
    """A run whose chuck's sensor reads 60 degC too much for 60 s from each of the moments on."""
    shown, desk = Shown(), LookingDesk(watch(monkeypatch))
    loose(monkeypatch, lambda t: any(at <= t < at + 60.0 for at in moments))
    bench = heat(folder, action, every=10.0, lost_after=30.0)
    return run_of(shown.procedure, folder, bench, desk), desk, shown


def run_of(procedure: Any, folder: Path, bench: Path, desk: LookingDesk) -> RunOutcome:
    """What `procedure` comes to on the bench file `bench`."""
    indicator = catalogue.load().get(ITEM)
    bound = Bound(Procedure(procedure, (ITEM,), PhotovoltaicRig), load_labs()[0])
    asked = RunRequest((ITEM,), (indicator,), agreement.default(), folder, bench=bench, desk=desk)
    return execute(asked, lambda _: bound)


@pytest.mark.parametrize(
    ("at", "arranged", "first", "second"),
    [
        (ARRANGED, 1, 1, 1),  # cut off before it was done, and done anew
        (STEPPED, 2, 2, 1),
        (BETWEEN, 2, 1, 1),
    ],
)
def test_a_hold_at_any_moment_is_gone_on_from(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    at: float,
    arranged: int,
    first: int,
    second: int,
) -> None:
    outcome, desk, shown = carried(tmp_path, monkeypatch, at)
    assert outcome.items[0].error is None
    assert desk.kinds == ["hold", "released"]
    assert at <= desk.at("hold") <= at + 11.0
    held = desk.energy_at("released")
    assert not held["source_meter"]
    assert len(shown.arranged) == arranged
    assert [len(shown.steps[name]) for name in ("first", "second")] == [first, second]
    found = open_run(outcome.path)
    assert [len(found.readings(ITEM, name)) for name in ("first", "second")] == [1, 1]
    assert not any(energy(desk.benches).values())


def test_holds_one_after_the_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outcome, desk, shown = carried(tmp_path, monkeypatch, ARRANGED, 2500.0, 4800.0)
    assert outcome.items[0].error is None
    assert desk.kinds == 3 * ["hold", "released"]
    assert len(events(outcome)) == 6
    assert sum(len(each) for each in shown.steps.values()) > 2


@pytest.mark.parametrize("at", [ARRANGED, STEPPED, BETWEEN])
def test_a_trip_at_any_moment_leaves_the_bench_safe(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: float
) -> None:
    outcome, desk, _ = carried(tmp_path, monkeypatch, at, action="trip")
    assert desk.kinds == ["trip"]
    assert at <= desk.at("trip") <= at + 11.0
    assert not any(energy(desk.benches).values())
    assert outcome.items[0].error is not None
    assert open_run(outcome.path).state == "interrupted"


def test_a_procedure_that_waits_in_vain_under_an_interlock_ends_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def stuck(run: Run, rig: PhotovoltaicRig) -> Evidence:
        async def never() -> None:
            await rig.lamp.lamp(True)
            await asyncio.Event().wait()

        await run.step("never", never, type(None))
        return run.evidence({}, how="never")

    desk = LookingDesk(watch(monkeypatch))
    error = run_of(stuck, tmp_path, heat(tmp_path), desk).items[0].error
    assert error is not None and error["kind"] == "deadlock"
    assert "interlock heat" in error["message"] and "procedure" in error["message"]
    assert not any(energy(desk.benches).values())
