"""Bending to a set radius again and again, between two readings at standard test conditions."""

from __future__ import annotations

import msgspec

from labctl import clock
from labctl.errors import InstrumentError
from labctl.evidence import Evidence, Observed, Reading
from labctl.i18n import N_
from labctl.quantity import Quantity
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from procedures.methods.observing import BandOf, observed_amount, observed_log, spread
from procedures.methods.photovoltaics.before_after import BeforeAfter, loss_percent
from procedures.methods.photovoltaics.device import device_on
from procedures.methods.photovoltaics.iv_reduction import HOW
from procedures.methods.photovoltaics.standard_conditions import (
    LEFT_OUT,
    LOSS,
    budget,
    curves_at_stc,
    hysteresis_note,
)
from procedures.methods.trace import Trace, trace
from rigs.photovoltaic import PhotovoltaicRig

FREQUENCY = 1.0
"""Bends per second."""

EVERY = 100.0
"""Seconds between two readings of count and radius."""

PATIENCE = 60.0
"""Seconds that the machine may need beyond its time."""

STRAIN_EXPONENT = "damage_strain_exponent"
"""Property of the sheet: the power of the strain that the damage grows with."""

BENDING_LEFT_OUT = (
    N_("alignment of the bending axis"),
    N_("damage by mounting and by laying flat"),
)
BENDING_HOW = N_("Bent in the dark and measured flat.")


class Bent(msgspec.Struct, frozen=True):
    """What was done: bends counted by the machine, and its encoder's radius in m."""

    cycles: float
    radius: Trace


async def loss_by_bending(
    run: Run, rig: PhotovoltaicRig, result: str, radius: float, cycles: int
) -> Evidence:
    """Evidence for `result`: relative loss of efficiency in % by `cycles` bends to `radius` in m.

    The device is mounted anew after the bends, so what hangs on its place does not cancel.
    """
    before = await curves_at_stc(run, rig, "before")
    bent = await bend(run, rig, radius, cycles)
    after = await curves_at_stc(run, rig, "after")
    curves = BeforeAfter(before, after, device_on(run, rig), device_on(run, rig, "remounted"))
    return await run.reduce(lambda: _evidence(run, result, curves, bent, radius))


def _evidence(run: Run, result: str, curves: BeforeAfter, bent: Bent, radius: float) -> Evidence:
    mc = run.monte_carlo
    for observed in observed_bending(mc, bent, run.band):
        run.observe(observed)
    note = hysteresis_note(curves.powers(mc.like(2)))
    exponent = run.sample.properties.get(STRAIN_EXPONENT, Quantity(0.0, "dimensionless"))

    def reduction(one: MonteCarlo) -> Draws:
        loss = loss_percent(curves.powers(one))
        return loss * strain_factor(one, bent, radius, exponent.value)

    return run.evidence(
        {result: run.figure(result, reduction, "%")},
        how=(HOW, BENDING_HOW, LOSS, note),
        left_out=(*LEFT_OUT, *BENDING_LEFT_OUT),
        unstated=curves.device_before.unstated(STRAIN_EXPONENT),
        budget=budget(mc, reduction, result),
    )


async def bend(run: Run, rig: PhotovoltaicRig, radius: float, cycles: int) -> Bent:
    """`cycles` bends to `radius` in m, the count and the encoder read every 100 s."""
    async with run.scope("bending", lambda: _start(rig, radius, cycles)):

        async def look(elapsed: float, _: Reading | None) -> Reading:
            seen, done = await rig.bender.radius(), await rig.bender.cycles_done()
            await run.record("bending/radius", seen)
            await run.record("bending/cycles", done)
            return seen

        radii = await run.log("bends", cycles / FREQUENCY, EVERY, look, Reading, until=0.6)

    async def finish() -> float:
        await _wait_still(rig)
        done = await rig.bender.cycles_done()
        await rig.bender.stop()
        await run.record("bending/cycles", done)
        return done.value

    # Not in the scope: a run that goes on here must not bend the device again.
    return Bent(await run.step("bending/done", finish, float), trace(radii))


async def _start(rig: PhotovoltaicRig, radius: float, cycles: int) -> None:
    await rig.bender.set_radius(radius)
    await rig.bender.start(cycles, frequency=FREQUENCY)


async def _wait_still(rig: PhotovoltaicRig) -> None:
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


def observed_bending(mc: MonteCarlo, bent: Bent, band: BandOf) -> list[Observed]:
    """Radius in m by the encoder and number of bends; those at another radius do not count."""
    u = spread(mc.mean(bent.radius.readings()))
    radius = observed_log(
        "bending_radius", "m", bent.radius.t, bent.radius.array, u, band("bending_radius", "m")
    )
    counted = bent.cycles if radius.share == 1.0 else float(int(bent.cycles * radius.share))
    return [radius, observed_amount("bending_cycles", counted, "cyc")]
