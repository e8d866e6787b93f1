"""Ports with a faulty sensor: what an instrument measures passes `faults.Sensor` first.

One wrapper a kind of port; `spoiled` finds the one that fits. Quantities are in SI units as the
port has them, temperatures in degC, mole fractions as such.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, cast, runtime_checkable

from sim_backends.faults import Sensor
from sim_backends.faulty_plants import PLANTS
from sim_backends.models import gas, mains, ports
from sim_backends.models.battery_pack import PackParameters, PackPort, PackReading, StoragePlant
from sim_backends.models.reference.electrochemical_port import ElectrochemicalPort
from sim_backends.models.reference.steady_beam import BeamPort
from sim_backends.models.ups_plant import LeadAcidBattery, UpsPlant


@dataclass(frozen=True)
class SpoiledTerminals:
    """An electrical port whose current and voltage the instrument sees through `sensor`."""

    port: ports.ElectricalPort
    sensor: Sensor

    def current(self, voltage: float, t: float) -> float:
        """Current in A."""
        return self.sensor.sensed("current", self.port.current(voltage, t), t)

    def voltage(self, current: float, t: float) -> float:
        """Voltage in V."""
        return self.sensor.sensed("voltage", self.port.voltage(current, t), t)

    def disconnect(self, t: float) -> None:
        """Open circuit."""
        self.port.disconnect(t)


@dataclass(frozen=True)
class SpoiledCell:
    """A cell whose current and potential the instrument sees through `sensor`."""

    port: ElectrochemicalPort
    sensor: Sensor

    def current(self, voltage: float, t: float) -> float:
        """Current in A."""
        return self.sensor.sensed("current", self.port.current(voltage, t), t)

    def voltage(self, current: float, t: float) -> float:
        """Potential in V."""
        return self.sensor.sensed("voltage", self.port.voltage(current, t), t)

    def impedance(self, frequency: float, voltage: float, t: float) -> complex:
        """Impedance in ohm; not spoiled."""
        return self.port.impedance(frequency, voltage, t)

    def disconnect(self, t: float) -> None:
        """Open circuit."""
        self.port.disconnect(t)


@dataclass(frozen=True)
class SpoiledBody:
    """A thermal port with a faulty thermometer."""

    port: ports.ThermalPort
    sensor: Sensor

    def temperature(self, t: float) -> float:
        """Temperature in degC."""
        return self.sensor.sensed("temperature", self.port.temperature(t), t)

    def heat(self, power: float, t: float) -> None:
        """Drive the heater."""
        self.port.heat(power, t)


@dataclass(frozen=True)
class SpoiledLamp:
    """An optical port with a faulty monitor, of a lamp with one source or with two."""

    port: Any
    sensor: Sensor

    def emit(self, *levels: float) -> None:
        """Set the level of each source in W/m2; the last number is the time in s."""
        self.port.emit(*levels)

    def shutter(self, is_open: bool, t: float) -> None:
        """Move the shutter."""
        self.port.shutter(is_open, t)

    def monitor(self, t: float) -> float | tuple[float, ...]:
        """Irradiance in W/m2 of the one source, or of each."""
        seen: float | tuple[float, ...] = self.port.monitor(t)
        if isinstance(seen, tuple):
            each = enumerate(seen)
            return tuple(self.sensor.sensed(f"irradiance {n}", value, t) for n, value in each)
        return self.sensor.sensed("irradiance", seen, t)


@dataclass(frozen=True)
class SpoiledAir:
    """A gas port with a faulty CO2 sensor; the rest is sound."""

    port: gas.GasPort
    sensor: Sensor

    def carbon_dioxide(self, t: float) -> float:
        """Mole fraction of CO2."""
        return self.sensor.sensed("carbon_dioxide", self.port.carbon_dioxide(t), t)

    def temperature(self, t: float) -> float:
        """Temperature in degC."""
        return self.port.temperature(t)

    def humidity(self, t: float) -> float:
        """Relative humidity in %."""
        return self.port.humidity(t)

    def pressure(self, t: float) -> float:
        """Absolute pressure in Pa."""
        return self.port.pressure(t)


@dataclass(frozen=True)
class SpoiledBeam:
    """A beam on a faulty sensor."""

    port: BeamPort
    sensor: Sensor

    def power(self, t: float) -> float:
        """Power in W."""
        return self.sensor.sensed("power", self.port.power(t), t)

    def wavelength(self, t: float) -> float:
        """Wavelength in m."""
        return self.port.wavelength(t)


@dataclass(frozen=True)
class SpoiledPack:
    """A battery pack whose terminal voltage is measured wrongly; its cells are not."""

    port: PackPort
    sensor: Sensor

    @property
    def rated(self) -> PackParameters:
        """What the nameplate says."""
        return self.port.rated

    def read(self, t: float) -> PackReading:
        """The reading."""
        reading = self.port.read(t)
        return replace(reading, voltage=self.sensor.sensed("voltage", reading.voltage, t))

    def drive(self, current: float, t: float) -> None:
        """Let a current in A flow."""
        self.port.drive(current, t)

    def current_for(self, power: float, t: float) -> float:
        """Current in A for a power in W."""
        return self.port.current_for(power, t)

    def health(self) -> float:
        """Share of the capacity that is left."""
        return self.port.health()


@dataclass(frozen=True)
class SpoiledMains:
    """A grid whose voltage is measured wrongly."""

    port: mains.MainsPort
    sensor: Sensor

    def voltage(self, t: float) -> float:
        """Voltage in V."""
        return self.sensor.sensed("voltage", self.port.voltage(t), t)

    def frequency(self, t: float) -> float:
        """Frequency in Hz."""
        return self.port.frequency(t)


@dataclass(frozen=True)
class SpoiledUps:
    """A UPS's plant with a faulty meter at its input."""

    port: UpsPlant
    sensor: Sensor

    @property
    def mains(self) -> mains.MainsPort:
        """Its input."""
        return SpoiledMains(self.port.mains, self.sensor)

    @property
    def battery(self) -> LeadAcidBattery:
        """Its battery."""
        return self.port.battery

    def load(self, t: float) -> tuple[float, float]:
        """(W, VA) of the load."""
        return self.port.load(t)

    def next_change(self, t: float) -> float | None:
        """When mains or load next change at once."""
        return self.port.next_change(t)


