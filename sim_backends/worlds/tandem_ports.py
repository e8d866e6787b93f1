"""The tandem scene as its instruments and its operator touch it (sim_backends/models/ports.py)."""

from __future__ import annotations

from sim_backends.models.reference.thermocouple import platinum
from sim_backends.models.reference_cell import ReferenceCell
from sim_backends.worlds.tandem_scene import TandemScene

INTO_CHAMBER, ONTO_CHUCK = "damp-heat/into-chamber", "damp-heat/onto-chuck"
"""Ends of the names of the prompts that ask for the sample to be moved."""


class Contacts:
    """The sample's two terminals (ElectricalPort)."""

    def __init__(self, scene: TandemScene) -> None:
        self._scene = scene

    def current(self, voltage: float, t: float) -> float:
        """Current in A into the sample at `voltage` in V; negative while it generates."""
        scene = self._scene
        scene.advance(t)
        lights = scene.at_subcells(t)
        return -scene.sample.current(voltage, lights, scene.sample_temperature(t))

    def voltage(self, current: float, t: float) -> float:
        """Voltage in V while `current` in A is driven into the sample."""
        scene = self._scene
        scene.advance(t)
        return scene.sample.voltage(-current, scene.at_subcells(t), scene.sample_temperature(t))

    def disconnect(self, t: float) -> None:
        """Open circuit from `t` on."""
        self._scene.advance(t)


class CellShunt:
    """The shunt of the reference cell `number` (ElectricalPort)."""

    def __init__(self, scene: TandemScene, number: int) -> None:
        self._scene, self._number = scene, number

    def current(self, voltage: float, t: float) -> float:
        """Current in A into the shunt at `voltage` in V across it."""
        cell, light = self._lit(t)
        return cell.current(voltage, light)

    def voltage(self, current: float, t: float) -> float:
        """Voltage in V across the shunt while `current` in A is driven into it."""
        cell, light = self._lit(t)
        return cell.voltage(current, light)

    def disconnect(self, t: float) -> None:
        """Nothing is driven any more: the shunt keeps no state."""

    def _lit(self, t: float) -> tuple[ReferenceCell, float]:
        self._scene.advance(t)
        return self._scene.cells[self._number], self._scene.at_cells(t)[self._number]


class MixedLamp:
    """Both sources and their shutter (TwoSourcePort)."""

    def __init__(self, scene: TandemScene) -> None:
        self._scene = scene

    def emit(self, blue: float, red: float, t: float) -> None:
        """Set the sources in W/m2; 0 is off."""
        self._scene.set_sources(blue, red, t)

    def shutter(self, is_open: bool, t: float) -> None:
        """Open or close the shutter."""
        self._scene.set_shutter(is_open, t)

    def monitor(self, t: float) -> tuple[float, float]:
        """Irradiance in W/m2 of each source before the shutter."""
        self._scene.advance(t)
        return self._scene.at_monitors(t)


class TandemChuck:
    """The chuck's heater-cooler and sensor (ThermalPort)."""

    def __init__(self, scene: TandemScene) -> None:
        self._scene = scene

    def temperature(self, t: float) -> float:
        """Temperature in degC at the sensor."""
        self._scene.advance(t)
        return self._scene.chuck.sensor + self._scene.errors.chuck_sensor

    def heat(self, power: float, t: float) -> None:
        """Drive with `power` of -1..1, the dimensionless share of full power."""
        self._scene.advance(t)
        self._scene.chuck.heat(power, t)


class DampRoom:
    """The climate chamber (ChamberPort)."""

    def __init__(self, scene: TandemScene) -> None:
        self._scene = scene

    def temperature(self, t: float) -> float:
        """Air temperature in degC."""
        self._scene.advance(t)
        return self._scene.chamber.temperature(t)

    def humidity(self, t: float) -> float:
        """Relative humidity in %."""
        self._scene.advance(t)
        return self._scene.chamber.humidity(t)

    def condition(self, heat: float, moisture: float, t: float) -> None:
        """Drive heater-cooler and humidifier-drier, each -1..1 of full power."""
        self._scene.advance(t)
        self._scene.chamber.condition(heat, moisture, t)

    def is_door_open(self, t: float) -> bool:
        """Whether the door is open: it is closed again when a prompt is answered."""
        return False


class SampleProbe:
    """A platinum resistor of 100 ohm beside the sample's place in the chamber (ElectricalPort)."""

    def __init__(self, scene: TandemScene) -> None:
        self._scene = scene

    def voltage(self, current: float, t: float) -> float:
        """Voltage in V at `current` in A."""
        return current * self._ohms(t)

    def current(self, voltage: float, t: float) -> float:
        """Current in A at `voltage` in V."""
        return voltage / self._ohms(t)

    def disconnect(self, t: float) -> None:
        """Nothing to disconnect."""

    def _ohms(self, t: float) -> float:
        self._scene.advance(t)
        return platinum(self._scene.chamber.temperature(t) + self._scene.errors.probe)


class Person:
    """Whoever lays the sample where a prompt asks for it (OperatorPort)."""

    def __init__(self, scene: TandemScene) -> None:
        self._scene = scene

    def acted(self, prompt: str, value: object, t: float) -> None:
        """The prompts of the damp-heat test move the sample; others move nothing."""
        if prompt.endswith((INTO_CHAMBER, ONTO_CHUCK)):
            self._scene.move(prompt.endswith(INTO_CHAMBER), t)
