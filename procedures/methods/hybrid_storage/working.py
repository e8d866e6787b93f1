"""The station at work: grid on, banks connected, meters on their ranges, and back from a hold."""

from __future__ import annotations

from labctl.errors import InstrumentError
from procedures.methods.hybrid_storage.plant import FREQUENCY, PHASES, VOLTAGE, Plant
from procedures.methods.site_at_work import require_at_work
from rigs.hybrid import AIR, HybridRig, alarms_among

UPDATE = 1.0
"""Seconds of an update interval of the wattmeters where power is steady."""

ROOM = 1.25
"""Part of a meter's range, over the expected value, that is left for swings."""

DC_VOLTAGE, DC_CURRENT = 600.0, 0.5
"""Ranges of the meters of the banks in V and A, behind their transducers."""

DC_UPDATE = 0.1
"""Seconds of their update interval: a charge is read at the moment when the bank is asked."""

SENSOR = "Pt100"


async def ready(rig: HybridRig, plant: Plant, power: float, update: float = UPDATE) -> None:
    """Everything on and measuring, with no power asked for; done twice it does no harm.

    `power` in W is the most that will flow at the AC terminals, `update` in s the meters' interval.
    Alarms whose cause is gone are acknowledged; `InstrumentError` for one that stands.
    """
    await _grid(rig)
    await _connected(rig)
    for meter in rig.analyzers:
        await meter.integrate(False)
        await meter.wiring("1P2W")
        await meter.set_range(1, voltage=ROOM * VOLTAGE, current=ROOM * plant.secondary(power))
        await meter.set_update_interval(update)
    for channel in AIR:
        await rig.logger.configure(channel, SENSOR)
    await rig.site.run(True)


async def counting_charge(rig: HybridRig) -> None:
    """The meters of the banks on direct current, standing at zero and ready to integrate."""
    for meter in rig.dc_meters:
        await meter.integrate(False)
        await meter.clear_integration()
        await meter.wiring("DC")
        await meter.set_range(1, voltage=DC_VOLTAGE, current=DC_CURRENT)
        await meter.set_update_interval(DC_UPDATE)


async def _grid(rig: HybridRig) -> None:
    await rig.grid.set_voltage(VOLTAGE, phases=PHASES)
    await rig.grid.set_frequency(FREQUENCY)
    await rig.grid.regenerative(True)
    await rig.grid.output(True)


async def _connected(rig: HybridRig) -> None:
    """Contactors closed and no alarm latched, at the banks first and then at the site."""
    for bank in rig.banks:
        if alarms_among(await bank.alarms()):
            await bank.acknowledge()
        await bank.connect(True)
    state = await rig.site.state()
    if state.alarms:
        await rig.site.acknowledge()


async def require_no_alarm(rig: HybridRig) -> None:
    """`InstrumentError` where a bank or the site has an alarm, or the site no longer works."""
    for bank in rig.banks:
        if events := alarms_among(await bank.alarms()):
            raise InstrumentError(
                "a bank has an alarm",
                address=bank.address,
                answer=", ".join(events),
                remedy="remove its cause; labctl resume goes on",
            )
    await require_at_work(rig.site)
