"""One look at a sample under abuse (storyboard, temperatures, voltage, gas); what looks add up to.

A look is a second wide for the loggers and a storyboard long for the camera. What nobody looked at
is told: a second without a frame, a frame without its lamp, a pause of the loggers.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import msgspec
import numpy as np

from labctl import clock
from labctl.i18n import N_
from labctl.run import Run
from labctl.words import Text, Words
from procedures.methods.abuse.pictures import (
    FRAMES,
    INTERVAL,
    THERE,
    View,
    frames_of,
    lasting,
    shown,
    view_of,
    wall_of,
)
from rigs.abuse import CHANNELS, GAS, ROOM_CHANNEL, AbuseRig

EVERY = FRAMES * INTERVAL
"""Seconds between two looks: a storyboard."""

READ = 100.0
"""Seconds between two readings of the loggers."""

MISSED = INTERVAL / 2.0
"""Seconds without a frame in which one was lost."""

LATE = 2.0 * READ
"""Longest pause of the loggers in s; who repeats a reading to its last digit pauses too."""

WAIT = 220.0
"""Seconds in which the next storyboard is there."""

WRITTEN = 4.0
"""Seconds after its last frame in which a storyboard is usually complete: it is not asked for
before."""

HIGHEST = 50.0
"""Range in V of the voltage logger."""

BLIND = N_("the camera was blind: {lost} s without a frame, {dark} frames without their lamp")
SILENT = N_("the loggers were blind for {pause} s")
RESPONSE = N_(
    "sensor response: thermocouples under tape lag by seconds; a flame of less than a second and "
    "what the sample itself hides from the camera are not seen"
)


class Sensed(msgspec.Struct, frozen=True):
    """The loggers at run time `t` in s: `celsius` of the places and of the `room`, `voltage` in
    V."""

    t: float
    celsius: tuple[float, ...]
    room: float
    voltage: float


class Look(msgspec.Struct, frozen=True):
    """A storyboard `sha256` that began at `since` (UTC, s) and what the loggers `sensed` meanwhile:
    frames with a `flame` and frames `seen` as strings of 0 and 1, share of the `case`'s contrast
    that is left, `haze` in counts."""

    sha256: str
    since: float
    flame: str
    seen: str
    case: float
    haze: float
    gas: float
    sensed: tuple[Sensed, ...]


class Scene(msgspec.Struct, frozen=True):
    """The view before the test as plain data: places of `lamp` and `case` in a frame of `shape`,
    their `change` and `contrast` and the `clear` wall in counts; `sha256` of the picture that was
    taken at `since` (UTC, s)."""

    shape: tuple[int, int]
    lamp: tuple[int, ...]
    case: tuple[int, ...]
    change: float
    contrast: float
    clear: float
    sha256: str
    since: float
    gas: float

    def view(self) -> View:
        """As masks."""
        masks = [np.zeros(self.shape, dtype=bool) for _ in range(2)]
        for mask, places in zip(masks, (self.lamp, self.case), strict=True):
            mask.flat[list(places)] = True
        return View(masks[0], masks[1], self.change, self.contrast)


Each = Callable[[Sensed], Awaitable[None]]
"""What is done after each reading of the loggers."""


@dataclass(frozen=True)
class Course:
    """All looks of one abuse test, in order, with the scene `before` it."""

    before: Scene
    looks: Sequence[Look]

    @property
    def sensed(self) -> tuple[Sensed, ...]:
        """All readings of the loggers."""
        return tuple(each for one in self.looks for each in one.sensed)

    @property
    def fire(self) -> bool:
        """Whether a flame lasted longer than a second."""
        return lasting("".join(one.flame for one in self.looks)) > 0

    @property
    def explosion(self) -> bool:
        """Whether the case was no more in its place at the end."""
        return self.looks[-1].case < THERE

    @property
    def hottest(self) -> float:
        """degC."""
        return max(max(one.celsius) for one in self.sensed)

    @property
    def warming(self) -> float:
        """K by which the sample became warmer than at the first reading."""
        return self.hottest - max(self.sensed[0].celsius)

    @property
    def gas(self) -> float:
        """mol/mol by which the carbon dioxide rose over that before the test."""
        return max(one.gas for one in self.looks) - self.before.gas


async def scene(rig: AbuseRig) -> Scene:
    """The view before the test by the next storyboard; `Blind` where lamp or sample is missing."""
    before = (await rig.camera.latest()).file
    await _until_written(before.measured_utc)
    taken = await rig.camera.following(before.sha256, timeout=WAIT)
    frames = frames_of(np.asarray(taken.intensity))
    view = view_of(frames)
    return Scene(
        (frames.shape[1], frames.shape[2]),
        tuple(np.flatnonzero(view.lamp).tolist()),
        tuple(np.flatnonzero(view.case).tolist()),
        view.change,
        view.contrast,
        wall_of(frames, view),
        taken.file.sha256,
        taken.file.measured_utc,
        (await rig.gas.fractions())[GAS].value,
    )


async def look(
    run: Run, rig: AbuseRig, name: str, before: Look | None, seen: Scene, each: Each | None = None
) -> Look:
    """The next look after `before` (None: after the `seen` scene); its readings go to the journal
    under `name`. It begins with the loggers, and ends with the storyboard of that time; `each` is
    done after each reading."""
    last, since = (seen.sha256, seen.since) if before is None else (before.sha256, before.since)
    due = _due(since)
    sensed: list[Sensed] = []
    while not sensed or clock.now() + READ < due:
        await clock.sleep(READ if sensed else 0.0)
        sensed.append(await sense(run, rig, name))
        if each is not None:
            await each(sensed[-1])
    await _until_written(since)
    taken = await rig.camera.following(last, timeout=WAIT)
    gas = (await rig.gas.fractions())[GAS]
    await run.record(f"{name}/gas", gas)
    board = shown(frames_of(np.asarray(taken.intensity)), seen.view(), seen.clear)
    return Look(
        taken.file.sha256,
        taken.file.measured_utc,
        _flags(board.flame),
        _flags(board.seen),
        board.case,
        board.haze,
        gas.value,
        tuple(sensed),
    )


def _due(since: float) -> float:
    """Run time in s at which the storyboard after that which began at `since` (UTC, s) is
    written."""
    t, utc = clock.stamp()
    return t + since + 2.0 * EVERY + WRITTEN - utc


async def _until_written(since: float) -> None:
    await clock.sleep(max(_due(since) - clock.now(), 0.0))


async def sense(run: Run, rig: AbuseRig, name: str) -> Sensed:
    """One reading of every logger; it goes to the journal under `name`."""
    *warm, room = await rig.logger.temperatures([*CHANNELS, ROOM_CHANNEL])
    voltage = await rig.voltage.measure_voltage(voltage_range=HIGHEST)
    await run.record(f"{name}/temperature", *warm)
    await run.record(f"{name}/room", room)
    await run.record(f"{name}/voltage", voltage)
    celsius = tuple(one.value for one in warm)
    return Sensed(voltage.t, celsius, room.value, voltage.value)


async def sensors(rig: AbuseRig) -> bool:
    """All thermocouples told to the logger; done twice it does no harm."""
    for channel in (*CHANNELS, ROOM_CHANNEL):
        await rig.logger.configure(channel, "K")
    return True


def _flags(values: Sequence[bool]) -> str:
    return "".join("1" if one else "0" for one in values)


def unseen(course: Course, until: float) -> tuple[Words, ...]:
    """Why the looks do not cover the time from the scene before them to `until` (UTC, s) without a
    gap; empty where they do. A storyboard that is written again and again covers its time once."""
    found: list[Words] = []
    ends = [one.since + EVERY for one in (course.before, *course.looks)]
    lost = sum(max(b - a - EVERY, 0.0) for a, b in pairwise(ends)) + max(until - ends[-1], 0.0)
    dark = sum(one.seen.count("0") for one in course.looks)
    if lost > MISSED or dark:
        values = {"lost": f"{lost:.0f}", "dark": str(dark)}
        found.append(Text(BLIND, values))
    pause = _pause(course.sensed)
    if pause > LATE:
        found.append(Text(SILENT, {"pause": f"{pause:.0f}"}))
    return tuple(found)


def _pause(sensed: Sequence[Sensed]) -> float:
    """Longest time in s without temperatures that are new to their last digit."""
    news = [b.t for a, b in pairwise(sensed) if (a.celsius, a.room) != (b.celsius, b.room)]
    times = [sensed[0].t, *news, sensed[-1].t]
    return max(b - a for a, b in pairwise(times))
