"""What an interlock costs in virtual time: a run with a reading a minute, with it and without."""

from __future__ import annotations

import time
from pathlib import Path

from labctl import agreement, catalogue
from labctl.discovery import Bound
from labctl.engine import RunRequest, execute
from labctl.evidence import Evidence
from labctl.labs import load_labs
from labctl.procedure import Procedure
from labctl.run import Run
from labctl.runfile import open_run
from rigs.benches import simulated_bench
from rigs.photovoltaic import PhotovoltaicRig
from tests.benchmarks.figures import FIGURES, Figure

HOURS = 20
EVERY = 60.0
PERIODS = (60.0, 10.0, 1.0)
"""Seconds between two looks at the interlock; the last is what a real bench may ask for."""

INTERLOCK = """
[[interlocks]]
name = "heat"
watch = "chuck.temperature"
above = {{ value = 85, unit = "degC" }}
action = "trip"
every = {{ value = {every}, unit = "s" }}
lost_after = {{ value = 300, unit = "s" }}
"""


async def look(run: Run, rig: PhotovoltaicRig) -> Evidence:
    """Read the reference cell each minute."""

    async def read(_: float) -> None:
        await run.record("reference", await rig.reference_meter.measure_voltage(voltage_range=0.1))

    await run.soak("dark", HOURS * 3600.0, EVERY, read)
    return run.evidence({}, how="watched only")


def seconds(folder: Path, more: str) -> float:
    """Wall time in s of the run on the simulated bench with `more` in its file."""
    folder.mkdir()
    bench = folder / "bench.toml"
    text = simulated_bench("photovoltaic").read_text(encoding="utf-8")
    bench.write_text(text + more, encoding="utf-8")
    indicator = catalogue.load().get("1.1-03")
    bound = Bound(Procedure(look, (indicator.id,), PhotovoltaicRig), load_labs()[0])
    request = RunRequest((indicator.id,), (indicator,), agreement.default(), folder, bench=bench)
    began = time.perf_counter()
    outcome = execute(request, lambda _: bound)
    took = time.perf_counter() - began
    readings = open_run(outcome.path).readings(indicator.id, "reference")
    assert len(readings) == round(HOURS * 3600 / EVERY) + 1
    assert outcome.items[0].error is None
    return took


def test_an_interlock_beside_a_reading_a_minute(tmp_path: Path) -> None:
    seconds(tmp_path / "warm", "")
    alone = seconds(tmp_path / "alone", "")
    for every in PERIODS:
        watched = seconds(tmp_path / f"{every:g}", INTERLOCK.format(every=every))
        name = f"{HOURS} h, an interlock each {every:g} s"
        FIGURES.append(Figure(name, watched, alone, "s", 1))
        looks = HOURS * 3600 / every
        each, reading = 1e6 * (watched - alone) / looks, 1e6 * alone / (HOURS * 3600 / EVERY)
        FIGURES.append(Figure("  of which each look, beside a reading", each, reading, "us", 1))
