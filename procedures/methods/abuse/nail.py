"""Nail penetration of one charged cell: pierced, watched for an hour, judged by what was seen.

GB/T 31485-2015, 6.2.8 (remembered): a steel nail of 5 mm to 8 mm goes at 25 mm/s through the cell
at right angles to its layers and stays in it; one hour is watched. Passed: no fire, no explosion.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from labctl import clock
from labctl.errors import InstrumentError
from labctl.evidence import Evidence, Present, Reading
from labctl.gaps import Gaps
from labctl.i18n import N_
from labctl.run import Run
from labctl.traceable import Unstated
from labctl.words import Text, Words
from procedures.methods.abuse import looking, mounting
from procedures.methods.abuse.looking import (
    EVERY,
    HIGHEST,
    Course,
    Look,
    Scene,
    look,
    scene,
    sensors,
    unseen,
)
from rigs.abuse import AbuseRig

SPEED, BEYOND, FORCE_LIMIT = 0.025, 5e-3, 4500.0
"""Speed in m/s, way in m beyond the cell's thickness, force in N at which the press gives up."""

HOUR = 3600.0
"""Seconds that are watched."""

STROKE = 30.0
"""Longest time in s of a stroke."""

LEAST_FORCE, LEAST_DROP, LEAST_WARMING = 50.0, 5e-3, 2.0
"""What a nail through a charged cell shows at least: force in N, fall of the voltage in V, rise of
the temperature in K."""

GAPS = Gaps()
"""An event is over in seconds: no interruption of the watch is borne."""

HOW = N_(
    "The nail went {depth} mm deep at {speed} mm/s with {force} N at the most; the voltage fell "
    "from {before} V to {after} V at once. In an hour the cell came to {hottest} degC, carbon "
    "dioxide in the extraction rose by {gas} ppm. Flame for longer than a second: {fire}; case "
    "burst: {burst}."
)
LEFT_OUT = (
    N_("trigger severity: nail, speed and charge are those of the test, perhaps not the worst"),
    looking.RESPONSE,
    N_("few samples: the verdict speaks of this cell alone"),
)


class Stroke(msgspec.Struct, frozen=True):
    """What the press did: `depth` in m, `largest` force in N, voltages `before` and `after` in V;
    whether it met the sample (`met`), what `trip` stands."""

    depth: Reading
    largest: Reading
    before: Reading
    after: Reading
    met: bool
    trip: str


@dataclass(frozen=True)
class Nailed:
    """All that was seen of one cell."""

    stroke: Stroke
    course: Course


async def nail_penetration(run: Run, rig: AbuseRig, key: str) -> Evidence:
    """Evidence for `key`: neither fire nor explosion after the nail went through."""
    await run.ask(mounting.MOUNTED)
    await run.step("sensors", lambda: sensors(rig), bool)
    await mounting.behind_the_door(run, "nail")
    view = await run.step("scene", lambda: scene(rig), Scene)
    thickness = run.sample.quantity(mounting.THICKNESS, "m").value
    stroke = await run.step("stroke", lambda: _stroke(run, rig, thickness), Stroke)

    async def point(_: float, before: Look | None) -> Look:
        return await look(run, rig, "nail", before, view)

    looks = await run.log("watch", HOUR, EVERY, point, Look)
    return _evidence(run, key, Nailed(stroke, Course(view, looks)), thickness)


async def _stroke(run: Run, rig: AbuseRig, thickness: float) -> Stroke:
    press = rig.press
    await press.set_stroke(speed=SPEED, depth=thickness + BEYOND, force_limit=FORCE_LIMIT)
    before = await rig.voltage.measure_voltage(voltage_range=HIGHEST)
    await press.start()
    end = clock.now() + STROKE
    while await press.motion() != "standing":
        if clock.now() > end:
            raise InstrumentError("the stroke does not end", address=press.address)
        await clock.sleep(0.2)
    after = await rig.voltage.measure_voltage(voltage_range=HIGHEST)
    depth, force = await press.depth(), await press.force()
    met, trip = await press.contact(), await press.trip()
    await run.record("nail/voltage", before, after)
    await run.record("nail/depth", depth)
    await run.record("nail/force", force.largest)
    return Stroke(depth, force.largest, before, after, met is not None, trip)


def not_penetrated(stroke: Stroke, warming: float, thickness: float) -> tuple[Words, ...]:
    """Why the nail is not seen to have gone through `thickness` in m and to have made a short;
    `warming` in K of the hour. Empty where it is."""
    error = 0.0
    if stroke.depth.accuracy is not None:
        line = stroke.depth.accuracy
        error = line.gain * abs(stroke.depth.value) + line.offset
    found: list[Words] = []
    if stroke.trip != "none":
        found.append(Text(N_("the press tripped in the stroke ({trip})"), {"trip": stroke.trip}))
    if stroke.depth.value - error < thickness:
        found.append(N_("the nail did not go through: its depth is less than the cell's thickness"))
    if not stroke.met or stroke.largest.value < LEAST_FORCE:
        found.append(N_("the nail did not go through: no force of a sample was seen"))
    if stroke.before.value - stroke.after.value < LEAST_DROP:
        found.append(N_("the nail made no short: the voltage did not fall"))
    if warming < LEAST_WARMING:
        found.append(N_("the nail made no short: the cell did not warm up, or no sensor saw it"))
    return tuple(found)


def _evidence(run: Run, key: str, seen: Nailed, thickness: float) -> Evidence:
    stroke, course = seen.stroke, seen.course
    invalid = not_penetrated(stroke, course.warming, thickness)
    invalid += unseen(course, stroke.before.utc + HOUR)
    named = mounting.FULL in run.sample.properties
    if named:
        full = run.sample.quantity(mounting.FULL, "V").value
        invalid += mounting.not_charged(stroke.before.value, full, 1)
    passed = not (course.fire or course.explosion)
    return run.evidence(
        {key: Present(passed, "; ".join(_events(course)))},
        how=Text(HOW, told(seen)),
        left_out=LEFT_OUT,
        unstated=() if named else (Unstated(mounting.FULL, "sample"),),
        invalid=invalid,
    )


def _events(course: Course) -> list[str]:
    found = ["fire"] if course.fire else []
    found += ["explosion"] if course.explosion else []
    return found or ["no fire, no explosion"]


def told(seen: Nailed) -> dict[str, str]:
    """The figures of the test as text."""
    stroke, course = seen.stroke, seen.course
    return {
        "depth": f"{1e3 * stroke.depth.value:.2f}",
        "speed": f"{1e3 * SPEED:g}",
        "force": f"{stroke.largest.value:.0f}",
        "before": f"{stroke.before.value:.3f}",
        "after": f"{stroke.after.value:.3f}",
        "hottest": f"{course.hottest:.0f}",
        "gas": f"{1e6 * course.gas:.0f}",
        "fire": "yes" if course.fire else "no",
        "burst": "yes" if course.explosion else "no",
    }
