"""Bringing the structures of a test chip under the probes, at their temperature.

The sample's sheet says which wafer map its chip is on, on which die, and where its row of
structures stands: it is the layout's, not the procedure's.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
import numpy as np

from drivers.roles.probe_station import Die
from labctl.errors import UsageError
from labctl.evidence import Reading
from labctl.quantity import Quantity
from labctl.run import Run
from labctl.sample import Sample
from labctl.uncertainty import Draws, MonteCarlo
from procedures.methods.contributions import unknown
from procedures.methods.settling import Settling, settled
from procedures.methods.trace import Trace, trace
from rigs.semiconductor import SemiconductorRig

PROJECT = "prober_project"
WAFER_TEMPERATURE = "wafer_temperature"
"""Contribution of the bench: how far the wafer is from the chuck's sensor, in K."""

CHUCK = Settling(band=0.2, hold=60.0, every=10.0, timeout=1800.0)
"""When the chuck counts as settled, in K and s."""


class Place(msgspec.Struct, frozen=True):
    """Where structures stand: the `project` of the prober, `column` and `row` of the die, `x` and
    `y` of the first in m from the die's reference, `pitch` in m; `temperature` in degC."""

    project: str
    column: int
    row: int
    x: float
    y: float
    pitch: float
    temperature: float


def place_of(sample: Sample) -> Place:
    """What the sheet of `sample` says of the place, lengths in m; `UsageError` without a wafer
    map."""
    project = sample.aspects.get(PROJECT, "")
    if not project:
        raise UsageError(
            f"the sheet of {sample.id} names no wafer map",
            remedy=f"state the prober's project as the aspect {PROJECT}",
        )
    return Place(
        project,
        round(sample.quantity("die_column", "dimensionless").value),
        round(sample.quantity("die_row", "dimensionless").value),
        sample.quantity("structure_x", "m").value,
        sample.quantity("structure_y", "m").value,
        sample.quantity("structure_pitch", "m").value,
        sample.quantity("test_temperature", "degC").value,
    )


async def arranged(rig: SemiconductorRig, place: Place) -> None:
    """Sources off, probes lifted, wafer aligned to its map, chuck on its way to the temperature."""
    await rig.hold()
    await rig.prober.contact(False)
    await rig.prober.set_temperature(place.temperature)
    await rig.prober.vacuum(True)
    await rig.prober.load_map(place.project)
    await rig.prober.align()


async def touched(rig: SemiconductorRig, place: Place, structure: int) -> None:
    """Probes on structure `structure` of the row, counted from 0."""
    await above(rig, place, structure)
    await rig.prober.contact(True)


async def above(rig: SemiconductorRig, place: Place, structure: int) -> None:
    """Probes lifted, above structure `structure`."""
    await rig.prober.contact(False)
    await rig.prober.go_to_die(Die(place.column, place.row))
    await rig.prober.move_in_die(place.x + structure * place.pitch, place.y)


async def settled_chuck(run: Run, rig: SemiconductorRig, place: Place) -> Trace:
    """Readings in degC of the chuck when it has settled at the temperature of `place`."""

    async def wait() -> Trace:
        found = await settled(rig.prober.temperature, place.temperature, CHUCK, "the chuck")
        return trace(found)

    return await run.step("chuck", wait, Trace)


def kelvins(
    mc: MonteCarlo,
    chuck: list[Reading],
    temperature: float,
    contributions: Mapping[str, Quantity],
) -> Draws:
    """Draws of how far the wafer is from `temperature` in degC, in K, shape (draws + 1, 1).

    Row 0 is 0: what was read about the set point is within the chuck's band.
    """
    away = mc.mean(chuck) - temperature
    spread = float(np.std([one.value for one in chuck])) * mc.normal("chuck/hold")
    return away - away[0] + spread + unknown(mc, contributions, WAFER_TEMPERATURE, "K")
