"""The hybrid bench as its wattmeters and oscilloscope touch it."""

from __future__ import annotations

from collections.abc import Callable

from sim_backends.models.ac_circuit import AcState
from sim_backends.models.hybrid_ports import Passed
from sim_backends.models.signal import FloatArray
from sim_backends.models.wave_crossing import first_passage
from sim_backends.worlds.hybrid_errors import CLAMP
from sim_backends.worlds.hybrid_scene import HARMONICS, Scene


class PhaseMeter:
    """A wattmeter's place in one phase, from 0, behind its current transformer (EnergyPort)."""

    def __init__(self, scene: Scene, phase: int) -> None:
        self._scene, self._phase = scene, phase
        self._share = scene.errors.shares[phase]

    def state(self, t: float) -> AcState:
        """Voltage, and the current on the transformer's secondary, about `t`."""
        scene = self._scene
        power = scene.drawn(t) * self._share
        volts = scene.source.voltage(t, self._phase)
        orders = [0j] * (max(HARMONICS) + 1)
        if not volts:
            return AcState(0.0, tuple(orders), tuple(orders))
        voltage, current = [*orders], [*orders]
        voltage[1] = complex(volts)
        rms = power / volts / scene.errors.ratio
        current[1] = complex(rms)
        for order, part in HARMONICS.items():
            current[order] = complex(rms * part)
        return AcState(scene.source.frequency(t), tuple(voltage), tuple(current))

    def passed(self, t: float) -> Passed:
        """Energy through the secondary until `t`."""
        self._scene.glance(t)
        plant, scale = self._scene.plant, self._share / self._scene.errors.ratio
        meter = plant.meter.ahead(max(t - plant.t, 0.0))
        return Passed(meter.taken * scale, meter.given * scale, 0.0)


class BankMeter:
    """A wattmeter's place in the direct line of a bank, from 0, behind its transducer; charging
    counts positive (EnergyPort)."""

    def __init__(self, scene: Scene, number: int) -> None:
        self._scene, self._number = scene, number
        self._ratio = scene.errors.direct[number]

    def state(self, t: float) -> AcState:
        """Voltage, and the current behind the transducer, at `t`."""
        self._scene.glance(t)
        plant = self._scene.plant
        current = plant.currents[self._number]
        volts = plant.banks[self._number].voltage(current)
        return AcState(0.0, (complex(volts),), (complex(-current / self._ratio),))

    def passed(self, t: float) -> Passed:
        """Energy and charge behind the transducer until `t`."""
        self._scene.glance(t)
        plant, ratio = self._scene.plant, self._ratio
        meter = plant.meters[self._number].ahead(max(t - plant.t, 0.0))
        return Passed(meter.taken / ratio, meter.given / ratio, -meter.charge / ratio)


class Wave:
    """A probe at the point of coupling (SignalPort): the voltage in V, or the current's clamp."""

    def __init__(self, scene: Scene, *, current: bool) -> None:
        self._scene, self._current = scene, current

    def voltage(self, t: FloatArray) -> FloatArray:
        """V at the probe's tip at each of `t`."""
        scene = self._scene
        scene.advance(float(t[-1]))
        if not self._current:
            return scene.voltage_wave(t)
        return CLAMP * scene.current_wave(t - scene.errors.skew)

    def mean(self) -> float:
        """V."""
        return 0.0

    def crossing(self, level: float, rising: bool, after: float) -> float | None:
        """First passage of `level` in two periods from `after` on; None where there is none."""
        frequency = self._scene.source.frequency(after)
        return first_passage(self.voltage, frequency, level, rising, after)


def modules(scene: Scene, number: int) -> Callable[[float], float]:
    """Mean temperature in degC of the modules of a bank, from 0."""

    def celsius(t: float) -> float:
        scene.glance(t)
        return scene.plant.banks[number].celsius

    return celsius
