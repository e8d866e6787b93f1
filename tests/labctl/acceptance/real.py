"""Runs on a bench that is not simulated, for tests of what a laboratory hands over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from labctl.engine import execute
from labctl.evidence import Contribution, Evidence, Figure
from labctl.indicator import Direction, Indicator
from labctl.requests import RunOutcome
from labctl.run import Run
from tests.labctl.fakelab import INDICATOR, FakeLab, OhmRig, observed_duration, request

BUDGETED = "SIM-7/resistance/1000 ohm"
"""The budget line of the meter, whose readings name SIM-7."""

DIRECTION = Direction(
    id="1.1",
    slug="resistors",
    title_en="Resistors",
    title_zh="电阻器",
    kind="key-technology",
    indicators=(INDICATOR,),
)


def sheet(folder: Path, id: str = "R-1", more: str = "") -> str:
    """The path of a sample's sheet, with what a real bench cannot declare by itself."""
    path = folder / f"{id}.toml"
    text = f'id = "{id}"\nkind = "resistor"\n{more}\n[aspects]\nmedium = "air"\n'
    path.write_text(text, encoding="utf-8")
    return str(path)


def reading(value: float) -> Callable[..., Any]:
    """A procedure that takes five readings and comes to `value` ohm, with a budget of one line."""

    async def procedure(run: Run, rig: OhmRig) -> Evidence:
        async def read() -> float:
            readings = [await rig.meter.read() for _ in range(5)]
            await run.record("resistance", *readings)
            return readings[0].value

        await run.step("read", read, float)
        run.observe(observed_duration(3600.0))
        figure = Figure(value, "ohm", 0.01, value - 0.02, value + 0.02)
        line = Contribution("resistance", BUDGETED, 0.01, "data sheet, p. 3")
        return run.evidence({"resistance": figure}, how="five readings", budget=(line,))

    return procedure


def real_run(
    runs: Path,
    value: float = 120.0,
    *,
    sample: str = "R-1",
    lab: FakeLab | None = None,
    **more: Any,
) -> RunOutcome:
    """A run of the fake lab's indicator on a real bench that comes to `value` ohm."""
    runs.mkdir(parents=True, exist_ok=True)
    lab = lab or FakeLab(simulated=False, serial="4711")
    option = None if lab.simulated else sheet(runs.parent, sample)
    asked = request(runs, **{"sample": option, "operator": "Li Wei", **more})

    def bound(indicator: Indicator) -> Any:
        return lab.bound(reading(value))

    return execute(asked, bound)
