"""Gas over an array: purged, a cylinder connected, dosed at a constant total flow."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from drivers.roles.mass_flow_controller import MassFlowController
from labctl import clock
from labctl.asking.prompts import ChoicePrompt, NumberPrompt
from labctl.errors import InstrumentError
from labctl.evidence import Reading
from labctl.i18n import N_
from labctl.quantity import Quantity
from labctl.run import Run
from procedures.methods.settling import Settling, settled
from rigs.gas_sensing import GasSensingRig

GASES = ("CO", "CH4", "C2H4", "C2H6", "C3H6", "H2")
"""The named gases, by formula."""

VAPOUR = "C2H5OH"
"""Ethanol: what is asked of people as the vapour that interferes."""

TRACER = "C3H6"
"""What the fast detector sees."""

SCCM = 1e-6 / 60.0
"""m3/s at 0 degC and 101325 Pa of one mL/min."""

TOTAL, HUMID = 2000.0 * SCCM, 1000.0 * SCCM
"""m3/s through the chamber, and of it through the humidifier."""

STATED, CERTIFIED = (400.0, 2000.0), 0.01
"""umol/mol that cylinders of a gas and of the vapour are ordered with; relative standard
uncertainty of their certificates (2 %, k = 2)."""

SETTLED = Settling(band=0.02 * HUMID, hold=2.0, every=0.5, timeout=30.0)
PURGE = 30.0
"""s in which the chamber is purged before anything is read."""

BIAS, COMPLIANCE = 0.2, 10e-6
"""V over a film; A: the meter reads on the range that holds this, with a noise far below a film's.
"""

FIRST_FILM = 101
"""Channel of the multiplexer of an array's first film."""

CONNECT = N_("Connect the cylinder with this gas to the dosing line and flush it")
AMOUNT = N_("Amount of the gas in the cylinder by its certificate")


async def purged(rig: GasSensingRig) -> None:
    """Synthetic air of half the saturated humidity at the full flow, no test gas."""
    for line in (rig.dosing, rig.dry, rig.humid):
        await line.set_gas("Air")
    await rig.dosing.set_flow(0.0)
    await rig.humid.set_flow(HUMID)
    await rig.dry.set_flow(TOTAL - HUMID)
    for line, target in ((rig.humid, HUMID), (rig.dry, TOTAL - HUMID)):
        await settled(_flow_of(line), target, SETTLED, "the flow of synthetic air")
    await clock.sleep(PURGE)


async def dosed(rig: GasSensingRig, flow: float) -> tuple[float, float]:
    """`flow` in m3/s of the cylinder's gas, as much dry air less; run times in s between which the
    dosing line was told."""
    await rig.dry.set_flow(TOTAL - HUMID - flow)
    before = clock.now()
    await rig.dosing.set_flow(flow)
    return before, clock.now()


async def connected(run: Run, rig: GasSensingRig, name: str, gas: str) -> Quantity:
    """The cylinder of `gas` is connected; its amount in umol/mol by its certificate.

    `InstrumentError` for another gas.
    """
    prompt = ChoicePrompt(f"{name}/cylinder", CONNECT, options=(*GASES, VAPOUR), simulated=gas)
    chosen = await run.ask(prompt)
    if chosen != gas:
        raise InstrumentError(
            f"the cylinder holds {chosen}, {gas} is to be dosed",
            address=rig.dosing.address,
            remedy="connect it and repeat the run",
        )
    stated = STATED[gas == VAPOUR]
    amount = NumberPrompt(
        f"{name}/amount", AMOUNT, unit="umol/mol", low=10.0, high=1e4,
        u=CERTIFIED * stated, simulated=f"{stated:g} umol/mol",
    )  # fmt: skip
    return await run.ask(amount)


async def led_to(rig: GasSensingRig, film: int, cycles: float = 1.0) -> None:
    """The source meter drives the film (from 1) at `BIAS` and integrates over so many power line
    `cycles`."""
    await rig.multiplexer.select(FIRST_FILM + film - 1)
    await rig.source_meter.wires(2)
    await rig.source_meter.integrate(cycles)
    await rig.source_meter.source_voltage(BIAS, compliance=COMPLIANCE, voltage_range=BIAS)
    await rig.source_meter.output(True)


async def conductance(rig: GasSensingRig) -> Reading:
    """Current in A of the film at `BIAS`; `InstrumentError` in compliance."""
    point = await rig.source_meter.measure()
    if point.in_compliance:
        raise InstrumentError(
            "the film is short",
            address=rig.source_meter.address,
            answer=f"{point.current.value:g} A",
            remedy="look at the array's contacts",
        )
    return point.current


def _flow_of(line: MassFlowController) -> Callable[[], Awaitable[Reading]]:
    async def read() -> Reading:
        return (await line.flow()).flow

    return read
