"""Overpotential of oxygen evolution of catalyst batches on one rotating disk, and their spread.

Of each batch one film: resistance between disk and reference electrode from the impedance at high
frequencies, a slow sweep, the potential at the set current density by Tafel's line through the
readings around it, less the resistance's share. The working reference electrode is compared with
a hydrogen electrode before and after each batch (C. McCrory et al., J. Am. Chem. Soc. 135 (2013)
16977, whose figure of merit is the overpotential at 10 mA/cm2 of geometric area).
"""

from __future__ import annotations

import msgspec
import numpy as np

from drivers.roles.arrays import ReadingArray
from labctl import clock
from labctl.asking.prompts import ChoicePrompt, NumberPrompt
from labctl.errors import InstrumentError
from labctl.evidence import Reading
from labctl.i18n import N_
from labctl.quantity import Quantity
from labctl.run import Run
from procedures.methods.voltammetry.peaks import Array
from rigs.voltammetry import VoltammetryRig

AREA = 0.1963
"""cm2 of a disk of 5 mm."""

ROTATION = 1600.0
"""1/min."""

CONDITION, CONDITIONING = 1.52, 120.0
"""V at which a film settles, and for how many s."""

RESTING = 1.2
"""V about which the impedance is read: no oxygen is evolved yet."""

BEGIN, END, STEP, RATE, RANGE = 1.46, 1.72, 0.005, 0.005, 3e-3
"""Sweep against the working reference electrode: V, V, V, V/s; A."""

FREQUENCIES = (50e3, 40e3, 30e3, 20e3, 10e3)
AMPLITUDE, SMALL_RANGE = 0.01, 0.5e-3
"""Hz of the impedance; V rms; A."""

CHECKED = 3
"""Readings of a comparison with the hydrogen electrode."""

AROUND = 4
"""Readings on either side of the set current that Tafel's line is drawn through."""


class Film(msgspec.Struct, frozen=True):
    """What was read of a batch: `before` and `after` it the potential of the hydrogen electrode
    against the working reference electrode; the `resistance` as real parts at high frequencies;
    `potential` and `current` of the sweep, all as readings."""

    before: tuple[Reading, ...]
    resistance: tuple[Reading, ...]
    potential: tuple[Reading, ...]
    current: tuple[Reading, ...]
    after: tuple[Reading, ...]


_Read = tuple[Reading, ...]


async def measured(run: Run, rig: VoltammetryRig, number: int, count: int, amperes: float) -> Film:
    """Batch `number` of `count`: mounted by people, compared, swept up to more than `amperes`."""
    name = f"batch {number}"
    before = await compared(run, rig, f"{name}/before")
    options = tuple(str(n + 1) for n in range(count))
    text = N_("Mount the film of this batch on the disk and start the rotation")
    chosen = await run.ask(
        ChoicePrompt(f"{name}/batch", text, options=options, simulated=str(number))
    )
    if chosen != str(number):
        raise InstrumentError(
            f"batch {chosen} is mounted, it is the turn of batch {number}",
            address=rig.potentiostat.address,
            remedy="mount it and repeat the run",
        )
    resistance, potential, current = await run.step(
        f"{name}/sweep", lambda: swept(rig, amperes), tuple[_Read, _Read, _Read]
    )
    after = await compared(run, rig, f"{name}/after")
    return Film(before, resistance, potential, current, after)


async def rotation(run: Run) -> Quantity:
    """The rotation that people set, in 1/min, as the rotator's own display says."""
    prompt = NumberPrompt(
        "rotation", N_("Rotation of the disk, by the rotator's display"), unit="1/min",
        low=100.0, high=10_000.0, u=16.0, simulated=f"{ROTATION:g}",
    )  # fmt: skip
    return await run.ask(prompt)


async def compared(run: Run, rig: VoltammetryRig, name: str) -> _Read:
    """Potentials in V of the hydrogen electrode against the working reference electrode."""
    text = N_("Put the hydrogen electrode in the place of the disk")
    await run.ask(ChoicePrompt(f"{name}/master", text, options=("done",), simulated="done"))

    async def read() -> _Read:
        found: list[Reading] = []
        for _ in range(CHECKED):
            found.append(await rig.potentiostat.open_circuit_potential())
            await clock.sleep(2.0)
        return tuple(found)

    return await run.step(f"{name}/potential", read, _Read)


async def swept(rig: VoltammetryRig, amperes: float) -> tuple[_Read, _Read, _Read]:
    """Real parts of the impedance, then the potentials and currents of the sweep around `amperes`
    in A; `InstrumentError` where it does not come so far."""
    stat = rig.potentiostat
    await stat.set_current_range(SMALL_RANGE)
    spectrum = await stat.impedance(FREQUENCIES, potential=RESTING, amplitude=AMPLITUDE)
    await stat.set_current_range(RANGE)
    await stat.apply_potential(CONDITION)
    await stat.cell(True)
    await clock.sleep(CONDITIONING)
    found = await stat.linear_sweep(BEGIN, END, step=STEP, rate=RATE)
    where = around(np.nan_to_num(found.current.values), amperes)
    if where is None:
        raise InstrumentError(
            f"the sweep does not pass {amperes:g} A",
            address=stat.address,
            remedy="the film is not active enough, or not connected",
        )
    real = range(len(FREQUENCIES))
    return (
        _readings(spectrum.real, real),
        _readings(found.potential, where),
        _readings(found.current, where),
    )


def around(current: Array, amperes: float) -> range | None:
    """The `AROUND` readings on either side of the first current (shape (n,), A) above `amperes`;
    None where there are not so many. A current that overloaded counts as 0."""
    above = np.flatnonzero(current > amperes)
    if not len(above) or above[0] < AROUND or above[0] + AROUND > len(current):
        return None
    where = range(int(above[0]) - AROUND, int(above[0]) + AROUND)
    return where if bool((current[list(where)] > 0.0).all()) else None


def _readings(of: ReadingArray, where: range) -> _Read:
    stamp = (of.t, of.utc, of.address, of.serial, of.accuracy)
    return tuple(Reading(float(of.values[n]), of.unit, *stamp) for n in where)
