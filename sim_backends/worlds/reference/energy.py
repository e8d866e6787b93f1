"""Known devices of a power bench with a grid of its own, and a block under a nail press.

The grid simulator feeds a resistor at each of three phases; the site controller has units that give
at once what they are asked for; its two sides, over Modbus and over MQTT, take the one port.
"""

from __future__ import annotations

from typing import Any

from sim_backends.models.reference.grid_bus import GridBus
from sim_backends.models.reference.nail_block import NailBlock
from sim_backends.models.reference.quiet_site import CyclingSite
from sim_backends.worlds.reference.truth import Truth

BUS = 20.0
"""Ohm at each phase of the grid simulator, whose relay is open at first."""
CAPACITY = 90e3
"""VA of the grid simulator."""

UNITS, RATED, APPARENT = 6, 15e3, 18e3
"""Units of the site, and what they are rated for together in W and VA."""

STIFFNESS, HOME = 1e5, -20e-3
"""N/m of the block below its surface, and where in m the nail stands above it."""

TRUTH: dict[str, Truth] = {
    "grid_bus": {
        "resistance": (BUS, "ohm"),
        "voltage": (0.0, "V"),
        "current": (0.0, "A"),
        "power": (0.0, "W"),
        "frequency": (0.0, "Hz"),
    },
    "site": {
        "rated_active": (RATED, "W"),
        "active": (0.0, "W"),
        "reactive": (0.0, "W"),
        "voltage": (230.0, "V"),
        "frequency": (50.0, "Hz"),
        "state_of_charge": (50.0, "%"),
    },
    "nail_block": {"depth": (HOME, "m"), "force": (0.0, "N")},
}
"""What an ideal instrument would read, by port, when nothing was switched on."""


def ports(seed: int, t0: float) -> tuple[dict[str, Any], dict[str, Truth]]:
    """Ports by name at run time `t0` in s, and the truth at each; nothing is drawn."""
    devices = {
        "grid_bus": GridBus(3, BUS, CAPACITY, t0),
        "site": CyclingSite(UNITS, RATED, APPARENT),
        "nail_block": NailBlock(STIFFNESS, HOME),
    }
    return devices, dict(TRUTH)
