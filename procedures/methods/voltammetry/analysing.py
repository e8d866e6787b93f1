"""One analysis on a sensor chip: fill, deposit, sweep; and what people load before it."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
import numpy as np

from labctl import clock
from labctl.asking.prompts import ChoicePrompt, NumberPrompt
from labctl.errors import InstrumentError
from labctl.i18n import N_
from labctl.quantity import Quantity
from labctl.run import Run
from procedures.methods.voltammetry.peaks import Array
from rigs.voltammetry import VoltammetryRig

BLANK, SAMPLE, PROBE = "reagent blank", "water sample", "redox probe"
CONTENTS = (BLANK, SAMPLE, PROBE)
"""What a syringe may hold, as people are asked for it."""

ALL = "all metals"
"""Names a standard that holds as much of each metal."""

BORE = 14.57e-3
"""Inner diameter in m of the syringe."""

FLUSH, FILL = 1.6e-6, 0.5e-6
"""m3 that go through the chip after a syringe was loaded, and before each analysis."""

DEPOSITING, SETTLED = -1.17, 3.0
"""V at which all six metals are plated; s of rest between filling and deposition."""

BEGIN, END, AMPLITUDE, FREQUENCY = -1.165, 0.545, 0.025, 25.0
"""Square wave: V, V, V, Hz."""

FIRST_PAD = 101
"""Channel of the multiplexer of a chip's first electrode."""

POLL, PATIENCE = 2.0, 60.0
"""Seconds between two looks at the pump, and that it may need beyond its time."""


class Swept(msgspec.Struct, frozen=True):
    """A sweep: `potential` in V and `current` in A, each (n,), begun at run time `t` in s and
    lasting `seconds`."""

    t: float
    seconds: float
    potential: tuple[float, ...]
    current: tuple[float, ...]

    @property
    def potentials(self) -> Array:
        """Potentials in V, shape (n,)."""
        return np.array(self.potential)

    @property
    def currents(self) -> Array:
        """Currents in A, shape (n,)."""
        return np.array(self.current)


async def arranged(rig: VoltammetryRig, flow: float, pad: int = FIRST_PAD) -> None:
    """The electrode `pad` connected, the pump set to its syringe and to `flow` in m3/s."""
    await rig.multiplexer.select(pad)
    await rig.pump.stop()
    await rig.pump.set_diameter(BORE)
    await rig.pump.set_rate(flow)


async def pumped(rig: VoltammetryRig, volume: float, flow: float) -> None:
    """`volume` in m3 more is dispensed at `flow` in m3/s; `InstrumentError` where it takes too
    long."""
    done = (await rig.pump.dispensed()).value
    began = clock.now()
    await rig.pump.dispense_to(done + volume)
    await clock.sleep(volume / flow)
    while await rig.pump.is_moving():
        if clock.now() - began > volume / flow + PATIENCE:
            raise InstrumentError(
                f"the pump has not dispensed {volume * 1e6:g} mL in its time",
                address=rig.pump.address,
                remedy="look for a blocked channel or an empty syringe",
            )
        await clock.sleep(POLL)


async def loaded(run: Run, rig: VoltammetryRig, name: str, holds: str, flow: float) -> None:
    """A syringe that `holds` one of `CONTENTS` is loaded and flushed through the chip at `flow`."""
    await named_syringe(run, rig, name, holds)
    await _flush(run, rig, name, flow)


async def named_syringe(run: Run, rig: VoltammetryRig, name: str, holds: str) -> None:
    """A syringe that `holds` one of `CONTENTS` is loaded; `InstrumentError` for another one."""
    text = N_("Load the syringe with this solution")
    chosen = await run.ask(ChoicePrompt(f"{name}/syringe", text, options=CONTENTS, simulated=holds))
    if chosen != holds:
        raise InstrumentError(
            f"the syringe holds {chosen}, {holds} is to be analysed",
            address=rig.pump.address,
            remedy="load it and repeat the run",
        )


async def spiked(
    run: Run, rig: VoltammetryRig, name: str, amounts: Mapping[str, float], flow: float
) -> dict[str, Quantity]:
    """So many ug/L of each metal (or of `ALL`) are added to what the syringe holds, and flushed
    through at `flow` in m3/s; what was really added, as people answer."""
    text = N_("Concentration of this metal added to what the syringe holds")
    found: dict[str, Quantity] = {}
    for metal, amount in amounts.items():
        prompt = NumberPrompt(
            f"{name}/{metal}", text, unit="ug/L", low=0.0, high=1e4, simulated=f"{amount:g} ug/L"
        )
        found[metal] = await run.ask(prompt)
    await _flush(run, rig, name, flow)
    return found


async def _flush(run: Run, rig: VoltammetryRig, name: str, flow: float) -> None:
    async def flush() -> float:
        await rig.pump.set_zero()
        await pumped(rig, FLUSH, flow)
        return clock.now()

    await run.step(f"{name}/flush", flush, float)


class Method(msgspec.Struct, frozen=True):
    """How a chip is analysed: `flow` in m3/s, `deposition` in s, a sweep by `step` in V, and the
    current in A that the `range` holds: one for all sweeps, so that its errors are common."""

    flow: float
    deposition: float
    step: float
    range: float


async def analysed(run: Run, rig: VoltammetryRig, name: str, method: Method) -> Swept:
    """One analysis by `method`: fresh liquid, deposition, a sweep."""

    async def once() -> Swept:
        await pumped(rig, FILL, method.flow)
        await clock.sleep(SETTLED)
        await rig.potentiostat.set_current_range(method.range)
        await rig.potentiostat.apply_potential(DEPOSITING)
        await rig.potentiostat.cell(True)
        await clock.sleep(method.deposition)
        return await sweep(rig, method)

    return await run.step(name, once, Swept)


async def sweep(rig: VoltammetryRig, method: Method) -> Swept:
    """The stripping sweep; `InstrumentError` where a current is beyond its range."""
    found = await rig.potentiostat.square_wave_voltammetry(
        BEGIN, END, step=method.step, amplitude=AMPLITUDE, frequency=FREQUENCY
    )
    if bool(found.overloaded.any()):
        raise InstrumentError(
            f"a stripping current is beyond the range of {method.range:g} A",
            address=rig.potentiostat.address,
            remedy="dilute the sample or shorten the deposition",
        )
    return Swept(
        found.current.t,
        float(found.time[-1]),
        tuple(float(x) for x in found.potential.values),
        tuple(float(x) for x in found.current.values),
    )
