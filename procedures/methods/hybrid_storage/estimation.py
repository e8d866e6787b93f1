"""How well the banks' systems estimate their state of charge, against counting by meters."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np

from drivers.roles.battery_management_system import BatteryManagementSystem
from drivers.roles.power_analyzer import PowerAnalyzer
from labctl import clock
from labctl.errors import InstrumentError
from labctl.evidence import Evidence, Reading
from labctl.gaps import Gaps
from labctl.i18n import N_
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from labctl.uncertainty.shapes import student
from labctl.words import Text, Words
from procedures.analysis.charge_reference import counted, farthest, largest
from procedures.methods.hybrid_storage.cycling import (
    RATE,
    REST,
    charged,
    conditioned,
    half_at_most,
    plan_of,
)
from procedures.methods.hybrid_storage.plant import ESTIMATE, Plant, plant_on
from procedures.methods.hybrid_storage.working import counting_charge, ready, require_no_alarm
from procedures.methods.one_figure import one_figure
from procedures.methods.trace import Trace, trace
from rigs.hybrid import AIR, HybridRig

PATTERN = (
    (300.0, 0.6), (120.0, 0.0), (180.0, 1.0), (120.0, -0.5), (300.0, 0.3), (180.0, 0.75),
    (120.0, -0.3), (480.0, 0.4),
)  # fmt: skip
"""Seconds and power in P of a drive-like profile, positive in discharge; our choice: the station
regulates, with rests and returns of power, at a mean of 0.38 P."""

REPEATS = 4
"""Patterns one after the other: they take three quarters of the charge."""

PROFILES = 3
"""Profiles, each from a full charge of its own after a full discharge: how far full and empty
repeat is in their scatter."""

LOOK, EMPTY = 120.0, 0.05
"""Seconds between two looks at the last discharge, and the part of the current of the profile's
first part below which a bank is empty."""

DISCHARGED = 15.0
"""State of charge in % as told, above which a bank was not discharged before."""

GAPS = Gaps(longest=24 * 3600.0, total=96 * 3600.0)
"""What is interrupted is done again from a full charge on."""

HOW = N_(
    "After a full cycle, a full charge and a rest the station runs a drive-like profile of charges "
    "and discharges, then discharges at 0.5 times the rated energy per hour until both banks are "
    "empty, air at 25 degC. The reference is the charge that a meter of the rig counts in the "
    "direct current of each bank, as a share of what it counts from full until that current has "
    "ended. At the end of each part of the profile the state of charge that the bank's system "
    "tells is read beside it. Of three such runs the mean is taken; the figure is the largest "
    "difference of both banks, in points of state of charge, taken to 25 degC by the station's "
    "coefficient."
)
FOUND = N_(
    "Largest error: {bank}, {sign}{largest} points; mean of the magnitudes: energy store {first}, "
    "power store {second} points."
)
LEFT_OUT: tuple[Words, ...] = (
    N_("choice of the error measure: another statistic than the largest gives another figure"),
    N_("few cases: other profiles, temperatures and ages than this one"),
    N_("states of health and of power, which are not tested"),
    N_("the moment between the reading of the bank and that of its meter"),
)
BANKS = ("energy store", "power store")


class Instant(msgspec.Struct, frozen=True):
    """State of charge in % as both banks' systems `told` it, and the charge `passed` in C at their
    meters, positive into the bank."""

    told: tuple[Reading, ...]
    passed: tuple[Reading, ...]


class Profile(msgspec.Struct, frozen=True):
    """The instants of a profile, and the last one, of each bank when it was `empty`; `air` in degC
    at the inlets before and after."""

    instants: tuple[Instant, ...]
    empty: Instant
    air: Trace


async def estimation_error(run: Run, rig: HybridRig, result: str) -> Evidence:
    """Evidence for `result`: largest error of the estimated state of charge, in %."""
    plant = plant_on(run, rig)

    async def one(index: int, _: Profile | None) -> Profile:
        return await _profile(run, rig, plant, index + 1)

    async with run.scope("estimation", lambda: ready(rig, plant, plant.power(1.0))):
        seen = await run.cycles("profiles", PROFILES, one, Profile)

    air = [reading for one in seen for reading in one.air.readings()]

    def figure(mc: MonteCarlo) -> Draws:
        return error_of(mc, seen) / plant.warmed(mc, ESTIMATE, air)

    how, unstated = (HOW, _found(run.monte_carlo, seen)), plant.unstated(ESTIMATE)
    return await one_figure(run, result, "%", figure, how=how, left_out=LEFT_OUT, unstated=unstated)


def error_of(mc: MonteCarlo, seen: Sequence[Profile]) -> Draws:
    """Draws of the largest error in points, of the mean over the profiles, shape (draws + 1,): in
    each draw that of the bank which it makes the worse one, since meters of their own can turn
    round which that is.

    Its scatter is that of both banks where each is farthest, taken together.
    """
    each = [[errors(mc, one, bank) for one in seen] for bank in (0, 1)]
    means = [np.mean(one, axis=0) for one in each]
    places = [farthest(one[0]).index for one in means]
    values = [[one[0, place] for one in bank] for bank, place in zip(each, places, strict=True)]
    freedom = 2 * (len(seen) - 1)
    apart = sum(float(np.var(one, ddof=1)) for one in values) / 2.0
    scale = (apart / len(seen)) ** 0.5
    name, detail = "repeatability/profiles", "full and empty, and the estimate, from run to run"
    scatter = mc.certified(name, scale, student(freedom), detail)
    return np.maximum(*(largest(one) for one in means)) + scatter[:, 0]


def errors(mc: MonteCarlo, seen: Profile, bank: int) -> Draws:
    """Draws of told less counted state of charge of `bank` at each instant, in points, shape
    (draws + 1, n). The transducer's ratio is common to all of a count and cancels."""
    told = np.array([one.told[bank].value for one in seen.instants])
    readings = [one.passed[bank] for one in (*seen.instants, seen.empty)]
    passed = -mc.readings(readings)
    reference = counted(passed[:, :-1], passed[:, -1])
    return told + _step(mc, seen.instants, bank) - reference


