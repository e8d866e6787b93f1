"""Events played by the grid simulator, and the site's answer recorded about them."""

from __future__ import annotations

import msgspec

from drivers.roles.grid_simulator import GridEvent
from labctl import clock
from labctl.evidence import Reading
from labctl.run import Run
from procedures.methods.grid_support.course import Course, Quantity, course_of
from procedures.methods.grid_support.pcc import HERTZ, NOMINAL, Seen, read
from rigs.power import CURRENT, EVENT, PROBE, VOLTAGE, PowerRig

LENGTH, BEFORE, RATE = 1.2, 0.2, 25e3
"""Record in s, the part of it before the event, samples in 1/s."""

SPAN_VOLTAGE, SPAN_CURRENT, SPAN_MARKER = 800.0, 1.6, 8.0
"""Screens in V: 325 V of the grid, 80 A by the clamp, a 5 V output."""

LASTING = 8.0
"""Seconds of an event: the record, and readings of what has settled."""

SETTLED, READINGS = 2.0, 6
"""Seconds after the record from which on the answer is read, and how often."""

REST = 6.0
"""Seconds from the end of an event to the next."""


class Event(msgspec.Struct, frozen=True):
    """An event to `frequency` in Hz and `voltage` in V, set; what the simulator told of its begin,
    the `course` about it, and readings before it (`idle`) and when it had lasted (`answered`)."""

    frequency: float
    voltage: float
    began: Reading
    course: Course
    idle: Seen | None = None
    answered: Seen | None = None


async def set_scope(rig: PowerRig) -> None:
    """Channels, time base and trigger of a record about an event."""
    scope = rig.scope
    for channel, span, offset, probe in (
        (VOLTAGE, SPAN_VOLTAGE, 0.0, PROBE),
        (CURRENT, SPAN_CURRENT, 0.0, 1.0),
        (EVENT, SPAN_MARKER, 2.5, 1.0),
    ):
        await scope.set_channel(
            channel, span=span, offset=offset, coupling="dc", impedance="1M", probe=probe
        )
    await scope.set_timebase(LENGTH, delay=0.5 * LENGTH - BEFORE)
    await scope.set_sample_rate(RATE)
    await scope.set_trigger(EVENT, level=2.5, slope="rising")


def frequency_step(hertz: float, lasting: float = LASTING) -> GridEvent:
    """An event at nominal voltage to `hertz` in Hz."""
    return GridEvent(voltage=1.0, frequency=hertz, phase=0.0, duration=lasting)


def voltage_step(share: float, lasting: float = LASTING) -> GridEvent:
    """An event at nominal frequency to `share` of the nominal voltage."""
    return GridEvent(voltage=share, frequency=HERTZ, phase=0.0, duration=lasting)


async def record_event(run: Run, rig: PowerRig, event: GridEvent, what: Quantity) -> Event:
    """Play `event` and record it. Call it inside a step; the scope must be set."""
    scope = rig.scope
    await scope.arm()
    await clock.sleep(2.0 * BEFORE)
    began = await rig.grid.play(event)
    await run.record("event/began", began)
    await scope.wait(timeout=2.0 * LENGTH + 1.0)
    channels = [await scope.waveform(number) for number in (VOLTAGE, CURRENT, EVENT)]
    course = course_of(channels[0], channels[1], channels[2], what)
    return Event(event.frequency, event.voltage * NOMINAL, began, course)


async def answered_event(run: Run, rig: PowerRig, event: GridEvent, what: Quantity) -> Event:
    """`record_event` with readings of the analyser before and within the event; then at rest."""
    idle = await read(run, rig, "event/idle", READINGS)
    found = await record_event(run, rig, event, what)
    answered = await read(run, rig, "event/answered", READINGS, after=SETTLED)
    await clock.sleep(max(found.began.t + event.duration + REST - clock.now(), 0.0))
    return msgspec.structs.replace(found, idle=idle, answered=answered)
