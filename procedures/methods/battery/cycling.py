"""Cycles on the cycler, by a program of its own, with the shunt read meanwhile: acquisition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import msgspec
import numpy as np

from drivers.roles.battery_cycler import ChannelStatus, ConstantCurrent, Loop, ProgramStep, Rest
from labctl import clock
from labctl.errors import InstrumentError
from labctl.evidence import Accuracy, Reading
from labctl.run import Run
from procedures.methods.battery.cell import Cell
from procedures.methods.battery.legs import Leg, legs_of, of_sign
from procedures.methods.trace import Trace, trace
from rigs.battery import CHANNEL, BatteryRig

ZEROS = 10
"""Readings of the shunt with the channel open."""

CYCLES_NPLC = 10.0
"""Power line cycles of a reading of the shunt."""

RANGES = (0.1, 1.0, 10.0)
"""Ranges of the voltmeter in V; one is kept for a test, so that its gain is common."""

USED = 1.1
"""Part of a range up to which it is used; meters of this class go to 1.2 of it."""

LATE = 0.5
"""Part of its expected time by which a test may be late."""

ON_WAY = 0.02
"""Relative distance from the median beyond which a reading fell into a change of the current."""

GOLDEN = (5.0**0.5 - 1.0) / 2.0

MOST = 200_000
"""Points of a log that are read at most."""


@dataclass(frozen=True)
class Program:
    """`cycles` of charge with `charge` and discharge with `discharge` in A (magnitudes) between the
    voltages `lower` and `upper` in V, with `rest` in s after each; recorded every `interval` s, the
    shunt read every `every` s. `seconds` is how long a cycle is expected to last at most."""

    charge: float
    discharge: float
    lower: float
    upper: float
    rest: float
    cycles: int
    interval: float
    every: float
    seconds: float

    def steps(self) -> list[ProgramStep]:
        """As the cycler gets it."""
        body: list[ProgramStep] = [
            ConstantCurrent(self.charge, voltage=self.upper),
            Rest(self.rest),
            ConstantCurrent(-self.discharge, voltage=self.lower),
            Rest(self.rest),
        ]
        return body if self.cycles == 1 else [*body, Loop(1, self.cycles)]

    def trimmed(self, seen: Cycles, resistance: float) -> Program:
        """The program with currents that bring the shunt to what `seen` should have had, in a
        program with the same currents; `resistance` of the shunt in ohm."""
        zero = float(seen.zero.array.mean())
        charge = (float(seen.charge.array.mean()) - zero) / resistance
        discharge = (zero - float(seen.discharge.array.mean())) / resistance
        return replace(
            self,
            charge=2.0 * self.charge - charge,
            discharge=2.0 * self.discharge - discharge,
        )


class Cycles(msgspec.Struct, frozen=True):
    """What was seen of a test: `legs` by the cycler, voltages of the shunt in V at rest (`zero`),
    in `charge` and in `discharge`, mean chamber temperature in `celsius`, the `line` of the
    cycler's voltage and the `address` of the cycler."""

    legs: list[Leg]
    zero: Trace
    charge: Trace
    discharge: Trace
    celsius: float
    line: Accuracy | None
    address: str


async def take(run: Run, rig: BatteryRig, cell: Cell, name: str, program: Program) -> Cycles:
    """Zero, then the test `name` by `program` from its begin to its end. Call it inside a step."""
    full = range_for(max(program.charge, program.discharge) * cell.shunt.resistance.value)
    zero = [await _shunt(rig, full) for _ in range(ZEROS)]
    await run.record(f"{name}/zero", *zero)
    await start(run, rig, name, program)
    shunt, celsius = await _follow(rig, program, full)
    await run.record(f"{name}/shunt", *shunt)
    await run.record(f"{name}/temperature", *celsius)
    record = await rig.cycler.records(CHANNEL, first=0, count=MOST)
    level = 0.5 * min(program.charge, program.discharge) * cell.shunt.resistance.value
    return Cycles(
        legs=legs_of(record),
        zero=trace(zero),
        charge=trace(steady([one for one in shunt if one.value > level])),
        discharge=trace(steady([one for one in shunt if one.value < -level])),
        celsius=float(np.mean([one.value for one in celsius])),
        line=record.voltage.accuracy,
        address=record.voltage.address,
    )


async def start(run: Run, rig: BatteryRig, name: str, program: Program) -> None:
    """The cycler at work on the test `name` of this item."""
    test = f"{run.item} {name}".replace("/", " ")
    await rig.cycler.start_steps(CHANNEL, program.steps(), interval=program.interval, test=test)


async def _follow(
    rig: BatteryRig, program: Program, full: float
) -> tuple[list[Reading], list[Reading]]:
    """The shunt in V and the chamber in degC until the cycler has done `program`."""
    shunt: list[Reading] = []
    celsius: list[Reading] = []
    begin, looks = clock.now(), 0
    while True:
        await clock.sleep(program.every * uneven(looks))
        shunt.append(await _shunt(rig, full))
        looks += 1
        if looks % 4 == 0 or program.cycles == 1:
            celsius.append(await rig.chamber.temperature())
            if await is_done(rig, program, begin):
                return shunt, celsius


def uneven(number: int) -> float:
    """Factor of the interval before look `number`: 0.75 to 1.25, 1 on average.

    Evenly spaced looks may fall into the same part of every cycle, into its rests at worst. Squares
    times an irrational number are spread evenly (Weyl, Math. Ann. 77 (1916) 313), and their sums
    wander, so that no cycle keeps pace with the looks.
    """
    return 0.75 + number**2 * GOLDEN % 1.0 / 2.0


async def is_done(rig: BatteryRig, program: Program, begin: float) -> bool:
    """Whether the cycler has done all of `program`, begun at run time `begin` in s.

    `InstrumentError` where it stopped before, or is late.
    """
    now = await rig.cycler.status(CHANNEL)
    if now.state == "finished" and now.cycle >= program.cycles:
        return True
    late = clock.now() - begin > (1.0 + LATE) * program.cycles * program.seconds + 3600.0
    if now.state != "working" or late:
        raise InstrumentError(
            "the cycler has not done its program",
            address=rig.cycler.address,
            answer=f"{now.state} in cycle {now.cycle} of {program.cycles} {now.alarm}".strip(),
            remedy="see at the cycler why it stopped, and whether the cell can still be cycled",
        )
    return False


async def status(rig: BatteryRig) -> ChannelStatus:
    """The cell's channel at this moment, in V, A, C and J."""
    return await rig.cycler.status(CHANNEL)


def range_for(volts: float) -> float:
    """The range in V for a shunt voltage of `volts` V."""
    return next((full for full in RANGES if volts <= USED * full), RANGES[-1])


def steady(readings: Sequence[Reading]) -> list[Reading]:
    """`readings` without those that fell into a change of the current.

    `InstrumentError` where the shunt showed no such current at all.
    """
    if not readings:
        raise InstrumentError(
            "the shunt shows no current that the cycler should drive",
            remedy="see whether the cell's line goes through the shunt, and in which direction",
        )
    middle = float(np.median([one.value for one in readings]))
    return [one for one in readings if abs(one.value - middle) <= ON_WAY * abs(middle)]


def currents(cycles: Cycles) -> tuple[list[Leg], list[Leg]]:
    """Charges and discharges of `cycles`."""
    return of_sign(cycles.legs, 1), of_sign(cycles.legs, -1)


async def _shunt(rig: BatteryRig, full: float) -> Reading:
    return await rig.shunt_meter.measure_voltage(voltage_range=full, power_line_cycles=CYCLES_NPLC)