def _step(mc: MonteCarlo, instants: Sequence[Instant], bank: int) -> Draws:
    """Draws of the rounding of what the bank tells, in points. Its own accuracy is what is sought,
    and has no part in the uncertainty."""
    sheet = instants[0].told[bank].accuracy
    size = 0.0 if sheet is None else sheet.resolution / np.sqrt(12.0)
    name, stamp = f"{BANKS[bank]}/rounding", f"{instants[0].told[bank].t!r}"
    return size * mc.block(name, stamp, len(instants), "step of the told state of charge")


async def _profile(run: Run, rig: HybridRig, plant: Plant, number: int) -> Profile:
    await _full(rig, plant)
    await counting_charge(rig)
    air = list(await rig.logger.temperatures(AIR))
    for meter in rig.dc_meters:
        await meter.integrate(True)
    instants: list[Instant] = []
    begin = clock.now()
    for seconds, share in PATTERN * REPEATS:
        await rig.site.set_power(plant.power(share))
        begin += seconds
        await clock.sleep_until(begin)
        instants.append(await _instant(rig))
    empty = await _emptied(rig, plant, instants[0])
    await clock.sleep(REST)
    air += await rig.logger.temperatures(AIR)
    await require_no_alarm(rig)
    for bank, name in enumerate(BANKS):
        whole, channel = (*instants, empty), f"profile-{number}/{name}"
        await run.record(f"{channel}/told", *(one.told[bank] for one in whole))
        await run.record(f"{channel}/passed", *(one.passed[bank] for one in whole))
    await run.record(f"profile-{number}/air", *air)
    return Profile(tuple(instants), empty, trace(air))


async def _full(rig: HybridRig, plant: Plant) -> None:
    """A full charge from empty and a rest, with no program after it."""
    told = [(await bank.state_of_charge()).value for bank in rig.banks]
    if max(told) > DISCHARGED:
        # The first profile, and one after an interruption.
        await conditioned(rig, plant)
    await charged(rig, plant, RATE)
    await rig.site.set_power(0.0)
    await clock.sleep(REST)


async def _emptied(rig: HybridRig, plant: Plant, first: Instant) -> Instant:
    """Discharge until no current comes any more, and what each bank told and its meter had counted
    at the first look after its own had ended: a meter's zero acts no longer than a current flows,
    so time beyond would be taken off its part in the error. `first` is the end of the profile's
    first part. `InstrumentError` where a bank is never empty."""
    power = plant.power(RATE)
    await rig.site.set_power(power)
    end = clock.now() + half_at_most(plant, plan_of(plant, RATE))
    least = [EMPTY * abs(one.value) * LOOK / PATTERN[0][0] for one in first.passed]
    before = await _instant(rig)
    ended: dict[int, tuple[Reading, Reading]] = {}
    while len(ended) < len(BANKS):
        await clock.sleep(LOOK)
        now = await _instant(rig)
        for bank, floor in enumerate(least):
            if abs(now.passed[bank].value - before.passed[bank].value) < floor:
                ended.setdefault(bank, (before.told[bank], before.passed[bank]))
        before = now
        if clock.now() > end:
            given = f"{len(ended)} of {len(BANKS)} banks are"
            raise InstrumentError(
                "the station is not empty", address=rig.site.address, answer=f"{given} empty"
            )
    await rig.site.set_power(0.0)
    told, passed = zip(*(ended[bank] for bank in range(len(BANKS))), strict=True)
    return Instant(told, passed)


async def _instant(rig: HybridRig) -> Instant:
    pairs = [await _pair(*both) for both in zip(rig.banks, rig.dc_meters, strict=True)]
    return Instant(tuple(told for told, _ in pairs), tuple(passed for _, passed in pairs))


async def _pair(bank: BatteryManagementSystem, meter: PowerAnalyzer) -> tuple[Reading, Reading]:
    told = await bank.state_of_charge()
    return told, (await meter.integrated(1)).charge


def _found(mc: MonteCarlo, seen: Sequence[Profile]) -> Text:
    plain = mc.like(2)
    each = [np.mean([errors(plain, one, bank)[0] for one in seen], axis=0) for bank in (0, 1)]
    worst = [float(one[farthest(one).index]) for one in each]
    bank = farthest(np.array(worst)).index
    means = [f"{float(np.mean(np.abs(one))):.2f}" for one in each]
    return Text(
        FOUND,
        {
            "bank": BANKS[bank],
            "sign": "+" if worst[bank] >= 0.0 else "-",
            "largest": f"{abs(worst[bank]):.2f}",
            "first": means[0],
            "second": means[1],
        },
    )
