"""Light for two subcells at once: both sources set until each reference cell reads its light.

IEC 60904-1-1: every subcell is to get the photocurrent that AM1.5G at 1000 W/m2 gives it; a
reference cell with the subcell's response tells its light.
"""

from __future__ import annotations

import msgspec
import numpy as np

from labctl import clock
from labctl.errors import InstrumentError
from labctl.run import Run
from procedures.methods.photovoltaics.chuck import restore_chuck
from procedures.methods.photovoltaics.light import (
    Levelling,
    irradiance_of,
    recorded_reference,
    reference,
    switch_on,
    warm_up,
)
from rigs.tandem import Subcell, TandemRig

START = (500.0, 500.0)
"""W/m2 of the blue-rich and the red-rich source from which the mix is sought."""

PART = 0.1
"""Part by which each source is raised to learn what it gives to each subcell."""


class Mix(msgspec.Struct, frozen=True):
    """Irradiances set of both `sources` (blue-rich, red-rich), found by both reference `cells`
    (top, bottom), in W/m2, and the `response`: cells' light per sources', row by row."""

    sources: tuple[float, float]
    cells: tuple[float, float]
    response: tuple[tuple[float, float], tuple[float, float]]

    def sources_for(self, top: float, bottom: float) -> tuple[float, float]:
        """What to set so that the reference cells read `top` and `bottom` in W/m2."""
        missing = np.array((top, bottom)) - np.array(self.cells)
        blue, red = np.array(self.sources) + np.linalg.solve(np.array(self.response), missing)
        return float(blue), float(red)


async def set_mix(
    run: Run, rig: TandemRig, name: str, target: float, how: Levelling | None = None
) -> Mix:
    """Warm lamp, open shutter, and the mix at which both reference cells read `target` in W/m2.

    `InstrumentError` where it is not found in `how.tries` changes.
    """
    rule = how or Levelling()
    await switch_on(run, rig.top, name, rule)

    async def find() -> Mix:
        await warm_up(rig.top, rule)  # it was made safe where the run was interrupted here
        await rig.lamp.set_sources(*START)
        await rig.lamp.shutter(True)
        mix = await _probed(rig, rule)
        for _ in range(rule.tries):
            mix = await moved(rig, mix, mix.sources_for(target, target), rule)
            if all(abs(cell / target - 1.0) <= rule.band for cell in mix.cells):
                await recorded_reference(run, rig.top, f"{name}/top", 1)
                await recorded_reference(run, rig.bottom, f"{name}/bottom", 1)
                return mix
        raise _not_found(rig, mix, target)

    return await run.step(f"{name}/mix", find, Mix)


def _not_found(rig: TandemRig, mix: Mix, target: float) -> InstrumentError:
    top, bottom = mix.cells
    return InstrumentError(
        f"the mix does not come to {target:g} W/m2 for both subcells",
        address=rig.lamp.address,
        answer=f"{top:.4g} and {bottom:.4g} W/m2",
        remedy="check both sources, the shutter and the places of the reference cells",
    )


async def _probed(rig: TandemRig, how: Levelling) -> Mix:
    """The mix at the start, with what each source gives to each subcell.

    `InstrumentError` where a source changes nothing that the reference cells see.
    """
    blue, red = START
    here = await _cells(rig, how)
    columns: list[list[float]] = []
    for raised in ((blue * (1.0 + PART), red), (blue, red * (1.0 + PART))):
        await rig.lamp.set_sources(*raised)
        there = await _cells(rig, how)
        added = PART * (blue if raised[0] > blue else red)
        columns.append([(b - a) / added for a, b in zip(here, there, strict=True)])
    (a, c), (b, d) = columns
    if a * d - b * c <= 0.0:
        raise InstrumentError(
            "the sources do not move the reference cells' lights apart",
            address=rig.lamp.address,
            answer=f"top {a:.3g} and {b:.3g}, bottom {c:.3g} and {d:.3g} per W/m2 of blue and red",
            remedy="check both sources, and that each reference cell is read by its own voltmeter",
        )
    return Mix(START, here, ((a, b), (c, d)))


async def moved(rig: TandemRig, mix: Mix, sources: tuple[float, float], how: Levelling) -> Mix:
    """The mix after both `sources` were set, in W/m2."""
    await rig.lamp.set_sources(*sources)
    return Mix(sources, await _cells(rig, how), mix.response)


async def _cells(rig: TandemRig, how: Levelling) -> tuple[float, float]:
    await clock.sleep(how.settle)
    return await _light(rig.top, how), await _light(rig.bottom, how)


async def _light(subcell: Subcell, how: Levelling) -> float:
    readings = await reference(subcell, how.readings)
    return sum(irradiance_of(subcell, one).value for one in readings) / len(readings)


async def mixed(rig: TandemRig, mix: Mix, celsius: float, how: Levelling | None = None) -> None:
    """Light as it was set and chuck at `celsius` in degC, settled, whatever both were.

    It is no step: what arranges a scope calls it.
    """
    rule = how or Levelling()
    await warm_up(rig.top, rule)
    await rig.lamp.set_sources(*mix.sources)
    await rig.lamp.shutter(True)
    await clock.sleep(rule.settle)
    await restore_chuck(rig, celsius)