_Electrical: type[Any] = runtime_checkable(ports.ElectricalPort)
_Thermal: type[Any] = runtime_checkable(ports.ThermalPort)
_Optical: type[Any] = runtime_checkable(ports.OpticalPort)
_Gas: type[Any] = runtime_checkable(gas.GasPort)
_Cell: type[Any] = runtime_checkable(ElectrochemicalPort)
_Beam: type[Any] = runtime_checkable(BeamPort)

_KINDS: tuple[tuple[type[Any], Callable[[Any, Sensor], Any]], ...] = (
    (StoragePlant, lambda p, s: StoragePlant(SpoiledPack(p.pack, s), p.mains)),
    (UpsPlant, SpoiledUps),
    (_Gas, SpoiledAir),
    (_Beam, SpoiledBeam),
    (_Optical, SpoiledLamp),
    (_Thermal, SpoiledBody),
    (_Cell, SpoiledCell),
    (_Electrical, SpoiledTerminals),
)


def spoiled(port: Any, sensor: Sensor) -> Any | None:
    """`port` seen through `sensor`; None where nothing is measured there, or in no known way."""
    if isinstance(port, tuple):
        both = [spoiled(each, sensor) for each in cast("tuple[Any, ...]", port)]
        return None if None in both else tuple(both)
    # What is asked for by fewer names comes later: a gas chamber has a vessel's methods too.
    for kind, wrap in (*_KINDS, *PLANTS):
        if isinstance(port, kind):
            return wrap(port, sensor)
    return None


def switch_off(port: Any, t: float) -> None:
    """An instrument at `port` loses its power: what it drove ends."""
    if isinstance(port, tuple):
        for each in cast("tuple[Any, ...]", port):
            switch_off(each, t)
    elif isinstance(port, _Optical):
        seen = port.monitor(t)
        port.emit(*(0.0 for _ in (seen if isinstance(seen, tuple) else (seen,))), t)
        port.shutter(False, t)
    elif isinstance(port, _Thermal):
        port.heat(0.0, t)
    elif isinstance(port, _Electrical):
        port.disconnect(t)
