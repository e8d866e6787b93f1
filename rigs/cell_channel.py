"""The channel of a cycler that a cell is wired to: its fingerprint, and what of it is watched."""

from __future__ import annotations

from collections.abc import Mapping

from drivers.roles.battery_cycler import BatteryCycler
from labctl.evidence import Reading
from labctl.quantity import Quantity
from rigs.probes import Probe, State, Value

VOLTAGE = "open_circuit_voltage"
"""Name of the voltage by which a cell is told again."""

STATES = ("idle", "working", "paused", "finished", "protected")


async def open_circuit(cycler: BatteryCycler, channel: int) -> Mapping[str, Quantity]:
    """Open-circuit voltage in V at `channel`, with the offset of the cycler's data sheet as its
    rectangular uncertainty."""
    seen = (await cycler.status(channel)).voltage
    limit = 0.0 if seen.accuracy is None else seen.accuracy.offset
    return {VOLTAGE: Quantity(seen.value, seen.unit, limit / 3**0.5)}


def channel_probes(cycler: BatteryCycler, channel: int) -> dict[str, Probe]:
    """Voltage in V and state of `channel`; readable when off."""

    async def voltage() -> Reading:
        return (await cycler.status(channel)).voltage

    async def state() -> str:
        return (await cycler.status(channel)).state

    return {"cycler.voltage": Value("V", voltage), "cycler.state": State(STATES, state)}
