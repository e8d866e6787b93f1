"""Known devices of a process bench: a vessel, a balance, an axis, a gauge block, gas lines."""

from __future__ import annotations

from typing import Any

from sim_backends.models.gas_line import GasLine, mass_flow
from sim_backends.models.gauged_length import GaugedLength
from sim_backends.models.linear_axis import LinearAxis
from sim_backends.models.pressure_vessel import PressureVessel
from sim_backends.models.probe_chuck import BareChuck, Project, ThermalChuck, round_map
from sim_backends.models.weighing_pan import WeighingPan
from sim_backends.worlds.reference.truth import Truth

ROOM = 23.0
"""Temperature in degC."""

SEALED = 1e5
"""Absolute pressure in Pa against which a sealed gauge transmitter measures."""

VESSEL_PRESSURE = 4e5
"""Absolute pressure in Pa in a vessel."""

LOAD = 0.1
"""Weight on a pan in kg."""

BLOCK = 25e-3
"""Length in m of a gauge block."""

LINE_PRESSURE = 250e3
"""Absolute pressure in Pa of a nitrogen line."""

CONTROLLED, METERED = 5e-4, 1e-4
"""Flow in m3/s (normal state) through a controller's open valve, and through a meter."""

WAFER = Project(round_map(5), (5e-3, 5e-3))
"""A wafer of dies of 5 mm on the chuck of a probe station; its project is called `reference`."""

PIPE: Truth = {"temperature": (ROOM, "degC"), "pressure": (LINE_PRESSURE, "Pa")}
TRUTH: dict[str, Truth] = {
    "vessel": {"pressure": (VESSEL_PRESSURE - SEALED, "Pa"), "temperature": (ROOM, "degC")},
    "pan": {"mass": (LOAD, "kg")},
    "axis": {"position": (0.0, "m")},
    "gauge_block": {"length": (BLOCK, "m")},
    "chuck": {"temperature": (ROOM, "degC")},
    "controlled_line": {"flow": (0.0, "m**3/s")} | PIPE,
    "metered_line": {
        "flow": (METERED, "m**3/s"),
        "mass_flow": (mass_flow(METERED, "N2"), "kg/s"),
    }
    | PIPE,
}
"""What an ideal instrument would read, by port; flows in the normal state, 0 degC and 101325 Pa."""


def ports(seed: int, t0: float) -> tuple[dict[str, Any], dict[str, Truth]]:
    """Ports by name at run time `t0` in s, and the truth at each."""
    devices = {
        "vessel": PressureVessel(VESSEL_PRESSURE, ROOM),
        "pan": WeighingPan(LOAD),
        "axis": LinearAxis(),
        "gauge_block": GaugedLength(BLOCK),
        "chuck": BareChuck({"reference": WAFER}, ThermalChuck.at_rest(ROOM, t0)),
        "controlled_line": GasLine("N2", CONTROLLED, LINE_PRESSURE, ROOM),
        "metered_line": GasLine("N2", METERED, LINE_PRESSURE, ROOM),
    }
    return devices, dict(TRUTH)
