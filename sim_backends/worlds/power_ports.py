"""The power bench as its instruments touch it: wattmeter, oscilloscope, UPS units."""

from __future__ import annotations

import cmath

from sim_backends.models.ac_circuit import AcState
from sim_backends.models.coupled_cluster import CoupledCluster
from sim_backends.models.mains import Mains
from sim_backends.models.signal import FloatArray
from sim_backends.models.unit_store import UnitBattery
from sim_backends.models.ups_plant import UpsPlant
from sim_backends.models.wave_crossing import first_passage
from sim_backends.worlds.power_errors import CLAMP, BenchErrors

SHIFTED = (186.0, 287.0)
"""V within which a UPS stays on line: beyond, it sees a change at once."""


class CouplingMeter:
    """The wattmeter's place behind the current transformer (AcPort)."""

    def __init__(self, scene: CoupledCluster, errors: BenchErrors) -> None:
        self._scene = scene
        self._gain = cmath.rect(1.0 / errors.ratio, errors.phase)

    def state(self, t: float) -> AcState:
        """Voltage, and the current on the transformer's secondary, about `t`."""
        scene = self._scene
        scene.advance(t)
        now = scene.point(t)
        if not now.volts:
            return AcState(0.0, (0j, 0j, 0j, 0j), (0j, 0j, 0j, 0j))
        current = complex(now.power, -now.reactive) / now.volts * self._gain
        third = complex(now.third) * self._gain
        frequency = scene.source.frequency(t)
        return AcState(frequency, (0j, complex(now.volts), 0j, 0j), (0j, current, 0j, third))


class CouplingWave:
    """A probe at the coupling point (SignalPort): the voltage in V, or the current by its clamp."""

    def __init__(self, scene: CoupledCluster, *, current: bool, skew: float = 0.0) -> None:
        self._scene, self._current, self._skew = scene, current, skew

    def voltage(self, t: FloatArray) -> FloatArray:
        """V at the probe's tip at each of `t`."""
        self._scene.advance(float(t[-1]))
        volts, amps = self._scene.working(t - self._skew).waves()
        return CLAMP * amps if self._current else volts

    def mean(self) -> float:
        """V."""
        return 0.0

    def crossing(self, level: float, rising: bool, after: float) -> float | None:
        """First passage of `level` in two periods from `after` on; None where there is none."""
        frequency = self._scene.source.frequency(after)
        return first_passage(self.voltage, frequency, level, rising, after)


class CoupledMains(Mains):
    """The grid at a UPS's input: the coupling point's."""

    def __init__(self, scene: CoupledCluster) -> None:
        super().__init__()
        self._scene = scene

    def voltage(self, t: float) -> float:
        """V, line to neutral."""
        self._scene.advance(t)
        return self._scene.coupling_voltage(t)

    def frequency(self, t: float) -> float:
        """Hz."""
        self._scene.advance(t)
        return self._scene.source.frequency(t)

    def next_change(self, t: float) -> float | None:
        """When the grid next leaves or comes back to what a UPS takes."""
        return self._scene.source.next_outside(t, SHIFTED)


class UnitPlant(UpsPlant):
    """The three sides of UPS `number` (from 0) of the cluster (UpsPort)."""

    def __init__(
        self, scene: CoupledCluster, number: int, mains: Mains, battery: UnitBattery
    ) -> None:
        super().__init__(mains, battery)
        self._scene, self._number = scene, number

    def load(self, t: float) -> tuple[float, float]:
        """(W, VA)."""
        return self._scene.load.unit(self._number, t)
