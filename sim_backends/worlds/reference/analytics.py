"""Known devices of an analytical bench: a gas inlet, a dummy cell, a vacuum chamber, a syringe."""

from __future__ import annotations

from typing import Any

from sim_backends.models.gas_line import GasLine
from sim_backends.models.reference.resistor import ReferenceResistor
from sim_backends.models.residual_gas import VacuumChamber, nitrogen_equivalent
from sim_backends.models.syringe import Syringe
from sim_backends.worlds.reference.truth import Truth

ROOM = 23.0
"""Temperature in degC."""

INLET_PRESSURE, INLET_FLOW = 4e5, 2e-5
"""Absolute pressure in Pa of a nitrogen inlet, and m3/s (normal state) through its open valve."""

CELL_RESISTANCE = 20e3
"""Dummy cell of a potentiostat in ohm."""

SYRINGE = 26.59e-3
"""Inner diameter in m of a plastic syringe of 60 mL."""

RESIDUAL_GAS = {"N2": 2e-4, "H2O": 5e-5, "H2": 2e-5, "Ar": 1e-5}
"""Partial pressures in Pa of a pumped chamber; nothing but nitrogen has a peak at 28 u."""

TRUTH: dict[str, Truth] = {
    "gas_inlet": {"flow": (0.0, "m**3/s"), "temperature": (ROOM, "degC")},
    "analysis_cell": {
        "resistance": (CELL_RESISTANCE, "ohm"),
        "open_circuit_potential": (0.0, "V"),
    },
    "syringe": {"dispensed": (0.0, "m**3")},
    "vacuum_chamber": {
        "nitrogen_partial_pressure": (RESIDUAL_GAS["N2"], "Pa"),
        "total_pressure": (nitrogen_equivalent(RESIDUAL_GAS), "Pa"),
    },
}
"""What an ideal instrument would read, by port; the total pressure as a nitrogen gauge has it."""


def ports(seed: int, t0: float) -> tuple[dict[str, Any], dict[str, Truth]]:
    """Ports by name at run time `t0` in s, and the truth at each."""
    devices = {
        "gas_inlet": GasLine("N2", INLET_FLOW, INLET_PRESSURE, ROOM),
        "analysis_cell": ReferenceResistor(CELL_RESISTANCE),
        "syringe": Syringe(SYRINGE, t0),
        "vacuum_chamber": VacuumChamber(RESIDUAL_GAS, t0=t0),
    }
    return devices, dict(TRUTH)
