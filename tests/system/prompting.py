"""A run that asks, in a process of its own: `python -m tests.system.prompting RUNS MODE`.

MODE "dies": the desk of the second prompt kills the process. MODE "terminal": a person answers at
the terminal of this process, in real time; what the procedure was told is printed on stdout.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from labctl import clock
from labctl.asking.prompts import Answer, ChoicePrompt, ConfirmPrompt, NumberPrompt, Prompt
from labctl.cli.streams import use_utf8
from labctl.desk import LocalDesk
from labctl.discovery import Bound
from labctl.engine import execute
from labctl.evidence import Evidence, Figure
from labctl.i18n import activate
from labctl.indicator import Indicator
from labctl.resume import ResumeRequest, resume
from labctl.run import Run
from labctl.soak import POINTS
from tests.killed import die
from tests.labctl.fakelab import FakeLab, OhmRig, observed_duration, request

WIDTH = NumberPrompt("width", "Width of the strip", unit="mm", low=1.0, high=20.0)
COLOUR = ChoicePrompt("colour", "Colour", options=("clear", "brown"))
DOOR = ConfirmPrompt("door", "The door is locked")


async def asks(run: Run, rig: OhmRig) -> Evidence:
    """Readings, two prompts, readings: what is committed before a prompt stays."""

    async def read() -> float:
        reading = await rig.meter.read()
        await run.record("resistance", reading)
        return reading.value + rig.meter.count

    first = await run.step("first", read, float)
    width = await run.ask(WIDTH)
    await run.soak("hour", 3600.0, 600.0, lambda elapsed: clock.sleep(0.5))
    colour = await run.ask(COLOUR)
    last = await run.step("last", read, float)
    run.observe(observed_duration(3600.0))
    value = 20.0 * width.value + (colour == "clear") + 0.001 * (first + last)
    return run.evidence({"resistance": Figure(value, "ohm", 0.01, value, value)}, how="")


class Desk(LocalDesk):
    """Takes a minute for each answer; dies where it is asked for what `kills`."""

    def __init__(self, kills: str = "") -> None:
        super().__init__()
        self.kills = kills
        self.asked: list[str] = []

    async def ask(self, prompt: Prompt) -> Answer:
        """The answer to `prompt`."""
        self.asked.append(prompt.name)
        await clock.sleep(60.0)
        if prompt.name == self.kills:
            die()
        return Answer({"width": "6 mm", "colour": "clear"}.get(prompt.name, "y"), "Ann")


def resolve(indicator: Indicator) -> Bound:
    """The procedure on a lab of its own."""
    return FakeLab().bound(asks)


def asked_run(runs: Path, desk: Any, *, virtual: bool = True) -> Any:
    """A run of it whose prompts go to `desk`."""
    return request(runs, desk=desk, operator="Ann", virtual=virtual, points=POINTS)


def gone_on(folder: Path, desk: Any) -> Any:
    """The run in `folder` gone on with at `desk`."""
    return resume(ResumeRequest(folder, desk=desk), resolve)


async def at_the_terminal(run: Run, rig: OhmRig) -> Evidence:
    """Asks a person and prints what it was told."""
    width, door = await run.ask(WIDTH), await run.ask(DOOR)
    print(f"{width.value:g} {width.unit}, {door}", flush=True)
    run.observe(observed_duration(3600.0))
    return run.evidence({"resistance": Figure(120.0, "ohm", 0.01, 119.0, 121.0)}, how="")


def main(runs: Path, mode: str) -> None:
    """Run it."""
    if mode == "dies":
        execute(asked_run(runs, Desk("colour")), resolve)
        return
    use_utf8()
    activate("zh")
    outcome = execute(
        asked_run(runs, None, virtual=False), lambda _: FakeLab().bound(at_the_terminal)
    )
    assert outcome.items[0].error is None, outcome.items[0].error


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
