"""Response time of an array to a step of each named gas, less what the plumbing adds.

t90: from the step at the array to 90 % of the final answer, as IEC 60079-29-1:2016 (clause on time
of response, t(90)) has it for gas detectors. The course of the gas at the array is read with a
tracer and a fast detector at its place; each film's answer is fitted by a first-order answer to it.
"""

from __future__ import annotations

from typing import NamedTuple

from labctl.evidence import Evidence, Reading
from labctl.i18n import N_
from labctl.run import Run
from labctl.traceable import Unstated
from labctl.uncertainty import Draws, MonteCarlo
from labctl.words import Text, Words
from procedures.analysis.gas_response import Answer, answer, on_grid
from procedures.methods.gas_sensing.blending import (
    GASES,
    SCCM,
    TRACER,
    conductance,
    connected,
    led_to,
    purged,
)
from procedures.methods.gas_sensing.following import SAMPLED, Followed, followed, level
from procedures.methods.one_figure import one_figure
from rigs.gas_sensing import GasSensingRig

DOSE = 100.0 * SCCM
"""m3/s of the cylinder's gas: some 20 umol/mol."""

STEPS = 3
"""Doses of the tracer, and of each gas."""

OFTEN = 0.05
"""s between two readings of the detector: what lies between them is taken as straight, which it
must be against the chamber's time constant of some 0.4 s."""

DETECTOR = 0.02
"""s: the longest time that the detector's sheet gives for 63 % of its answer."""

TRANSFER = "plumbing_transfer"
"""Contribution of the bench: by how much another gas takes longer through the plumbing than the
tracer, in s."""

BRIEF = 0.1
"""Power line cycles of a reading of a film: when within it the film was as it is read is known to
half of its length."""

CHANNEL = "tracer"
"""Channel of the detector."""

HOW = N_(
    "t90 of each gas on the film that the sheet names for it: three steps of some 20 umol/mol at "
    "constant flow and humidity. What pipe and chamber make of the step was read with a tracer by "
    "a fast detector at the array's place; the film's answer is fitted by a first-order answer to "
    "that course. The slowest gas decides."
)
LEFT_OUT = (
    N_("films whose answer is of higher than first order: the scatter of the fit is told"),
    N_("that the slowest of six gases is also the one that reads slowest"),
    N_("concentrations other than the one dosed"),
)


class Measured(NamedTuple):
    """The answers of a gas's doses, and half of the width in s within which a reading and a
    command lie."""

    answers: list[Answer]
    reading: float
    command: float


async def response_time(run: Run, rig: GasSensingRig, result: str) -> Evidence:
    """Evidence for `result`: response time of the slowest named gas in s."""
    films = {gas: round(run.sample.quantity(f"film_{gas}", "dimensionless").value) for gas in GASES}

    async def tracer() -> Reading:
        return await rig.tracer.read(CHANNEL)

    async def film() -> Reading:
        return await conductance(rig)

    async with run.scope("air", lambda: purged(rig)):
        await connected(run, rig, "plumbing", TRACER)
        names = [f"plumbing/{n + 1}" for n in range(STEPS)]
        plumbing = [await followed(run, rig, name, tracer, DOSE, OFTEN) for name in names]
        found: dict[str, tuple[list[Followed], float]] = {}
        for gas in GASES:
            await connected(run, rig, gas, gas)
            async with run.scope(f"{gas}/film", lambda gas=gas: led_to(rig, films[gas], BRIEF)):
                half = await level(run, rig, f"{gas}/half", film, DOSE / 2.0)
                doses = [
                    await followed(run, rig, f"{gas}/{n + 1}", film, DOSE) for n in range(STEPS)
                ]
            found[gas] = doses, half
    measured = await run.reduce(lambda: reduced(plumbing, found))
    return await _evidence(run, result, measured)


def reduced(
    plumbing: list[Followed], found: dict[str, tuple[list[Followed], float]]
) -> dict[str, Measured]:
    """Each gas's answers from its doses and the change at half of one, by the tracer's courses."""
    course = on_grid([one.course for one in plumbing], SAMPLED)
    measured: dict[str, Measured] = {}
    for gas, (doses, half) in found.items():
        whole = sum(one.end - one.before for one in doses) / len(doses)
        answers = [answer(one.course, course, half / whole) for one in doses]
        reading = max(one.reading for one in doses) / 2.0
        command = max(one.command for one in (*doses, *plumbing)) / 2.0
        measured[gas] = Measured(answers, reading, command)
    return measured


def slowest(measured: dict[str, Measured]) -> str:
    """The gas with the longest mean time."""
    return max(measured, key=lambda gas: _mean(measured[gas].answers))


async def _evidence(run: Run, result: str, measured: dict[str, Measured]) -> Evidence:
    worst = measured[slowest(measured)]
    stated = run.contributions

    def reduction(mc: MonteCarlo) -> Draws:
        time = mc.repeated("repeatability", [one.ninety for one in worst.answers])
        time = time + mc.rectangular("reading", worst.reading, "when a film was read")
        for which in ("gas", "tracer"):
            time = time + mc.rectangular(f"command/{which}", worst.command, "when a valve moved")
        time = time + mc.rectangular("detector", DETECTOR / 2.0, "lag of the fast detector")
        if TRANSFER in stated:
            time = time + stated[TRANSFER].to("s").u * mc.normal(f"bench/{TRANSFER}")
        return time + DETECTOR / 2.0

    return await one_figure(
        run,
        result,
        "s",
        reduction,
        how=(HOW, *(_told(gas, one) for gas, one in measured.items())),
        left_out=LEFT_OUT,
        unstated=() if TRANSFER in stated else (Unstated(TRANSFER),),
    )


def _told(gas: str, one: Measured) -> Words:
    template = N_("{gas}: {seconds} s; the fit scatters by {scatter} % of the answer.")
    scatter = max(each.scatter for each in one.answers)
    words = {
        "gas": gas,
        "seconds": f"{_mean(one.answers):.2f}",
        "scatter": f"{100.0 * scatter:.2f}",
    }
    return Text(template, words)


def _mean(answers: list[Answer]) -> float:
    return sum(one.ninety for one in answers) / len(answers)
