"""Parameters of a data-centre UPS cluster with grid support, and of the bench's grid.

No public data sheet gives a cluster's controller in full. What follows is of the order that these
tell: grid-interactive UPS with frequency regulation (Alapera, Honkapuro, Paananen, Applied Energy
229 (2018) 69; Paananen and Nasr, Grid-interactive data centers, Eaton and Microsoft, 2021);
converter control (Rocabert et al., IEEE Trans. Power Electron. 27 (2012) 4734); frequency
measurement over 2 to 6 periods (IEC/IEEE 60255-118-1:2018, classes P and M).
"""

from __future__ import annotations

from dataclasses import replace

from sim_backends.models.battery_pack import PackParameters
from sim_backends.models.coupling_point import Impedance
from sim_backends.models.ups_cluster import Cluster
from sim_backends.models.ups_plant import BatteryParameters

UPS_UNITS = 5
"""UPS with converters; one more converter stands at the storage inverter's pack."""

GRID_VOLTAGE, GRID_FREQUENCY = 230.0, 50.0
"""V to neutral and Hz."""

LINE = Impedance(0.05, 0.15)
"""Ohm between grid simulator and coupling point: a low-voltage feeder of 15 kW, about a third of
the reference impedance of IEC 60725:2012 (0.40 + j0.25 ohm), more inductive by its choke."""

SOURCE = 90e3
"""VA of the grid simulator."""

TEMPLATE = Cluster(
    power=2500.0,
    apparent=3000.0,
    lags=(0.02,) * (UPS_UNITS + 1),
    delay=0.045,
    extra=(0.0,) * (UPS_UNITS + 1),
    window=0.06,
    cycle=0.01,
    metering=0.003,
    loss=0.001,
    step=1.0,
    charges=(0.75,) * (UPS_UNITS + 1),
    loads=(150.0,) * UPS_UNITS,
)
"""Converters answer in some 20 ms (current and power loops); three periods of frequency; a cycle of
100 1/s; cables and filters lose 0.1 % beyond the meter."""

SPREAD_LAG, SPREAD_EXTRA, SPREAD_WINDOW, SPREAD_CHARGE = 0.1, 0.003, 0.1, 0.015
"""From cluster to cluster or unit to unit: lag and window relative (of the logarithm), delay beyond
the least in s (mean), charge."""

DAY_SHAPE = (
    0.15, 0.05, 0.0, 0.0, 0.0, 0.05, 0.2, 0.4, 0.6, 0.75, 0.85, 0.9,
    0.95, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.9, 0.75, 0.55, 0.4, 0.25,
)  # fmt: skip
"""Load at each full hour, 0 valley and 1 peak. Assumed: a site with business hours; large sites are
flatter (half-hourly profiles of UK Power Networks' open data, Data centre demand profiles)."""

DAY_TEMPLATE = replace(
    TEMPLATE,
    loads=(900.0,) * UPS_UNITS,
    swing=2.0 / 3.0,
    charges=(0.62,) * (UPS_UNITS + 1),
)
"""For a day's test: loads with a peak of 900 W and a valley a third of that, room for charge."""

LOAD_FACTOR = 0.97
"""Power factor (lagging) of supplies with correction."""

UNREST = (1e-3, 2.0)
"""Fast unrest of the loads: relative standard deviation, spacing in s of independent values."""

BATTERY = BatteryParameters(cells=12, capacity=100.0, health=0.95, resistance=0.0043, peukert=1.15)
"""Valve-regulated lead-acid blocks with packs for longer runtime: 24 V, 100 Ah in 20 h; resistance
that of the usual block of 18 Ah (24 mohm) by its size."""

PACK = PackParameters(cells=16, modules=4, capacity=50.0, heat_capacity=14e3, cooling=6.0)
"""Lithium pack of the storage inverter: 2.9 kWh."""
