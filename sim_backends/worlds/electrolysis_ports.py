"""The electrolysis scene as its instruments touch it: the ports of sim_backends/models."""

from __future__ import annotations

from sim_backends.models.roots import root
from sim_backends.worlds.electrolysis_scene import LEADS, Scene

TO_BAR, ON_BAR, TO_CELL, ON_CELL = "zero_bar", "on the bar", "cell_leads", "on the cell"
"""Prompts, and their answers, that move the leads of the impedance meter."""

MOST = 3000.0
"""Largest current in A that is looked for at a set voltage."""


class Bars:
    """The supply's output (ElectricalPort). What is applied stays until the next call."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def voltage(self, current: float, t: float) -> float:
        """Voltage in V at the supply while it drives `current` in A."""
        self._scene.drive(max(current, 0.0), t)
        return self._at(self._scene.current)

    def current(self, voltage: float, t: float) -> float:
        """Current in A at `voltage` in V at the supply."""
        self._scene.advance(t)
        found = 0.0
        if self._at(0.0) < voltage:
            found = root(lambda amps: self._at(amps) - voltage, 0.0, MOST, 1e-6)
        self._scene.drive(found, t)
        return found

    def disconnect(self, t: float) -> None:
        """No current from `t` on."""
        self._scene.drive(0.0, t)

    def _at(self, current: float) -> float:
        return self._scene.at_taps(current) + LEADS * current


class Taps:
    """The sense taps at the plates (ElectricalPort): they carry no current."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def voltage(self, current: float, t: float) -> float:
        """Voltage in V between the taps."""
        return self._scene.sensed(t)

    def current(self, voltage: float, t: float) -> float:
        """Current in A: none, whatever is applied by a voltmeter."""
        self._scene.advance(t)
        return 0.0

    def disconnect(self, t: float) -> None:
        """Nothing is connected that could be taken off."""
        self._scene.advance(t)


class Leads(Taps):
    """The four leads of the impedance meter (ElectricalPort, LivePort): at the sense taps, or on
    the zero bar."""

    def voltage(self, current: float, t: float) -> float:
        """Direct voltage in V between the leads: none on the bar."""
        found = super().voltage(current, t)
        return 0.0 if self._scene.on_bar else found

    def impedance(self, frequency: float, voltage: float, t: float) -> complex:
        """Impedance in ohm at `frequency` in Hz of what the leads are on, at its own voltage."""
        return self._scene.impedance(frequency, t)


class Person:
    """Whoever moves the leads of the impedance meter (OperatorPort)."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def acted(self, prompt: str, value: object, t: float) -> None:
        """The leads go to the zero bar, or back to the cell; other prompts move nothing."""
        self._scene.advance(t)
        if prompt.endswith(TO_BAR) and value == ON_BAR:
            self._scene.on_bar = True
        if prompt.endswith(TO_CELL) and value == ON_CELL:
            self._scene.on_bar = False


class Plate:
    """Heater and sensor of the cell's water loop (ThermalPort)."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def temperature(self, t: float) -> float:
        """Temperature in degC at the sensor."""
        return self._scene.sensor(t)

    def heat(self, power: float, t: float) -> None:
        """Drive with `power` of -1..1, the dimensionless share of full power."""
        self._scene.advance(t)
        self._scene.plates.heat(power, t)
