"""The estimator of the state of charge in a bank's management system: an extended Kalman filter.

Two states, charge and one overvoltage; the current is counted, the voltage of the mean cell
corrects (Plett, J. Power Sources 134 (2004) 277, part 3; Battery Management Systems II, 2015,
chapter 3). It believes a capacity, a resistance and a plain open-circuit curve and knows nothing of
hysteresis, slow diffusion or of what its sensors get wrong: its error is what comes of that.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp

from sim_backends.models.bank_cell import BankCell, open_circuit
from sim_backends.models.noise import Flicker
from sim_backends.models.storage_bank import StorageBank


@dataclass(frozen=True, slots=True)
class EstimatorDesign:
    """True errors of the sensors, and beliefs. Current: relative `gain`, `offset` in A. Voltage of
    a cell: relative `voltage_gain`, `voltage_offset` in V. `capacity` and `resistance` relative:
    what is believed over what is true, less 1. Tuning: `counting` variance of the charge for each
    s, `drifting` variance in V2 for each s of the overvoltage, `trust` variance in V2 s of the
    voltage that is compared."""

    gain: float
    offset: float
    voltage_gain: float
    voltage_offset: float
    capacity: float
    resistance: float
    counting: float
    drifting: float
    trust: float


AMPERES, VOLTS = 0.05, 2e-4
"""Standard deviations of the noise of the current sensor in A and of a cell's voltage in V, both
averaged over a second."""

AT_FULL = 1e-6
"""Variance of the charge when the bank has just been full."""


class ChargeEstimator:
    """One filter on `bank`; `charge` 0..1 is what it reports."""

    def __init__(
        self,
        design: EstimatorDesign,
        bank: StorageBank,
        noise: tuple[Flicker, Flicker] | None = None,
    ) -> None:
        self.design = design
        self.bank = bank
        self._noise = noise
        self.charge = bank.charge
        self.overvoltage = 0.0
        self._p = (AT_FULL, 0.0, 1e-6)

    @property
    def capacity(self) -> float:
        """Ah that it believes: the state of health that it keeps follows the wear."""
        return self.bank.weakest * (1.0 + self.design.capacity)

    def sensed_current(self, current: float, t: float) -> float:
        """What its sensor makes of `current` in A; without current its zero is known."""
        if current == 0.0:
            return 0.0
        noise = AMPERES * self._noise[0].at(t) if self._noise else 0.0
        return current * (1.0 + self.design.gain) + self.design.offset + noise

    def sensed_voltage(self, volts: float, t: float) -> float:
        """What its sensors make of the mean cell's `volts` in V."""
        noise = VOLTS * self._noise[1].at(t) if self._noise else 0.0
        return volts * (1.0 + self.design.voltage_gain) + self.design.voltage_offset + noise

    def step(self, current: float, dt: float, t: float) -> None:
        """`current` in A has flowed for the `dt` s until `t`."""
        cell, sensed = self.bank.design.cell, self.sensed_current(current, t)
        self._predict(cell, sensed, dt)
        volts = self.bank.voltage(current) / self.bank.design.cells
        self._correct(cell, sensed, self.sensed_voltage(volts, t), dt)

    def _predict(self, cell: BankCell, current: float, dt: float) -> None:
        self.charge -= current * dt / 3600.0 / self.capacity
        memory = exp(-dt / cell.fast_time)
        settled = current * cell.fast * self._belief()
        self.overvoltage = settled + (self.overvoltage - settled) * memory
        a, b, c = self._p
        self._p = (
            a + self.design.counting * dt,
            b * memory,
            c * memory * memory + self.design.drifting * dt,
        )

    def _correct(self, cell: BankCell, current: float, volts: float, dt: float) -> None:
        # Its curve is that of the mean cell, of which the weakest leaves a part unused.
        used = 1.0 - self.bank.design.weakness
        expected, slope = open_circuit(cell.curve, 1.0 - (1.0 - self.charge) * used)
        slope *= used
        expected -= self.overvoltage + current * cell.resistance * self._belief()
        a, b, c = self._p
        # H = [slope, -1]
        first, second = a * slope - b, b * slope - c
        spread = first * slope - second + self.design.trust / dt
        gain, other = first / spread, second / spread
        surprise = volts - expected
        self.charge = min(max(self.charge + gain * surprise, 0.0), 1.0)
        self.overvoltage += other * surprise
        self._p = (a - gain * first, b - gain * second, c - other * second)

    def _belief(self) -> float:
        return self.bank.factor * (1.0 + self.design.resistance)

    def full(self) -> None:
        """A charge has ended at the cells' limit: this is 100 %."""
        self.charge = 1.0
        self._p = (AT_FULL, 0.0, self._p[2])
