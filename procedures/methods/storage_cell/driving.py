"""A program on the cycler from begin to end, with the temperatures beside it: acquisition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from drivers.roles.battery_cycler import CyclerRecord, ProgramStep
from labctl import clock
from labctl.errors import InstrumentError
from labctl.evidence import Accuracy, Reading
from labctl.run import Run
from procedures.methods.battery.legs import Leg, legs_of, of_sign
from procedures.methods.storage_cell.climate import look
from procedures.methods.trace import Trace, trace
from rigs.storage_cell import CHANNEL, StorageCellRig

LATE = 0.5
"""Part of its expected time by which a program may be late, beside an hour."""

MOST = 200_000
"""Points of a log that are read at most."""


@dataclass(frozen=True)
class Plan:
    """`steps` for the cycler, recorded every `interval` s, expected to last `seconds` at most; the
    temperatures are looked at every `every` s."""

    steps: list[ProgramStep]
    interval: float
    seconds: float
    every: float


class Seen(msgspec.Struct, frozen=True):
    """What was seen of a program: `legs` by the cycler, `air` beside the cell in degC, data sheet
    lines of the cycler's `current` and `voltage`, and its `address`."""

    legs: list[Leg]
    air: Trace
    current: Accuracy | None
    voltage: Accuracy | None
    address: str


async def drive(run: Run, rig: StorageCellRig, name: str, plan: Plan) -> Seen:
    """The program `plan` done, under the test `name` of this item. Call it inside a step."""
    await start(run, rig, name, plan)
    air, _ = await follow(run, rig, name, plan)
    return seen_of(await recorded(rig), air)


async def start(run: Run, rig: StorageCellRig, name: str, plan: Plan) -> None:
    """The cycler at work on the test `name` of this item."""
    test = f"{run.item} {name}".replace("/", " ")
    await rig.cycler.start_steps(CHANNEL, plan.steps, interval=plan.interval, test=test)


async def follow(
    run: Run, rig: StorageCellRig, name: str, plan: Plan
) -> tuple[list[Reading], list[Reading]]:
    """Air and case in degC until the cycler has done `plan`.

    `InstrumentError` where it stopped before, or is late.
    """
    air: list[Reading] = []
    case: list[Reading] = []
    begin = clock.now()
    while True:
        await clock.sleep(plan.every)
        one, two = await look(rig)
        air.append(one)
        case.append(two)
        run.look_at("temperature", one.value, one.unit)
        if await is_done(rig, plan, begin):
            await run.record(f"{name}/air", *air)
            await run.record(f"{name}/case", *case)
            return air, case


async def recorded(rig: StorageCellRig) -> CyclerRecord:
    """All points of the test."""
    return await rig.cycler.records(CHANNEL, first=0, count=MOST)


def seen_of(record: CyclerRecord, air: Sequence[Reading]) -> Seen:
    """What `record` and the probe in the `air` tell."""
    return Seen(
        legs=legs_of(record),
        air=trace(air),
        current=record.current.accuracy,
        voltage=record.voltage.accuracy,
        address=record.voltage.address,
    )


def charge_of(seen: Seen) -> float:
    """Charge of the last discharge in C, as the cycler shows it."""
    leg = of_sign(seen.legs, -1)[-1]
    return leg.seconds * leg.current


async def is_done(rig: StorageCellRig, plan: Plan, begin: float) -> bool:
    """Whether the cycler has done `plan`, begun at run time `begin` in s.

    `InstrumentError` where it stopped before, or is late.
    """
    now = await rig.cycler.status(CHANNEL)
    if now.state == "finished":
        return True
    if now.state != "working" or clock.now() - begin > (1.0 + LATE) * plan.seconds + 3600.0:
        raise InstrumentError(
            "the cycler has not done its program",
            address=rig.cycler.address,
            answer=f"{now.state} in step {now.step} of cycle {now.cycle} {now.alarm}".strip(),
            remedy="see at the cycler why it stopped, and whether the cell can still be cycled",
        )
    return False
