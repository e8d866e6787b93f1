"""Bending to a set radius again and again: acquisition, conditions, worth of the radius."""

from __future__ import annotations

from typing import Protocol

import msgspec
import numpy as np

from drivers.roles.bending_tester import BendingTester
from labctl import clock
from labctl.errors import InstrumentError
from labctl.evidence import Observed, Reading
from labctl.i18n import N_
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from procedures.methods.observing import BandOf, observed_amount, observed_log, spread
from procedures.methods.trace import Trace, trace

FREQUENCY = 1.0
"""Bends per second."""

EVERY = 100.0
"""Seconds between two readings of count and radius."""

PATIENCE = 60.0
"""Seconds that the machine may need beyond its time."""

STRAIN_EXPONENT = "damage_strain_exponent"
"""Property of the sheet: the power of the strain that the damage grows with."""

AXIS = 0.035
"""Standard uncertainty in rad of the bending axis on the sample, 2 degrees: it is clamped by eye
against a scribed line. Our estimate; no encoder sees it."""

BENDING_LEFT_OUT = (N_("damage by mounting and by laying flat"),)


class BendingRig(Protocol):
    """A rig with a bending tester."""

    @property
    def bender(self) -> BendingTester:
        """The tester."""
        ...


class Bent(msgspec.Struct, frozen=True):
    """What was done: bends counted by the machine, and its encoder's radius in m."""

    cycles: float
    radius: Trace


async def bend(run: Run, rig: BendingRig, radius: float, cycles: int, every: float = EVERY) -> Bent:
    """`cycles` bends to `radius` in m, the count and the encoder read `every` so many s."""
    async with run.scope("bending", lambda: _start(rig, radius, cycles)):

        async def look(elapsed: float, _: Reading | None) -> Reading:
            seen, done = await rig.bender.radius(), await rig.bender.cycles_done()
            await run.record("bending/radius", seen)
            await run.record("bending/cycles", done)
            return seen

        radii = await run.log("bends", cycles / FREQUENCY, every, look, Reading, until=0.6)

    async def finish() -> float:
        await _wait_still(rig)
        done = await rig.bender.cycles_done()
        await rig.bender.stop()
        await run.record("bending/cycles", done)
        return done.value

    # Not in the scope: a run that goes on here must not bend the device again.
    return Bent(await run.step("bending/done", finish, float), trace(radii))


async def _start(rig: BendingRig, radius: float, cycles: int) -> None:
    await rig.bender.set_radius(radius)
    await rig.bender.start(cycles, frequency=FREQUENCY)


async def _wait_still(rig: BendingRig) -> None:
    begin = clock.now()
    while await rig.bender.is_running():
        if clock.now() - begin > PATIENCE:
            done = await rig.bender.cycles_done()
            raise InstrumentError(
                f"the machine still bends {PATIENCE:g} s after its time",
                address=rig.bender.address,
                answer=f"{done.value:g} bends",
                remedy="see whether it bends slower than it was told, or does not count",
            )
        await clock.sleep(1.0)


def strain_factor(mc: MonteCarlo, bent: Bent, radius: float, exponent: float) -> Draws:
    """Factor around 1 on the loss for the radius in m, shape (draws + 1,).

    Strain = thickness / (2 radius); the damage grows with its power `exponent`, as the sample's
    sheet states it. Both the encoder's error and the deviation from the set radius enter.
    """
    encoder = mc.mean(bent.radius.readings())
    off = abs(float(encoder[0, 0]) / radius - 1.0)
    relative = encoder / encoder[0] + mc.rectangular("exposure/radius", off, "mean deviation")
    return (relative**-exponent)[:, 0]


def axis_factor(mc: MonteCarlo, exponent: float) -> Draws:
    """Factor from 1 upwards on the loss for the bending axis, shape (draws + 1,).

    Bent askew by a, a sample is strained along its length by cos(a)^2 of what it would be
    (rotation of a uniaxial strain: J. Gere, Mechanics of Materials, 2004, 7.7): it always loses
    less, by the power `exponent` of the strain.
    """
    return (np.cos(AXIS * mc.normal("bending axis")) ** (-2.0 * exponent))[:, 0]


def observed_bending(mc: MonteCarlo, bent: Bent, band: BandOf) -> list[Observed]:
    """Radius in m by the encoder and number of bends; those at another radius do not count."""
    u = spread(mc.mean(bent.radius.readings()))
    radius = observed_log(
        "bending_radius", "m", bent.radius.t, bent.radius.array, u, band("bending_radius", "m")
    )
    counted = bent.cycles if radius.share == 1.0 else float(int(bent.cycles * radius.share))
    return [radius, observed_amount("bending_cycles", counted, "cyc")]
