"""Full cycles by the station's own program, with the energy at its terminals: acquisition."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from drivers.roles.cycle_program import CyclePhase, CyclePlan
from drivers.roles.power_analyzer import PowerAnalyzer
from labctl import clock
from labctl.errors import InstrumentError
from labctl.evidence import Reading
from labctl.run import Run
from procedures.methods.hybrid_storage.plant import Plant
from procedures.methods.hybrid_storage.working import require_no_alarm
from procedures.methods.trace import Trace, trace
from rigs.hybrid import AIR, HybridRig

RATE = 0.5
"""Multiples of the rated energy per hour; our choice, since no rate is stated: it is that of the
station's cycle life."""

REST = 600.0
"""Seconds after each charge and discharge: long against the relaxation that the cut-offs see, short
against the self-discharge."""

LOOK = 300.0
"""Seconds between two looks at the program, half a rest, so that none is missed."""

NEARLY = 0.85
"""Part of the length of the cycle before, as far as that is known, before the first look."""

LATE = 1.5
"""Times its expected length after which a half of a cycle is given up."""

PHASES: tuple[CyclePhase, ...] = (
    "idle", "charge", "rest_after_charge", "discharge", "rest_after_discharge", "done",
)  # fmt: skip
"""In their order."""


class Cycle(msgspec.Struct, frozen=True):
    """One full cycle at the AC terminals, positive into the station.

    `charged` and `cycled` are the energies in J by phase since the start of the charge, as summed
    up at `at_charged` and `at_cycled` in s after it, within the rests after charge and discharge;
    `idle` the powers in W by phase in the last rest. `charge_seconds` and `discharge_seconds` are
    how long both took, `rest` how long a rest is. `air` in degC at the inlets, over the cycle.
    """

    charged: tuple[Reading, ...]
    cycled: tuple[Reading, ...]
    idle: tuple[Reading, ...]
    at_charged: float
    at_cycled: float
    charge_seconds: float
    discharge_seconds: float
    rest: float
    air: Trace


def plan_of(plant: Plant, rate: float, *, window: bool = False, count: int = 1) -> CyclePlan:
    """`count` cycles at `rate` in P: between the cells' own limits, or in the `window` of states of
    charge that the sheet states."""
    power = plant.power(rate)
    low, high = (
        (plant.share("state_of_charge_low"), plant.share("state_of_charge_high"))
        if window
        else (0.0, 100.0)
    )
    return CyclePlan(power, power, low, high, REST, count)


async def take(
    run: Run, rig: HybridRig, plant: Plant, name: str, plan: CyclePlan, known: Cycle | None = None
) -> Cycle:
    """One cycle of `plan`, its energies recorded as `name`; call it inside a step. `known` is one
    like it that was run before, which tells how long this one may take."""
    for meter in rig.analyzers:
        await meter.clear_integration()
        await meter.integrate(True)
    begin = clock.now()
    await rig.site.start_cycles(plan)
    half = half_at_most(plant, plan)
    air = list(await rig.logger.temperatures(AIR))
    await until(rig, "rest_after_charge", half, 0.0 if known is None else known.charge_seconds)
    charged = await _sums(rig.analyzers)
    air += await rig.logger.temperatures(AIR)
    expected = 0.0 if known is None else known.discharge_seconds
    await until(rig, "rest_after_discharge", half + REST, expected)
    idle = [(await meter.measure(1)).power for meter in rig.analyzers]
    cycled = await _sums(rig.analyzers)
    air += await rig.logger.temperatures(AIR)
    status = await rig.site.cycles()
    for meter in rig.analyzers:
        await meter.integrate(False)
    await require_no_alarm(rig)
    await _record(run, name, (charged, cycled, idle), air)
    return Cycle(
        charged,
        cycled,
        tuple(idle),
        charged[0].t - begin,
        cycled[0].t - begin,
        status.charge_time.value,
        status.discharge_time.value,
        plan.rest,
        trace(air),
    )


async def until(rig: HybridRig, phase: CyclePhase, timeout: float, expected: float = 0.0) -> None:
    """Until the program is in `phase`; it may last some `expected` s.

    `InstrumentError` after `timeout` in s, where the program is held, and where it was beyond
    `phase` before it was looked at.
    """
    begin = clock.now()
    await clock.sleep(NEARLY * expected)
    while PHASES.index((status := await rig.site.cycles()).phase) < PHASES.index(phase):
        if status.held or clock.now() - begin > timeout:
            why = "is held" if status.held else f"takes more than {timeout:g} s"
            raise InstrumentError(
                f"the program of cycles {why}",
                address=rig.site.address,
                answer=status.phase,
                remedy="see which alarm stands at the banks; labctl resume goes on",
            )
        await clock.sleep(LOOK)
    if status.phase != phase:
        raise InstrumentError(
            f"the program was not seen in its phase {phase}",
            address=rig.site.address,
            answer=status.phase,
            remedy="labctl resume takes the cycle anew",
        )


async def charged(rig: HybridRig, plant: Plant, rate: float, rest: float = 0.0) -> None:
    """Full charge at `rate` in P and `rest` s in the program's own rest, which is ended then."""
    plan = plan_of(plant, rate)
    await rig.site.start_cycles(plan)
    await until(rig, "rest_after_charge", half_at_most(plant, plan))
    await clock.sleep(rest)
    await rig.site.stop_cycles()


async def conditioned(rig: HybridRig, plant: Plant) -> None:
    """A full cycle from anywhere, so that both banks are empty together and have the history of
    those that are cycled."""
    plan = plan_of(plant, RATE)
    await rig.site.start_cycles(plan)
    await finished(rig, plant, plan)


async def finished(rig: HybridRig, plant: Plant, plan: CyclePlan) -> None:
    """Until the program of one cycle of `plan` has ended, its last rest with it."""
    await until(rig, "done", 2.0 * (half_at_most(plant, plan) + plan.rest))


def half_at_most(plant: Plant, plan: CyclePlan) -> float:
    """Seconds after which a charge or a discharge of `plan` should be over by far."""
    return LATE * plant.power(1.0) / min(plan.charge_power, plan.discharge_power) * 3600.0


async def _sums(meters: Sequence[PowerAnalyzer]) -> tuple[Reading, ...]:
    return tuple([(await meter.integrated(1)).energy for meter in meters])


async def _record(
    run: Run, name: str, energies: Sequence[Sequence[Reading]], air: Sequence[Reading]
) -> None:
    channels = ("charged", "cycled", "idle")
    for channel, readings in zip(channels, energies, strict=True):
        for phase, reading in enumerate(readings, 1):
            await run.record(f"{name}/{channel}-{phase}", reading)
    await run.record(f"{name}/air", *air)
