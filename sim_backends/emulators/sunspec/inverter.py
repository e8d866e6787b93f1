"""A three-phase storage inverter between a pack and the grid, as models 103, 701 and 704 see it.

Active power is positive when it is fed into the grid. It stops while the grid is not there, while
the contactor is open, or when it is told to; it throttles at the battery's limits and at the
limit that it was given. Reactive power, ramps and grid support functions are not simulated.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim_backends.emulators.accuracy import Channel, Spec
from sim_backends.emulators.sunspec.bms import RATED, Bms
from sim_backends.models.mains import MainsPort

EFFICIENCY = 0.97
POWER = Spec(range=RATED, gain=0.01, offset=10.0, noise=2.0)
VOLTAGE = Spec(range=400.0, gain=5e-3, offset=0.2, noise=0.05)
"""W and V: class 1 metering and 0.5 %, usual for inverters."""

OFF, STARTING, RUNNING, THROTTLED, FAULT, STANDBY = 0, 2, 3, 4, 6, 7
"""InvSt of model 701."""

STOP, STAND_BY, START = 1, 2, 3
"""SetInvState of model 802."""


@dataclass(slots=True)
class Setting:
    """Active power as model 704 sets it: watts or per cent of the rating, with a way back."""

    enabled: bool = False
    by_watts: bool = True
    watts: float = 0.0
    percent: float = 0.0
    revert_enabled: bool = False
    revert_watts: float = 0.0
    revert_percent: float = 0.0
    revert_after: float = 0.0
    until: float | None = None
    limited: bool = False
    limit: float = 100.0

    def power(self) -> float:
        """W that are asked for."""
        if not self.enabled:
            return 0.0
        return self.watts if self.by_watts else RATED * self.percent / 100.0

    def forget(self) -> None:
        """No power is asked for, no limit is set."""
        self.enabled = self.limited = False
        self.until = None

    def start_timer(self, t: float) -> None:
        """The time until the way back begins anew."""
        self.until = t + self.revert_after if self.enabled and self.revert_after > 0 else None

    def revert(self, t: float) -> None:
        """Go back where the time has come."""
        if self.until is not None and t >= self.until:
            self.until = None
            self.watts, self.percent = self.revert_watts, self.revert_percent
            self.enabled = self.revert_enabled


class Inverter:
    """One inverter over `bms` and `mains`; powers in W, energies in Wh."""

    def __init__(self, bms: Bms, mains: MainsPort, rng: np.random.Generator) -> None:
        self.setting = Setting()
        self.told = START
        self.power = self.direct = 0.0
        self.injected = self.absorbed = 0.0
        self.direct_out = self.direct_in = 0.0
        self.throttled = False
        self.mains_voltage = self.mains_frequency = 0.0
        self._bms, self._mains = bms, mains
        self._power_meter, self._volt_meter = Channel([POWER], rng), Channel([VOLTAGE], rng)
        self._t: float | None = None

    @property
    def grid_is_there(self) -> bool:
        """Grid within 80..120 % of 230 V."""
        return 184.0 <= self.mains_voltage <= 276.0

    def state(self) -> int:
        """InvSt of model 701."""
        if self._bms.latched:
            return FAULT
        if self.told == STOP:
            return OFF
        if not (self.grid_is_there and self._bms.closed and self.told == START):
            return STANDBY
        if self.power == 0.0:
            return STANDBY
        return THROTTLED if self.throttled else RUNNING

    def measured_power(self) -> float:
        """W at the grid by its own meter."""
        return self._power_meter.convert(self.power, 0) if self.power else 0.0

    def measured_voltage(self) -> float:
        """V between line and neutral by its own meter; 0 without a grid."""
        return self._volt_meter.convert(self.mains_voltage, 0) if self.mains_voltage else 0.0

    def update(self, t: float) -> None:
        """Count the energy until `t`, then do from `t` on what is asked for."""
        self._account(t)
        self.mains_voltage = self._mains.voltage(t)
        self.mains_frequency = self._mains.frequency(t)
        self.setting.revert(t)
        works = self.grid_is_there and self._bms.closed and self.told == START
        wanted = self.setting.power() if works else 0.0
        allowed = self._allowed(wanted)
        self.throttled = abs(allowed - wanted) > 1.0
        self.power = allowed
        self.direct = allowed / EFFICIENCY if allowed > 0 else allowed * EFFICIENCY
        if self._bms.closed:
            self._bms.pack.drive(self._bms.pack.current_for(self.direct, t), t)

    def _allowed(self, wanted: float) -> float:
        charge, discharge = self._bms.limits()
        volts = self._bms.voltage
        most = min(RATED, discharge * volts * EFFICIENCY)
        if self.setting.limited:
            most = min(most, RATED * self.setting.limit / 100.0)
        least = -min(RATED, charge * volts / EFFICIENCY)
        return min(max(wanted, least), most)

    def _account(self, t: float) -> None:
        hours = 0.0 if self._t is None else (t - self._t) / 3600.0
        self._t = t
        self.injected += max(self.power, 0.0) * hours
        self.absorbed += max(-self.power, 0.0) * hours
        self.direct_out += max(self.direct, 0.0) * hours
        self.direct_in += max(-self.direct, 0.0) * hours
