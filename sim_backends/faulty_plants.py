"""Chambers, gas lines, vessels, balances, stages, meters, probes and cells with a faulty sensor.

As `faulty_ports`, in the units that each port has.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, runtime_checkable

from sim_backends.faults import Sensor
from sim_backends.models.ac_circuit import AcLoad, AcPort, AcState
from sim_backends.models.battery_cell import CellPort, ForeseenCellPort
from sim_backends.models.climate_chamber import ChamberPort
from sim_backends.models.gas_line import GasLine, LinePort, LineState
from sim_backends.models.linear_axis import AxisPort
from sim_backends.models.pressure_vessel import VesselPort
from sim_backends.models.reference.laser_spectrum import Line, SpectrumPort
from sim_backends.models.reference.sensor_rack import RackPort
from sim_backends.models.residual_gas import VacuumPort
from sim_backends.models.signal import FloatArray, SignalPort
from sim_backends.models.weighing_pan import Loading, PanPort


@dataclass(frozen=True)
class SpoiledChamber:
    """A climate chamber with faulty sensors of temperature and humidity."""

    port: ChamberPort
    sensor: Sensor

    def temperature(self, t: float) -> float:
        """Air temperature in degC."""
        return self.sensor.sensed("temperature", self.port.temperature(t), t)

    def humidity(self, t: float) -> float:
        """Relative humidity in %."""
        return self.sensor.sensed("humidity", self.port.humidity(t), t)

    def condition(self, heat: float, moisture: float, t: float) -> None:
        """Drive heater and humidifier, each -1..1 of full power."""
        self.port.condition(heat, moisture, t)

    def is_door_open(self, t: float) -> bool:
        """The door switch."""
        return self.port.is_door_open(t)


@dataclass(frozen=True)
class SpoiledRack:
    """A gateway's sensors, all of them faulty."""

    port: RackPort
    sensor: Sensor

    def sense(self, channel: str, t: float) -> float:
        """Value at the sensor of `channel`, in its unit."""
        return self.sensor.sensed(channel, self.port.sense(channel, t), t)

    def drive(self, channel: str, value: float, t: float) -> None:
        """Set an output, in its unit."""
        self.port.drive(channel, value, t)


@dataclass(frozen=True)
class SpoiledVessel:
    """A vessel with a faulty pressure sensor."""

    port: VesselPort
    sensor: Sensor

    def pressure(self, t: float) -> float:
        """Absolute pressure in Pa."""
        return self.sensor.sensed("pressure", self.port.pressure(t), t)

    def temperature(self, t: float) -> float:
        """Temperature in degC."""
        return self.port.temperature(t)


@dataclass(frozen=True)
class SpoiledLine:
    """A gas line whose flow is measured wrongly."""

    port: LinePort
    sensor: Sensor

    def state(self, opening: float, t: float) -> LineState:
        """What flows, in m3/s, Pa and degC."""
        state = self.port.state(opening, t)
        quantity = "flow" if opening < 1.0 else "flow of the open valve"
        return replace(state, flow=self.sensor.sensed(quantity, state.flow, t))


@dataclass(frozen=True)
class SpoiledPan:
    """A pan on a faulty weighing cell."""

    port: PanPort
    sensor: Sensor

    def loading(self, t: float) -> Loading:
        """The load in kg; a steady change is seen as what it has come to."""
        load = self.port.loading(t)
        return replace(load, mass=self.sensor.sensed("mass", load.mass, t))


@dataclass(frozen=True)
class SpoiledAxis:
    """A carriage with a faulty encoder."""

    port: AxisPort
    sensor: Sensor

    @property
    def travel(self) -> tuple[float, float]:
        """Limit switches in m."""
        return self.port.travel

    def position(self, t: float) -> float:
        """Position in m."""
        return self.sensor.sensed("position", self.port.position(t), t)

    def drive(self, position: float, t: float) -> None:
        """Pull the carriage to a position in m."""
        self.port.drive(position, t)


@dataclass(frozen=True)
class SpoiledCircuit:
    """A wattmeter's place with a faulty voltage input: the fundamental's size in V."""

    port: AcPort
    sensor: Sensor

    def state(self, t: float) -> AcState:
        """Voltage in V and current in A by order."""
        state = self.port.state(t)
        main = 0 if state.frequency == 0.0 else 1
        size = abs(state.voltage[main])
        if size == 0.0:
            return state
        share = self.sensor.sensed("voltage", size, t) / size
        return replace(state, voltage=tuple(share * each for each in state.voltage))


