"""1,000 virtual hours with a reading a minute through pyvisa, journalled, beside a bare loop."""

from __future__ import annotations

import time
from pathlib import Path

from labctl import agreement, catalogue, clock
from labctl.discovery import Bound
from labctl.engine import RunRequest, execute
from labctl.evidence import Evidence
from labctl.labs import load_labs
from labctl.procedure import Procedure
from labctl.run import Run
from labctl.runfile import open_run
from rigs.photovoltaic import PhotovoltaicRig
from tests.benchmarks.figures import FIGURES, Figure

HOURS = 1000
EVERY = 60.0
POINTS = round(HOURS * 3600 / EVERY)


async def watch(run: Run, rig: PhotovoltaicRig) -> Evidence:
    """Read the reference cell each minute."""

    async def read(_: float) -> None:
        await run.record("reference", await rig.reference_meter.measure_voltage(voltage_range=0.1))

    await run.soak("dark", HOURS * 3600.0, EVERY, read)
    return run.evidence({}, how="watched only")


async def bare() -> int:
    """The same instants on the loop alone."""
    for index in range(POINTS + 1):
        await clock.sleep_until(index * EVERY)
    return POINTS + 1


def test_a_thousand_hours(tmp_path: Path) -> None:
    indicator = catalogue.load().get("1.1-03")
    bound = Bound(Procedure(watch, (indicator.id,), PhotovoltaicRig), load_labs()[0])
    request = RunRequest((indicator.id,), (indicator,), agreement.default(), tmp_path)
    began = time.perf_counter()
    outcome = execute(request, lambda _: bound)
    ours = time.perf_counter() - began
    began = time.perf_counter()
    assert clock.run(bare(), virtual=True) == POINTS + 1
    floor = time.perf_counter() - began
    readings = open_run(outcome.path).readings(indicator.id, "reference")
    assert len(readings) == POINTS + 1
    # Read at the end of a conversion of at most a few line cycles after its instant.
    assert 0 < readings[-1].t - readings[0].t - HOURS * 3600.0 + EVERY < 2 * EVERY
    FIGURES.append(Figure("1,000 h, a reading a minute by pyvisa", ours, floor, "s", 1, 7.0))
    per_reading = 1e6 / (POINTS + 1)
    FIGURES.append(
        Figure("  of which each reading", ours * per_reading, floor * per_reading, "us", 1)
    )
