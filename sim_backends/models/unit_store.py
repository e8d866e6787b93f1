"""Batteries behind grid converters: what a converter moves comes on top of what the unit itself
draws. Both are asked for their state by instruments, and by the cluster's controller."""

from __future__ import annotations

from typing import Protocol

from sim_backends.models.battery_pack import BatteryPack, PackParameters, PackReading
from sim_backends.models.ups_plant import BatteryParameters, LeadAcidBattery

CONVERTER = 0.95
"""Efficiency from battery to grid terminals, and back."""


class Clockwork(Protocol):
    """What goes through time together with the batteries."""

    def settle(self, t: float) -> None:
        """Everything has happened until `t` in s, and the batteries know it."""
        ...


class Store(Protocol):
    """A battery as the controller deals with it."""

    def level(self) -> float:
        """Charge 0..1 as it was settled last."""
        ...

    def settle(self, energy: float, start: float, end: float) -> None:
        """Between `start` and `end` in s the converter fed `energy` in J into the grid."""
        ...


def direct(power: float) -> float:
    """W at the battery for `power` in W at the grid terminals, both positive in discharge."""
    return power / CONVERTER if power > 0.0 else power * CONVERTER


class UnitBattery(LeadAcidBattery):
    """The battery of a UPS with a grid converter beside its own stage.

    The stage's own charger is off: the converter charges.
    """

    def __init__(
        self, parameters: BatteryParameters, clockwork: Clockwork, *, charge: float, t0: float
    ) -> None:
        super().__init__(parameters, charge=charge, t0=t0)
        self._clockwork = clockwork
        self._stage = self._grid = 0.0

    def draw(self, power: float, t: float) -> None:
        """From `t` on the UPS's stage draws `power` in W."""
        self._clockwork.settle(t)
        self._stage = max(power, 0.0)
        super().draw(self._stage + self._grid, t)

    def charge(self, t: float) -> float:
        """True charge, 0..1."""
        self._clockwork.settle(t)
        return super().charge(t)

    def voltage(self, t: float) -> float:
        """Terminal voltage in V."""
        self._clockwork.settle(t)
        return super().voltage(t)

    def level(self) -> float:
        """Charge 0..1 as it was settled last."""
        return self._charge

    def settle(self, energy: float, start: float, end: float) -> None:
        """The converter fed `energy` in J into the grid between `start` and `end` in s."""
        self._grid = direct(energy / (end - start))
        super().draw(self._stage + self._grid, start)
        super().draw(self._stage + self._grid, end)


class SharedPack:
    """A lithium pack with two converters: the storage inverter's own port (PackPort) and the
    cluster's. `power` is what the inverter gives the grid, in W."""

    def __init__(self, pack: BatteryPack, clockwork: Clockwork, t0: float) -> None:
        self._pack = pack
        self._clockwork = clockwork
        self._own = self._grid = 0.0
        self._volts = pack.read(t0).voltage
        self._level = pack.state_of_charge(t0)

    @property
    def rated(self) -> PackParameters:
        """What the nameplate says."""
        return self._pack.rated

    def read(self, t: float) -> PackReading:
        """Voltages, current and temperatures at `t`."""
        self._clockwork.settle(t)
        return self._pack.read(t)

    def drive(self, current: float, t: float) -> None:
        """From `t` on the storage inverter takes `current` in A."""
        self._clockwork.settle(t)
        self._own, self._volts = current, self._pack.read(t).voltage
        self._pack.drive(self._own + self._grid, t)

    def current_for(self, power: float, t: float) -> float:
        """Current in A for `power` in W, or the most there is."""
        self._clockwork.settle(t)
        return self._pack.current_for(power, t)

    def health(self) -> float:
        """Share of the rated capacity that is left, 0..1."""
        return self._pack.health()

    def own_power(self) -> float:
        """W that the storage inverter itself feeds into the grid, by the voltage at its start."""
        if not self._own:
            return 0.0
        power = self._own * self._volts
        return power * CONVERTER if power > 0.0 else power / CONVERTER

    def level(self) -> float:
        """Charge 0..1 of the weakest cell as it was settled last."""
        return self._level

    def settle(self, energy: float, start: float, end: float) -> None:
        """The cluster's converter fed `energy` in J into the grid between `start` and `end`."""
        power = direct(energy / (end - start))
        self._grid = self._pack.current_for(power, start) if power else 0.0
        self._pack.drive(self._own + self._grid, start)
        self._level = self._pack.state_of_charge(end)
