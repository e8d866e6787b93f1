"""The site controller's own side of a coupled cluster: a `power_ports.SitePort`."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sim_backends.models.cluster_settings import Settings
from sim_backends.models.coupled_cluster import CoupledCluster
from sim_backends.models.level_signal import MARK, LevelSignal
from sim_backends.models.power_ports import (
    FrequencyDroop,
    Function,
    ScheduledPower,
    SiteState,
    UnitState,
    VoltageDroop,
)


@dataclass(frozen=True, slots=True)
class SiteErrors:
    """True errors of the controller: its `clock` in s, voltmeter relative, frequency meter in Hz,
    charge estimates of its units."""

    clock: float
    voltage: float
    frequency: float
    charges: tuple[float, ...]


class ClusterSite:
    """The controller of `scene` with its command output `marker`."""

    def __init__(self, scene: CoupledCluster, marker: LevelSignal, errors: SiteErrors) -> None:
        self._scene, self._marker, self._errors = scene, marker, errors
        self._settings = scene.control.settings

    @property
    def rated(self) -> float:
        """Rated active power in W of all units."""
        return self._scene.cluster.rated

    @property
    def rated_apparent(self) -> float:
        """Rated apparent power in VA of all units."""
        return self._scene.cluster.apparent * self.units

    @property
    def units(self) -> int:
        """How many units."""
        return self._scene.cluster.units

    def enable(self, function: Function, on: bool, t: float) -> None:
        """Switch a function on or off."""
        with self._telling(t) as settings:
            settings.switch(function, on)

    def enabled(self, function: Function) -> bool:
        """Whether the function is on."""
        return function in self._settings.on

    def run(self, on: bool, t: float) -> None:
        """Let the units work or stop them."""
        with self._telling(t) as settings:
            settings.running = on

    def set_power(self, watts: float, t: float) -> None:
        """Active power in W by hand."""
        with self._telling(t) as settings:
            settings.power = watts

    def set_reactive_power(self, var: float, t: float) -> None:
        """Reactive power in var by hand."""
        with self._telling(t) as settings:
            settings.reactive = var

    def dispatch(self, watts: float, t: float) -> None:
        """Active power in W that the grid's control asks for."""
        with self._telling(t) as settings:
            settings.dispatched = watts

    def set_frequency_droop(self, droop: FrequencyDroop, t: float) -> None:
        """How "frequency" answers."""
        with self._telling(t) as settings:
            settings.frequency_droop = droop

    def set_voltage_droop(self, droop: VoltageDroop, t: float) -> None:
        """How "voltage" answers."""
        with self._telling(t) as settings:
            settings.voltage_droop = droop

    def set_ramp(self, watts_per_second: float, t: float) -> None:
        """Fastest change of the base power in W/s; infinite: no limit."""
        with self._telling(t) as settings:
            settings.ramp = watts_per_second

    def set_reserve(self, share: float, t: float) -> None:
        """Charge 0..1 that stays for the loads."""
        with self._telling(t) as settings:
            settings.reserve = share

    def set_schedule(self, entries: Sequence[ScheduledPower], t: float) -> None:
        """What "schedule" does, by run time."""
        with self._telling(t) as settings:
            settings.set_schedule(entries)

    @contextmanager
    def _telling(self, t: float) -> Generator[Settings]:
        """Settings of the controller, which goes by them anew from `t` on."""
        self._scene.advance(t)
        yield self._settings
        self._scene.control.changed(t)

    def mark(self, t: float) -> None:
        """A command was taken: the command output goes high."""
        self._marker.pulse(t, MARK)

    def state(self, t: float) -> SiteState:
        """What the controller knows at `t`."""
        scene = self._scene
        scene.settle(t)
        power, reactive = scene.outputs(t)
        charges = [min(max(one, 0.0), 1.0) for one in self._charges()]
        limited = scene.stored.limited
        online = scene.source.connected(t)
        now = scene.point(t)
        return SiteState(
            power=float(power.sum()),
            reactive_power=float(reactive.sum()),
            voltage=now.volts * (1.0 + self._errors.voltage),
            frequency=scene.source.frequency(t) + self._errors.frequency * online,
            site_power=now.power * (1.0 + scene.cluster.metering),
            target=scene.control.demand(t),
            charge=sum(charges) / len(charges),
            units=tuple(
                UnitState(float(p), float(q), charge, online, bool(held))
                for p, q, charge, held in zip(power, reactive, charges, limited, strict=True)
            ),
        )

    def clock_error(self) -> float:
        """The controller's clock less the true time, in s."""
        return self._errors.clock

    def _charges(self) -> list[float]:
        stores = (*self._scene.batteries, self._scene.pack)
        return [one.level() + e for one, e in zip(stores, self._errors.charges, strict=True)]
