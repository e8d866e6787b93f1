"""Runs that die while a person holds them or is asked: `python -m tests.system.dying_held`.

python -m tests.system.dying_held RUNS PLACE  a new run in the folder RUNS that dies at a place
"""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from labctl import carrying
from labctl.asking.asked import Asker
from labctl.asking.prompts import NumberPrompt
from labctl.desk import LocalDesk, Take
from labctl.discovery import Bound
from labctl.engine import execute
from labctl.evidence import Evidence
from labctl.holding import Control
from labctl.indicator import Indicator
from labctl.journal.writer import Journal
from labctl.orders import Continue, Order, Pause
from labctl.requests import RunOutcome, RunRequest
from labctl.run import Run
from procedures.methods.photovoltaics import illuminated
from rigs.opened import Opened
from tests.labctl.fakelab import FakeLab, OhmRig, measure
from tests.labctl.fakelab import request as asked_for
from tests.system import dying

HOURS = 30.0
"""So many that the half hour which a pause may expose again is within the tolerance of 2 %."""

PAUSED, LONG = 30_000.0, 1800.0
"""When in s of run time the run is paused, in its exposure, and for how many s."""

ORDERS: tuple[tuple[float, Order], ...] = ((PAUSED, Pause("Li")), (PAUSED + LONG, Continue("Li")))

WIDTH = NumberPrompt("width", "Width", unit="mm", simulated="6")

HELD: dict[str, tuple[Any, str, int]] = {
    "before the hold": (Opened, "hold", 1),
    "held": (Control, "released", 1),
    "released": (carrying, "standing", 1),
    "arranged again": (illuminated, "restore", 3),
}
"""Places around a pause: what is called there, and in which call of it the process dies."""

ASKED: dict[str, tuple[Any, str, int]] = {
    "asking": (Asker, "_answered", 2),
    "noted": (Journal, "answered", 2),
}
"""Places around the second prompt: the first asks for a condition."""


class Pausing(LocalDesk):
    """Somebody pauses the run and lets it go on."""

    def attend(self, take: Take | None) -> None:
        """Give the orders at their times."""
        if take is not None:
            for at, order in ORDERS:
                asyncio.get_running_loop().call_later(at, take, order)


def left_alone(runs: Path) -> RunRequest:
    """1.1-04, committed every half hour: what a pause costs is what was not."""
    return replace(dying.request(runs, HOURS), points=3)


def paused(runs: Path) -> RunRequest:
    """The same with a pause in its exposure."""
    return replace(left_alone(runs), desk=Pausing())


async def asking(run: Run, rig: OhmRig) -> Evidence:
    """As the fake lab measures, with a question before."""
    width = await run.ask(WIDTH)
    assert width.value == 6.0
    return await measure(run, rig)


def answered(_: Indicator) -> Bound:
    """The procedure that asks."""
    return FakeLab().bound(asking)


def begun(runs: Path, place: str) -> RunOutcome:
    """A run that dies at the place, if it is one."""
    owner, name, count = {**HELD, **ASKED}.get(place, (None, "", 0))
    if owner is not None:
        setattr(owner, name, dying.dying(getattr(owner, name), count))
    if place in ASKED or place == "asked":
        return execute(asked_for(runs), answered)
    return execute(paused(runs))


if __name__ == "__main__":
    begun(Path(sys.argv[1]), sys.argv[2])
