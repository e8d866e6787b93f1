"""A dimension is amended and a step done again on the simulated photovoltaic bench."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from labctl.agreement import default
from labctl.asking.afterwards import amend, redo
from labctl.asking.amending import Act
from labctl.asking.prompts import NumberPrompt
from labctl.catalogue import load
from labctl.discovery import Bound
from labctl.engine import execute
from labctl.evidence import Evidence
from labctl.indicator import Criterion
from labctl.labs import load_labs
from labctl.procedure import Procedure
from labctl.report.write import write_report
from labctl.requests import RunRequest
from labctl.resume import ResumeRequest, resume
from labctl.run import Run
from labctl.runfile import open_run
from procedures.methods.trace import Trace, trace
from rigs.photovoltaic import PhotovoltaicRig
from tests.runcheck import check_run

WIDTH = NumberPrompt("width", "Width", unit="mm", low=1.0, high=50.0, u=0.1, simulated="1 cm")
INDICATOR = msgspec.structs.replace(
    load().get("1.1-03"),
    criteria=(Criterion(quantity="power_conversion_efficiency", op="<=", value=1.0, unit="%"),),
    conditions=(),
)


async def scaled(run: Run, rig: PhotovoltaicRig) -> Evidence:
    """A reading of the dark cell, and a figure that is in proportion to the width."""

    async def read() -> Trace:
        meter = rig.source_meter
        await meter.wires(4)
        await meter.source_current(0.0, compliance=5.0)
        await meter.output(True)
        readings = [(await meter.measure()).voltage for _ in range(3)]
        await meter.output(False)
        await run.record("dark/voltage", *readings)
        return trace(readings)

    await run.step("dark", read, Trace)
    width = await run.ask(WIDTH)
    draws = run.monte_carlo.quantity("width", width) * 0.05
    figure = run.monte_carlo.figure(draws, "%")
    return run.evidence({"power_conversion_efficiency": figure}, how="in proportion to the width")


def resolve(_: object) -> Bound:
    return Bound(Procedure(scaled, ("1.1-03",), PhotovoltaicRig), load_labs()[0])


def test_both_verdicts_and_both_results_are_kept(tmp_path: Path) -> None:
    request = RunRequest(("1.1-03",), (INDICATOR,), default(), tmp_path, draws=400)
    outcome = execute(request, resolve)
    (before,) = outcome.items
    assert before.error is None and before.verdict.outcome == "PASS"
    path, act = outcome.path, Act(1, "width", "read on the wrong scale", "Bob")
    after = amend(path, act, "3 cm", resolve=resolve).after
    assert after is not None and after.outcome == "FAIL"
    values: list[Any] = [verdict.rows[0].value for verdict in (before.verdict, after)]
    assert abs(values[1] / values[0] - 3.0) < 0.01
    page = write_report(path).read_text(encoding="utf-8")
    assert "<del>10 mm</del>" in page and "read on the wrong scale" in page

    redo(path, Act(1, "dark", "the light was on", "Bob"))
    (again,) = resume(ResumeRequest(path), resolve).items
    assert again.verdict.rows[0].value == values[1], "the amended answer stands"
    assert "changed: step:dark: done again" in again.verdict.reasons
    (item,) = open_run(path).items
    assert [step.attempt for step in item.steps if step.name == "dark"] == [1, 2]
    assert len(open_run(path).readings("1.1-03", "dark/voltage")) == 3
    assert [verdict.outcome for verdict in item.verdicts] == ["PASS", "FAIL", "FAIL"]
    assert check_run(path) == ()
