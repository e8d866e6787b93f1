"""The power stage of a line-interactive UPS: it boosts, trims, transfers, charges and inverts.

Factors and limits of the Smart-UPS SMT data sheet for 230 V: output 230 V on battery, boost and
trim by 12 %, acceptable output 208..253 V as delivered, so that it stays on line from 186 to
287 V at the input. It reports the load, voltages and its battery with errors of its own.
"""

from __future__ import annotations

import numpy as np

from sim_backends.emulators.accuracy import Channel, Spec
from sim_backends.models.ups_plant import UpsPort

RATED_WATTS, RATED_VOLT_AMPERES, NOMINAL = 1000.0, 1500.0, 230.0
BOOST, TRIM = 1.12, 0.88
OK, LOW, HIGH, BOOSTED, TRIMMED, SLOW, FAST = 0, 2, 3, 5, 6, 7, 8
"""Bits of InputStatus_BF."""

INVERTER = 0.88
"""Efficiency from battery to output."""

CHARGER, FLOAT = 60.0, 0.98
"""W that go into a battery below full, and the efficiency of the UPS on line."""

CUTOFF = 21.0
"""V at the battery at which the inverter stops: 1.75 V a cell."""

VOLTS = Spec(range=400.0, gain=0.01, offset=0.5, noise=0.2)
BATTERY_VOLTS = Spec(range=40.0, gain=0.01, offset=0.05, noise=0.02)
WATTS = Spec(range=2000.0, gain=0.03, offset=5.0, noise=2.0)
CHARGE_ERROR, CAPACITY_ERROR = 0.02, 0.1
"""A UPS's own metering is no reference: 1 to 5 %; what it thinks of its battery 10 %."""


class PowerStage:
    """The stage between mains, battery and output. Times in s, power in W."""

    def __init__(self, port: UpsPort, rng: np.random.Generator) -> None:
        self._port = port
        self._volts, self._watts = Channel([VOLTS], rng), Channel([WATTS], rng)
        self._battery_volts = Channel([BATTERY_VOLTS], rng)
        self._charge_gain = 1.0 + CHARGE_ERROR * float(rng.uniform(-1, 1))
        self._capacity_gain = 1.0 + CAPACITY_ERROR * float(rng.uniform(-1, 1))
        self.limits = [208, 253]
        self.output_on = True
        self.on_battery = False
        self.testing = False
        self.depleted = False
        self.energy = 0.0
        self.input_voltage = self.input_frequency = 0.0
        self.output_voltage = 0.0
        self.step = OK
        self._t: float | None = None

    # Input

    def accepts(self) -> bool:
        """Whether the input, boosted or trimmed, may feed the output."""
        low, high = self.limits
        frequent = 47.0 <= self.input_frequency <= 53.0
        return frequent and low / BOOST <= self.input_voltage <= high / TRIM

    def input_status(self) -> int:
        """InputStatus_BF."""
        low, high = self.limits
        if self.accepts():
            return 1 << OK | (1 << self.step if self.step else 0)
        checks = (
            (LOW, self.input_voltage < low / BOOST), (HIGH, self.input_voltage > high / TRIM),
            (SLOW, self.input_frequency < 47.0), (FAST, self.input_frequency > 53.0),
        )  # fmt: skip
        return sum(1 << bit for bit, is_so in checks if is_so)

    def reason(self) -> int:
        """UPSStatusChangeCause_EN of a transfer to battery: high 1, low 2, frequency 5 and 6."""
        low, high = self.limits
        if self.input_voltage > high / TRIM:
            return 1
        if self.input_voltage < low / BOOST:
            return 2
        return 5 if self.input_frequency > 53.0 else 6

    # Battery

    def charge(self, t: float) -> float:
        """State of charge by the UPS's own estimate, 0..1."""
        true = self._port.battery.charge(t)
        return min(true * self._charge_gain, 1.0) if true < 1.0 else 1.0

    def battery_voltage(self, t: float) -> float:
        """V by the UPS's own meter."""
        return self._battery_volts.convert(self._port.battery.voltage(t), 0)

    def battery_temperature(self, t: float) -> float:
        """degC by the UPS's own sensor."""
        return self._port.battery.temperature(t)

    def runtime(self, t: float) -> float:
        """Seconds that the battery will last at this load, as the UPS thinks."""
        rated = self._port.battery.parameters
        watts = max(self._port.load(t)[0], 0.02 * RATED_WATTS) / INVERTER
        current = watts / (2.0 * rated.cells)
        slow = rated.capacity / 20.0
        current *= max(current / slow, 1.0) ** (rated.peukert - 1.0)
        hours = rated.capacity * rated.health * self._capacity_gain * self.charge(t) / current
        return 3600.0 * hours

    # Output

    def real_power(self, t: float) -> float:
        """W at the output by the UPS's own meter."""
        watts = self._port.load(t)[0]
        return self._watts.convert(watts, 0) if self.output_on and watts > 0 else 0.0

    def apparent_power(self, t: float) -> float:
        """VA at the output by the UPS's own meter."""
        volt_amperes = self._port.load(t)[1]
        return self._watts.convert(volt_amperes, 0) if self.output_on and volt_amperes > 0 else 0.0

    def measured(self, voltage: float) -> float:
        """`voltage` in V by the UPS's own meter; 0 is 0."""
        return self._volts.convert(voltage, 0) if voltage else 0.0

    def overloaded(self, t: float) -> bool:
        """More than the rating hangs on the output."""
        watts, volt_amperes = self._port.load(t)
        return self.output_on and (watts > RATED_WATTS or volt_amperes > RATED_VOLT_AMPERES)

    def update(self, t: float) -> None:
        """See the input and set the stage to it; the output's energy until `t` is counted."""
        watts = self._port.load(t)[0]
        hours = 0.0 if self._t is None else (t - self._t) / 3600.0
        if self.output_on:
            self.energy += watts * hours
        self._t = t
        self.input_voltage = self._port.mains.voltage(t)
        self.input_frequency = self._port.mains.frequency(t)
        self._choose_step()
        battery = self._port.battery
        inverts = self.on_battery or self.testing
        if inverts and self.output_on:
            battery.draw(watts / INVERTER, t)
            self.depleted = battery.charge(t) <= 0.0 or battery.voltage(t) <= CUTOFF
        else:
            self.depleted = False
            full = battery.charge(t) >= 1.0
            battery.draw(0.0 if full or not self.accepts() else -CHARGER, t)
        self._set_output(inverts)

    def _choose_step(self) -> None:
        low, high = self.limits
        if self.input_voltage < low:
            self.step = BOOSTED
        elif self.input_voltage > high:
            self.step = TRIMMED
        else:
            self.step = OK

    def _set_output(self, inverts: bool) -> None:
        if not self.output_on:
            self.output_voltage = 0.0
        elif inverts:
            self.output_voltage = NOMINAL
        else:
            factor = {BOOSTED: BOOST, TRIMMED: TRIM}.get(self.step, 1.0)
            self.output_voltage = self.input_voltage * factor
