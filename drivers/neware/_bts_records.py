"""Points and steps of a test, from the server's tables to what the role gives."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

from drivers.codecs import neware, neware_answers
from drivers.codecs.neware import Place
from drivers.codecs.neware_answers import Point, State, Step
from drivers.neware._bts_sheet import Sheet
from drivers.neware._bts_talk import Server
from drivers.roles.arrays import ReadingArray
from drivers.roles.battery_cycler import CyclerRecord, CyclerStep

COULOMB_PER_AH, JOULE_PER_WH = 3600.0, 3600.0

Word = Literal["idle", "working", "paused", "finished", "protected"]
WORDS: dict[str, Word] = {
    "stop": "idle",
    "working": "working",
    "pause": "paused",
    "finish": "finished",
    "protect": "protected",
}
"""`pause` is remembered; the others are as other parties' clients met them."""

KINDS = {"cc": "CC charge", "dc": "CC discharge", "cv": "CV", "cccv": "CCCV charge"}
"""Types of steps in words; any other stands as the server tells it."""


def word_of(server: Server, state: State) -> Word:
    """The state in the role's words; `InstrumentError` for one that is not known."""
    if state.word not in WORDS:
        raise server.wrong(
            f"{state.word!r} is no state that is known",
            "inquire",
            state.word,
            "see the channel in the cycler's own program",
        )
    return WORDS[state.word]


async def read_points(server: Server, place: Place, first: int, count: int) -> list[Point]:
    """Up to `count` points from point `first` (from 1) on, page by page."""
    found: list[Point] = []
    while len(found) < count:
        wanted = min(neware.PAGE, count - len(found))
        page = await _page(server, place, first + len(found), wanted)
        found += page[:wanted]
        if len(page) < wanted:
            break
    return found


async def _page(server: Server, place: Place, at: int, wanted: int) -> tuple[Point, ...]:
    return await server.ask(
        "download",
        neware.download(place, at, wanted),
        lambda root: neware_answers.points(root, place, at),
    )


async def read_steps(server: Server, place: Place) -> tuple[Step, ...]:
    """The steps that were run, in their order."""
    return await server.ask(
        "downloadStepLayer",
        neware.download_steps(place),
        lambda root: neware_answers.steps(root, place),
    )


def as_steps(steps: Sequence[Step], state: State, *, is_running: bool) -> tuple[CyclerStep, ...]:
    """Steps with their times in s; the one that runs has no end."""
    found: list[CyclerStep] = []
    start = 0.0
    for step in steps:
        kind = KINDS.get(step.kind, step.kind)
        end = start + step.duration
        found.append(CyclerStep(step.cycle, step.step, kind, start, end, ""))
        start = end
    if not is_running:
        return tuple(found)
    if found and (found[-1].cycle, found[-1].step) == (state.cycle, state.step):
        start = found.pop().start
    kind = KINDS.get(state.step_type, state.step_type)
    running = CyclerStep(state.cycle, state.step, kind, start, math.nan, "")
    return (*found, running)


def starts(server: Server, points: Sequence[Point], steps: Sequence[Step]) -> list[float]:
    """When the step of each point began, in s since the start of the test.

    `InstrumentError` where a point stands in another step than the table of steps says.
    """
    begins, total = list[tuple[Step, float]](), 0.0
    for step in steps:
        begins.append((step, total))
        total += step.duration
    found: list[float] = []
    at = 0
    for point in points:
        while at < len(begins) and begins[at][0].last < point.number:
            at += 1
        found.append(_start(server, point, begins[at] if at < len(begins) else None, total))
    return found


def _start(server: Server, point: Point, begun: tuple[Step, float] | None, total: float) -> float:
    """A point after the last step of the table belongs to the one that runs."""
    if begun is None:
        return total
    step, start = begun
    if (step.cycle, step.step) != (point.cycle, point.step) or point.number < step.first:
        raise server.wrong(
            "a point is of another step than the table of steps says",
            f"download {point.number}",
            f"cycle {point.cycle} step {point.step}, the table has {step.cycle} and {step.step}",
        )
    return start


def as_record(
    server: Server,
    points: Sequence[Point],
    steps: Sequence[Step],
    sheet: Sheet,
    stamp: tuple[float, float],
) -> CyclerRecord:
    """The points as arrays, read at `stamp` (run time and UTC in s)."""
    import numpy as np

    longest = max((point.step_time for point in points), default=0.0)
    highest = max((abs(point.voltage) for point in points), default=0.0)
    lines = sheet.lines(longest, highest)

    def array(name: str, values: list[float]) -> ReadingArray:
        line = lines[name]
        data = np.asarray(values, dtype=np.float64)
        return ReadingArray(data, line.unit, *stamp, server.address, "", line)

    begun = starts(server, points, steps)
    times = [start + point.step_time for start, point in zip(begun, points, strict=True)]
    return CyclerRecord(
        index=np.asarray([point.number - 1 for point in points], dtype=np.int64),
        cycle=np.asarray([point.cycle for point in points], dtype=np.int64),
        step=np.asarray([point.step for point in points], dtype=np.int64),
        time=np.asarray(times, dtype=np.float64),
        voltage=array("voltage", [point.voltage for point in points]),
        current=array("current", [point.current for point in points]),
        charge=array("charge", [point.capacity * COULOMB_PER_AH for point in points]),
        energy=array("energy", [point.energy * JOULE_PER_WH for point in points]),
    )
