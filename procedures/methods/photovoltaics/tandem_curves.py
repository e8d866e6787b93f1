"""Curves of a device with both subcells' light set, and how its power goes with the balance.

Spectrometric characterisation: M. Meusel et al., Prog. Photovolt. 10 (2002) 243; IEC 60904-1-1.
"""

from __future__ import annotations

from functools import partial
from math import exp

import msgspec

from labctl.run import Run
from procedures.analysis.iec60891 import STC_IRRADIANCE, STC_TEMPERATURE
from procedures.methods.photovoltaics.chuck import hold
from procedures.methods.photovoltaics.device import Device
from procedures.methods.photovoltaics.iv_sweep import Pair, SweepSettings, take_pair
from procedures.methods.photovoltaics.light import Levelling, recorded_reference
from procedures.methods.photovoltaics.mixing import Mix, mixed, moved, set_mix
from procedures.methods.trace import Trace, trace
from rigs.tandem import TandemRig

SWEEPS = SweepSettings()
"""How curves are swept: `pairs` of them in the balanced light, one in each shifted one."""

SHIFTS = (-0.04, -0.02, 0.02, 0.04)
"""ln of the top subcell's light over the bottom one's, at which the power is read as well: the
steps are those that an error of both reference cells may make of the balance."""


ENDS = (-0.03, 0.03)
"""The same for a loss, in which the balance's error nearly cancels."""


class Both(msgspec.Struct, frozen=True):
    """A pair of sweeps, the top reference cell read with each, and the `bottom` one in V before
    and after the pair."""

    pair: Pair
    bottom: Trace


class Measured(msgspec.Struct, frozen=True):
    """The `balanced` pairs, and one pair at each of the `shifted` balances."""

    balanced: list[Both]
    shifted: list[Both]

    @property
    def pairs(self) -> list[Pair]:
        """The pairs of sweeps in balanced light."""
        return [one.pair for one in self.balanced]


async def curves_in_balance(
    run: Run, rig: TandemRig, device: Device, name: str, shifts: tuple[float, ...] = ()
) -> Measured:
    """Pairs of curves at 1000 W/m2 for both subcells, the device at 25 degC, then one pair at each
    of `shifts` of the balance; lamp and chuck are off afterwards."""
    chuck = device.chuck_for(STC_TEMPERATURE, STC_IRRADIANCE)
    mix = await set_mix(run, rig, name, STC_IRRADIANCE)
    await hold(run, rig, name, chuck)
    balanced: list[Both] = []
    shifted: list[Both] = []
    async with run.scope(name, lambda: mixed(rig, mix, chuck)):
        for index in range(SWEEPS.pairs):
            channel = name if index == 0 else f"{name}/{index + 1}"
            take = partial(_take, run, rig, channel)
            balanced.append(await run.step(f"pair-{index + 1}", take, Both))
        for shift in shifts:
            take = partial(_take_shifted, run, rig, f"{name}/shifted {shift:+g}", mix, shift)
            shifted.append(await run.step(f"shifted {shift:+g}", take, Both))
    await run.step(f"{name}/dark", lambda: _rest(rig), bool)
    return Measured(balanced, shifted)


async def _take(run: Run, rig: TandemRig, name: str) -> Both:
    count = SWEEPS.reference_readings
    before = await recorded_reference(run, rig.bottom, f"{name}/bottom", count)
    pair = await take_pair(run, rig.top, name, SWEEPS)
    after = await recorded_reference(run, rig.bottom, f"{name}/bottom", count)
    return Both(pair, trace([*before.readings(), *after.readings()]))


async def _take_shifted(run: Run, rig: TandemRig, name: str, mix: Mix, shift: float) -> Both:
    top, bottom = (STC_IRRADIANCE * exp(part * shift) for part in (0.5, -0.5))
    await moved(rig, mix, mix.sources_for(top, bottom), Levelling())
    return await _take(run, rig, name)


async def _rest(rig: TandemRig) -> bool:
    await rig.lamp.shutter(False)
    await rig.lamp.lamp(False)
    await rig.chuck.control(False)
    return True
