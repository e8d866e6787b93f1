"""The controller of the hybrid bench as its communication touches it (CyclingSitePort)."""

from __future__ import annotations

from collections.abc import Sequence

from sim_backends.models.hybrid_ports import CyclePlan, CycleStatus
from sim_backends.models.level_signal import MARK
from sim_backends.models.power_ports import (
    FrequencyDroop,
    Function,
    ScheduledPower,
    SiteState,
    UnitState,
    VoltageDroop,
)
from sim_backends.worlds.hybrid_scene import Scene


class HybridSite:
    """Two units, set points by hand or by dispatch, programs of cycles. Droops, reactive power,
    schedules and a reserve are not fitted: their settings are taken and do nothing."""

    def __init__(self, scene: Scene) -> None:
        self._scene, self._control = scene, scene.control
        self._on = set[Function]()
        self._hand = self._dispatched = 0.0

    @property
    def rated(self) -> float:
        """W of both units."""
        return self._scene.plant.design.rated_power

    @property
    def rated_apparent(self) -> float:
        """VA of both units."""
        return self.rated

    @property
    def units(self) -> int:
        """Two banks."""
        return 2

    def enable(self, function: Function, on: bool, t: float) -> None:
        """Switch a function on or off."""
        (self._on.add if on else self._on.discard)(function)
        if function == "dispatch" and self._control.program is None:
            self._follow(t)

    def enabled(self, function: Function) -> bool:
        """Whether the function is on."""
        return function in self._on

    def run(self, on: bool, t: float) -> None:
        """Let the converters work or stop them."""
        self._control.run(on, t)

    def set_power(self, watts: float, t: float) -> None:
        """Active power in W by hand."""
        self._hand = watts
        self._follow(t)

    def dispatch(self, watts: float, t: float) -> None:
        """Active power in W that the grid's control asks for."""
        self._dispatched = watts
        self._follow(t)

    def _follow(self, t: float) -> None:
        self._control.command(self._dispatched if "dispatch" in self._on else self._hand, t)

    def set_ramp(self, watts_per_second: float, t: float) -> None:
        """How fast a set point is gone to, in W/s."""
        self._control.ramp = watts_per_second

    def set_reactive_power(self, var: float, t: float) -> None:
        """Not fitted."""

    def set_frequency_droop(self, droop: FrequencyDroop, t: float) -> None:
        """Not fitted."""

    def set_voltage_droop(self, droop: VoltageDroop, t: float) -> None:
        """Not fitted."""

    def set_reserve(self, share: float, t: float) -> None:
        """Not fitted."""

    def set_schedule(self, entries: Sequence[ScheduledPower], t: float) -> None:
        """Not fitted."""

    def start_cycles(self, plan: CyclePlan, t: float) -> None:
        """Begin `plan`, or go on with it where it is held."""
        self._control.start(plan, t)

    def stop_cycles(self, t: float) -> None:
        """No program, no power."""
        self._control.stop(t)

    def cycles(self, t: float) -> CycleStatus:
        """How far the program is."""
        return self._control.status(t)

    def mark(self, t: float) -> None:
        """A command was taken: the command output goes high."""
        self._scene.marker.pulse(t, MARK)

    def clock_error(self) -> float:
        """The controller's clock less the true time in s."""
        return self._scene.errors.clock

    def state(self, t: float) -> SiteState:
        """What the controller knows at `t`."""
        scene = self._scene
        power = -scene.drawn(t) * (1.0 + scene.errors.metering)
        estimators = scene.plant.estimators
        energies = [bank.energy for bank in scene.plant.design.banks]
        charges = [one.charge for one in estimators]
        mean = sum(c * e for c, e in zip(charges, energies, strict=True)) / sum(energies)
        return SiteState(
            power=power,
            reactive_power=0.0,
            voltage=scene.source.voltage(t),
            frequency=scene.source.frequency(t),
            site_power=-power,
            target=scene.plant.power,
            charge=mean,
            units=(self._unit(0, t), self._unit(1, t)),
        )

    def _unit(self, number: int, t: float) -> UnitState:
        plant = self._scene.plant
        current = plant.currents[number]
        power = plant.banks[number].voltage(current) * current
        online = plant.closed[number] and self._scene.fed(t)
        limited = bool(plant.ended[number])
        return UnitState(power, 0.0, plant.estimators[number].charge, online, limited)
