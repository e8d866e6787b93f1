"""On and off states of a device, and the way from one to the other, by the sample's sheet."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
import numpy as np

from labctl.quantity import Quantity


class States(msgspec.Struct, frozen=True):
    """Voltages in V of a device: `path` are (gate, drain) from on to off, the last being off."""

    path: tuple[tuple[float, float], ...]
    off: tuple[float, float]

    @property
    def on(self) -> tuple[float, float]:
        """Gate and drain on, in V."""
        return self.path[0]


def transistor_states(properties: Mapping[str, Quantity], points: int = 60) -> States:
    """Gate from on to off at the drain voltage of the sheet, in V."""
    on, off, drain = (
        properties[name].to("V").value for name in ("gate_on", "gate_off", "drain_voltage")
    )
    gates = np.linspace(on, off, points)
    return States(tuple((float(gate), drain) for gate in gates), (off, drain))


def diode_states(properties: Mapping[str, Quantity], points: int = 50) -> States:
    """Voltage from forward to 0.2 V at the anode, and reverse, in V; the gate's probe is at 0 V.

    Below some kT/q a diode's current goes to zero by itself, which is no clipping.
    """
    forward, reverse = (
        properties[name].to("V").value for name in ("forward_voltage", "reverse_voltage")
    )
    path = tuple((0.0, float(volts)) for volts in np.linspace(forward, 0.2, points))
    return States(path, (0.0, reverse))