@dataclass(frozen=True)
class SpoiledBattery:
    """A cell whose terminal voltage is measured wrongly."""

    port: CellPort
    sensor: Sensor

    def voltage(self, t: float) -> float:
        """Terminal voltage in V."""
        return self.sensor.sensed("voltage", self.port.voltage(t), t)

    def drive(self, current: float, t: float) -> None:
        """Let a current in A flow."""
        self.port.drive(current, t)

    def current_at(self, voltage: float, t: float) -> float:
        """Current in A at a voltage in V."""
        return self.port.current_at(voltage, t)

    def temperature(self, t: float) -> float:
        """Temperature in degC."""
        return self.port.temperature(t)


@dataclass(frozen=True)
class SpoiledForeseenBattery(SpoiledBattery):
    """As `SpoiledBattery`; what becomes of the cell is known ahead all the same."""

    port: ForeseenCellPort

    def reaches(self, voltage: float, t: float) -> float:
        """When the true terminal voltage comes to `voltage` in V."""
        return self.port.reaches(voltage, t)

    def mark(self, t: float) -> None:
        """A cycle begins."""
        self.port.mark(t)

    def suspend(self, t: float) -> None:
        """Nothing happens until `repeat`."""
        self.port.suspend(t)

    def repeat(self, count: int, t: float) -> None:
        """A cycle has happened `count` times more."""
        self.port.repeat(count, t)


@dataclass(frozen=True)
class SpoiledVacuum:
    """A chamber whose partial pressures are measured wrongly."""

    port: VacuumPort
    sensor: Sensor

    def partial_pressures(self, t: float) -> Mapping[str, float]:
        """Partial pressures in Pa by gas."""
        true = self.port.partial_pressures(t)
        return {gas: self.sensor.sensed(gas, value, t) for gas, value in true.items()}


@dataclass(frozen=True)
class SpoiledSignal:
    """A probe whose voltage is measured wrongly; the trigger has a comparator of its own."""

    port: SignalPort
    sensor: Sensor

    def voltage(self, t: FloatArray) -> FloatArray:
        """Voltage in V at each of the run times `t` in s."""
        return self.sensor.sensed_each("voltage", self.port.voltage(t), t)

    def mean(self) -> float:
        """Direct part of the voltage in V."""
        return self.port.mean()

    def crossing(self, level: float, rising: bool, after: float) -> float | None:
        """When the voltage passes `level` in V."""
        return self.port.crossing(level, rising, after)


@dataclass(frozen=True)
class SpoiledSpectrum:
    """Light on a faulty detector: power in W of each line, W/m of the background."""

    port: SpectrumPort
    sensor: Sensor

    def lines(self, t: float) -> tuple[Line, ...]:
        """The lines with what the detector makes of their power."""
        return tuple(
            replace(line, power=self.sensor.sensed(f"power {number}", line.power, t))
            for number, line in enumerate(self.port.lines(t))
        )

    def background(self, t: float) -> float:
        """Density in W/m."""
        return self.sensor.sensed("density", self.port.background(t), t)


_Chamber: type[Any] = runtime_checkable(ChamberPort)
_Rack: type[Any] = runtime_checkable(RackPort)
_Vessel: type[Any] = runtime_checkable(VesselPort)
_Pan: type[Any] = runtime_checkable(PanPort)
_Axis: type[Any] = runtime_checkable(AxisPort)
_Battery: type[Any] = runtime_checkable(CellPort)
_Vacuum: type[Any] = runtime_checkable(VacuumPort)
_Signal: type[Any] = runtime_checkable(SignalPort)
_Spectrum: type[Any] = runtime_checkable(SpectrumPort)

PLANTS: tuple[tuple[type[Any], Callable[[Any, Sensor], Any]], ...] = (
    (GasLine, SpoiledLine),
    (AcLoad, SpoiledCircuit),
    (_Chamber, SpoiledChamber),
    (_Rack, SpoiledRack),
    (_Pan, SpoiledPan),
    (_Axis, SpoiledAxis),
    (ForeseenCellPort, SpoiledForeseenBattery),
    (_Battery, SpoiledBattery),
    (_Vacuum, SpoiledVacuum),
    (_Signal, SpoiledSignal),
    (_Spectrum, SpoiledSpectrum),
    (_Vessel, SpoiledVessel),
)
"""(kind of port, its wrapper). Ports that only have a `state` are told apart by their class."""
