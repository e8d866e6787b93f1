"""Overcharge and heating of a module with its protection in place: fires and explosions, counted.

After GB/T 36276-2018, annex A (remembered): the string is charged on at its rated current; then
the first cell is heated at 5 K a minute to 130 degC and kept there for half an hour. An hour is
watched with each. An event is counted once for each of the two tests in which it is seen.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import msgspec

from labctl import clock
from labctl.evidence import Count, Evidence
from labctl.gaps import Gaps
from labctl.i18n import N_
from labctl.run import Run
from labctl.words import Text, Words
from procedures.methods.abuse import driving, looking, mounting
from procedures.methods.abuse.driving import RAMP, TARGET, Heat, Protection
from procedures.methods.abuse.looking import (
    EVERY,
    READ,
    Course,
    Look,
    Scene,
    Sensed,
    sensors,
    unseen,
)
from rigs.abuse import AbuseRig

STRING = 2
"""Cells in series that the supply charges."""

HOUR, SOAK = 3600.0, 1800.0
"""Seconds that are watched after a test, and at 130 degC."""

NEAR = 3.0
"""K within which the plate keeps the first cell at 130 degC."""

GAPS = Gaps()
"""An event is over in seconds: no interruption of the watch is borne."""

FLOWED = 0.8
"""Share of the rated current that counts as the charge that was asked for: a supply for a
kiloampere reads some amperes wrong."""

HOW = N_(
    "Overcharge at {current} A: the protection told {alarms} and let {left} A through at the end; "
    "the module came to {overcharged} degC. Heating of the first cell to {target} degC for {soak} "
    "min: it came to {hottest} degC, carbon dioxide in the extraction rose by {gas} ppm. Flame for "
    "longer than a second in {fires} of 2 tests, a burst case in {bursts}."
)
LEFT_OUT = (
    N_("trigger severity: overcharge and heating alone; nail, short, crush and fire from outside "
       "are not among them, and both act on one module, not on the whole system"),
    looking.RESPONSE,
    N_("few samples: the verdict speaks of this module alone"),
)  # fmt: skip


SETTLING = 2.0
"""Seconds after which the charging current is read."""


class Driven(msgspec.Struct, frozen=True):
    """A look with what the protection told, or where the heating stands, at its end."""

    look: Look
    protection: Protection
    heat: Heat


Point = Callable[[float, Driven | None], Awaitable[Driven]]


@dataclass(frozen=True)
class Abused:
    """Both tests, what the protection told `first` after the charge began, the `rated` current in
    A, the seconds of heating and watch (`heated`), and the scenes before each test."""

    overcharge: Sequence[Driven]
    heating: Sequence[Driven]
    first: Protection
    rated: float
    heated: float
    scenes: tuple[Scene, Scene]

    @property
    def courses(self) -> tuple[Course, Course]:
        """The looks of each."""
        before, after = ([one.look for one in each] for each in (self.overcharge, self.heating))
        return Course(self.scenes[0], before), Course(self.scenes[1], after)


async def abuse_of_module(run: Run, rig: AbuseRig) -> Evidence:
    """Evidence for `fire_events` and `explosion_events`."""
    await run.ask(mounting.MOUNTED)
    await run.step("sensors", lambda: sensors(rig), bool)
    rated = run.sample.quantity(mounting.CAPACITY, "A*h").value
    full = run.sample.quantity(mounting.FULL, "V").value
    await run.ask(mounting.leads("on the string"))
    await mounting.behind_the_door(run, "overcharge")
    view = await run.step("scene", lambda: looking.scene(rig), Scene)
    first = await run.step("begin", lambda: _begin(run, rig, full, rated), Protection)
    charged = await run.log("overcharge", HOUR, EVERY, _watching(run, rig, view), Driven, 0.4)
    await run.step("end", lambda: driving.off(rig), bool)
    await run.ask(mounting.leads("on the heating plate"))
    await mounting.behind_the_door(run, "heating")
    await run.step("plate", lambda: driving.plate_on(rig), bool)
    again = await run.step("scene-again", lambda: looking.scene(rig), Scene)
    newest = msgspec.structs.replace(view, sha256=again.sha256, since=again.since, gas=again.gas)
    start = again_start(charged)
    length = (TARGET - start) / RAMP + SOAK + HOUR
    heated = await run.log("heating", length, EVERY, _heating(run, rig, newest, start), Driven)
    return _evidence(run, Abused(charged, heated, first, rated, length, (view, newest)))


async def _begin(run: Run, rig: AbuseRig, full: float, rated: float) -> Protection:
    await driving.overcharge(rig, full, STRING, rated)
    await clock.sleep(SETTLING)
    return await driving.told(run, rig, "overcharge")


def again_start(charged: Sequence[Driven]) -> float:
    """degC at which the heating begins: that of the hottest place at the last look."""
    return max(charged[-1].look.sensed[-1].celsius)


def _watching(run: Run, rig: AbuseRig, view: Scene) -> Point:
    async def point(_: float, before: Driven | None) -> Driven:
        seen = await looking.look(run, rig, "overcharge", before and before.look, view)
        return Driven(seen, await driving.told(run, rig, "overcharge"), Heat())

    return point


def _heating(run: Run, rig: AbuseRig, view: Scene, start: float) -> Point:
    async def point(elapsed: float, before: Driven | None) -> Driven:
        plate = Plate(rig, before.heat if before else Heat(), start, clock.now() - elapsed)
        seen = await looking.look(run, rig, "heating", before and before.look, view, plate.control)
        return Driven(seen, await driving.told(run, rig, "heating"), plate.heat)

    return point


class Plate:
    """The heating plate under control, from run time `begun` in s and `start` in degC on."""

    def __init__(self, rig: AbuseRig, heat: Heat, start: float, begun: float) -> None:
        self._rig, self.heat, self._start, self._begun = rig, heat, start, begun

    async def control(self, sensed: Sensed) -> None:
        """Set the plate's voltage by the first cell's temperature; off when its time is over."""
        elapsed, first = clock.now() - self._begun, sensed.celsius[0]
        if elapsed > (TARGET - self._start) / RAMP + SOAK:
            self.heat = msgspec.structs.replace(self.heat, off=True)
        wanted = driving.wanted_at(elapsed, self._start)
        self.heat, volts = driving.heated(self.heat, first, wanted)
        await self._rig.supply.set_voltage(volts)


def not_driven(seen: Abused) -> tuple[Words, ...]:
    """Why the module was not driven as far as the tests ask for; empty where it was."""
    found: list[Words] = []
    if seen.first.current < FLOWED * seen.rated:
        found.append(N_("the overcharge did not begin: the supply's current did not flow"))
    if not seen.courses[1].fire and soaked(seen.heating) < SOAK - 2.0 * READ:
        found.append(N_("the first cell was not kept at its temperature for half an hour"))
    return tuple(found)


def soaked(heating: Sequence[Driven]) -> float:
    """Seconds for which the first cell was at 130 degC or above, less what the control may miss."""
    warm = [
        each.t for one in heating for each in one.look.sensed if each.celsius[0] >= TARGET - NEAR
    ]
    return warm[-1] - warm[0] if warm else 0.0


def _evidence(run: Run, seen: Abused) -> Evidence:
    both = seen.courses
    fires = float(sum(one.fire for one in both))
    bursts = float(sum(one.explosion for one in both))
    ends = (seen.first.utc + HOUR, both[1].before.since + EVERY + seen.heated)
    blind = [words for one, end in zip(both, ends, strict=True) for words in unseen(one, end)]
    return run.evidence(
        {
            "fire_events": Count(fires, fires, "event"),
            "explosion_events": Count(bursts, bursts, "event"),
        },
        how=Text(HOW, told(seen, fires, bursts)),
        left_out=LEFT_OUT,
        invalid=(*not_driven(seen), *blind),
    )


def told(seen: Abused, fires: float, bursts: float) -> dict[str, str]:
    """The figures of both tests as text."""
    charge, heat = seen.courses
    alarms = sorted({one for each in seen.overcharge for one in each.protection.alarms})
    return {
        "current": f"{seen.first.current:.1f}",
        "alarms": ", ".join(alarms) or "-",
        "left": f"{seen.overcharge[-1].protection.current:.1f}",
        "overcharged": f"{charge.hottest:.0f}",
        "target": f"{TARGET:g}",
        "soak": f"{SOAK / 60.0:g}",
        "hottest": f"{heat.hottest:.0f}",
        "gas": f"{1e6 * heat.gas:.0f}",
        "fires": f"{fires:g}",
        "bursts": f"{bursts:g}",
    }
