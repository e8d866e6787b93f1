"""Events played by the grid simulator, and the site's answer recorded about them."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from drivers.roles.grid_simulator import GridEvent
from drivers.roles.site_controller import SiteFunction
from labctl import clock
from labctl.evidence import Reading
from labctl.run import Run
from procedures.methods.grid_support.arranging import working
from procedures.methods.grid_support.course import Course, Quantity, course_of
from procedures.methods.grid_support.pcc import HERTZ, NOMINAL, Seen, look, read
from procedures.methods.site_at_work import require_at_work
from procedures.methods.step_record import BEFORE, LENGTH, set_up
from rigs.power import PowerRig
from rigs.scope_channels import CURRENT, EVENT, VOLTAGE

SPAN = 1.6
"""Screen of the clamp in V: 80 A."""

INTERVAL = 0.25
"""Interval of the analyser in s."""

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


ANSWERED_BY: Mapping[Quantity, SiteFunction] = {"active": "frequency", "reactive": "voltage"}
"""The function that answers an event with such power."""


async def ready(rig: PowerRig, function: SiteFunction) -> None:
    """Units that answer events by `function`, the oscilloscope set for records about events, and a
    grid that is there."""
    await working(rig, (function,), INTERVAL)
    await set_up(rig.scope, EVENT, SPAN)
    await look(rig)


def frequency_step(hertz: float, lasting: float = LASTING) -> GridEvent:
    """An event at nominal voltage to `hertz` in Hz."""
    return GridEvent(voltage=1.0, frequency=hertz, phase=0.0, duration=lasting)


def voltage_step(share: float, lasting: float = LASTING) -> GridEvent:
    """An event at nominal frequency to `share` of the nominal voltage."""
    return GridEvent(voltage=share, frequency=HERTZ, phase=0.0, duration=lasting)


async def record_event(run: Run, rig: PowerRig, event: GridEvent, what: Quantity) -> Event:
    """Play `event` and record it. Call it inside a step, the rig being `ready`."""
    scope = rig.scope
    await scope.arm()
    await clock.sleep(2.0 * BEFORE)
    began = await rig.grid.play(event)
    await run.record("event/began", began)
    await scope.wait(timeout=2.0 * LENGTH + 1.0)
    channels = [await scope.waveform(number) for number in (VOLTAGE, CURRENT, EVENT)]
    course = course_of(channels[0], channels[1], channels[2], what)
    await require_at_work(rig.site, (ANSWERED_BY[what],))
    return Event(event.frequency, event.voltage * NOMINAL, began, course)


async def played(
    run: Run, rig: PowerRig, events: Mapping[str, GridEvent], what: Quantity
) -> list[Event]:
    """Each of `events` played in turn, as a step of its name, with what of the site answered."""
    return [
        await run.step(name, lambda to=event: _played(run, rig, to, what), Event)
        for name, event in events.items()
    ]


async def _played(run: Run, rig: PowerRig, event: GridEvent, what: Quantity) -> Event:
    """`record_event` with readings of the analyser before and within the event; then at rest."""
    idle = await read(run, rig, "event/idle", READINGS)
    found = await record_event(run, rig, event, what)
    settled = await read(run, rig, "event/answered", READINGS, after=SETTLED)
    await clock.sleep(max(found.began.t + event.duration + REST - clock.now(), 0.0))
    return msgspec.structs.replace(found, idle=idle, answered=settled)
