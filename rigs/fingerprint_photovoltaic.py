"""The fingerprint of a photovoltaic device: what its dark curve says at two places.

Forward voltage at 1 mA per cm2 of the device (at most 100 mA), and conductance between -0.1 V and
+0.1 V. Both are read in the dark within a second and load a device less than light does: in a cell
with a twentieth of the current that the sun makes in it, in a string of ten with a half. They tell
recombination and shunts, in which devices of one batch differ most (by a quarter from one to the
next), so that most strangers fall out of narrow bands; areas and photocurrents are within 2 %.

Temperature: the forward voltage is given at 25 degC of the chuck. Dark voltages at such currents
fall by 0.17 (perovskite string) to 0.35 (silicon tandem) % per kelvin: -0.26 % with +-0.09 %,
rectangular, whose uncertainty grows with the distance from 25 degC. Shunts are taken to change by
up to 1 % per kelvin either way, which is not corrected.

Bands. Nothing but measuring in between: 1 % of the voltage, since light of minutes soaks many cells
by 5 to 10 mV, and 15 % of the conductance. After an exposure or in another run: light and bending
may raise the conductance several times and take a fifth of the voltage before a device has failed,
so the bands are as wide. Then only another kind of device, an open or shorted contact, or the other
polarity is told. A sheet may state narrower ones.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from drivers.roles.solar_simulator import SolarSimulator
from drivers.roles.source_meter import IVPoint, SourceMeter
from drivers.roles.temperature_controller import TemperatureController
from labctl import clock
from labctl.errors import LimitRefused
from labctl.evidence import Reading
from labctl.quantity import Quantity
from labctl.sample import Sample
from labctl.samples.fingerprint import Band, Bands

VOLTAGE, CONDUCTANCE, TEMPERATURE = "forward_voltage", "dark_conductance", "temperature"

BANDS: Mapping[str, Bands] = {
    VOLTAGE: Bands(still=Band(-0.01, 0.01), aged=Band(-0.3, 0.05)),
    CONDUCTANCE: Bands(still=Band(-0.15, 0.15), aged=Band(-0.6, 5.0)),
}
"""By quantity; the temperature is only told."""

PER_AREA = 1e-3
"""Forward current in A per cm2."""

MOST = 0.1
"""Largest forward current in A; for a device of unknown area that of 1 cm2 is taken."""

LIMIT = 2.0
"""V up to which a device is driven forward of which the sheet states no open-circuit voltage."""

MARGIN = 1.2
"""Factor on the open-circuit voltage that the sheet states."""

NEAR = 0.1
"""V either side of 0 between which the conductance is taken."""

WAIT = 0.1
"""Seconds before each reading, for the capacitance."""

SLOPE, SLOPE_BOUND = -2.6e-3, 0.9e-3
"""Relative change of the forward voltage per kelvin, and the bound of its error."""

SHUNT_BOUND = 1e-2
"""Bound of the relative change of the conductance per kelvin."""

REFERENCE = 25.0
"""degC to which the forward voltage is referred."""


async def dark_fingerprint(
    meter: SourceMeter, lamp: SolarSimulator, chuck: TemperatureController, sample: Sample
) -> dict[str, Quantity]:
    """Forward voltage in V at 25 degC, dark conductance in S, chuck temperature in degC.

    The shutter is closed and the output off afterwards, both read back. What the bench's limits do
    not allow, or the device does not let be measured, is left out.
    """
    await lamp.shutter(False)
    temperature = await chuck.temperature()
    found = {TEMPERATURE: _quantity(temperature)}
    try:
        current = _current(sample)
        forward = await _forward(meter, current, _limit(sample))
        if forward is not None:
            found[VOLTAGE] = at_reference(_quantity(forward), temperature)
        conductance = await _conductance(meter, current)
        if conductance is not None:
            found[CONDUCTANCE] = widened(conductance, temperature)
    except LimitRefused:
        pass  # the bench allows less than a fingerprint needs
    await meter.safe()
    return found


def at_reference(voltage: Quantity, temperature: Reading) -> Quantity:
    """A forward `voltage` in V at `temperature` in degC, as it is at 25 degC."""
    kelvin = temperature.value - REFERENCE
    value = voltage.value / (1.0 + SLOPE * kelvin)
    slope = abs(value * kelvin) * SLOPE_BOUND / math.sqrt(3.0)
    sensor = abs(value * SLOPE) * _quantity(temperature).u
    return Quantity(value, "V", math.hypot(voltage.u, slope, sensor))


def widened(conductance: Quantity, temperature: Reading) -> Quantity:
    """A `conductance` in S with what its change with temperature makes unknown of it."""
    bound = SHUNT_BOUND * abs(conductance.value * (temperature.value - REFERENCE))
    u = math.hypot(conductance.u, bound / math.sqrt(3.0))
    return Quantity(conductance.value, "S", u)


async def _forward(meter: SourceMeter, current: float, limit: float) -> Reading | None:
    """Voltage at `current` in A; None where `limit` in V is reached before."""
    await meter.source_current(current, compliance=limit)
    point = await _point(meter)
    return None if point.in_compliance else point.voltage


async def _conductance(meter: SourceMeter, compliance: float) -> Quantity | None:
    """Conductance in S about 0 V; None where it takes more than `compliance` in A."""
    points: list[IVPoint] = []
    for level in (-NEAR, NEAR):
        await meter.source_voltage(level, compliance=compliance)
        points.append(await _point(meter))
    low, high = points
    volts = high.voltage.value - low.voltage.value
    if low.in_compliance or high.in_compliance or volts <= 0.0:
        return None
    amperes = high.current.value - low.current.value
    value = amperes / volts
    u = math.hypot(_step(low.current, high.current), value * _step(low.voltage, high.voltage))
    return Quantity(value, "S", u / volts)


async def _point(meter: SourceMeter) -> IVPoint:
    await meter.output(True)
    await clock.sleep(WAIT)
    return await meter.measure()


def _current(sample: Sample) -> float:
    area = sample.quantity("area", "cm**2").value if "area" in sample.properties else 1.0
    return min(PER_AREA * area, MOST)


def _limit(sample: Sample) -> float:
    if "open_circuit_voltage" not in sample.properties:
        return LIMIT
    return MARGIN * sample.quantity("open_circuit_voltage", "V").value


def _quantity(reading: Reading) -> Quantity:
    """A reading with the standard uncertainty of its limits of error, and its noise."""
    sheet = reading.accuracy
    if sheet is None:
        return Quantity(reading.value, reading.unit)
    limit = sheet.gain * abs(reading.value) + sheet.offset
    return Quantity(reading.value, reading.unit, math.hypot(limit / math.sqrt(3.0), sheet.noise))


def _step(low: Reading, high: Reading) -> float:
    """Standard uncertainty of the difference of two readings on one range: its offset cancels."""
    sheet = high.accuracy
    if sheet is None:
        return 0.0
    gain = sheet.gain * abs(high.value - low.value) / math.sqrt(3.0)
    return math.hypot(gain, sheet.noise * math.sqrt(2.0), sheet.resolution)
