"""The photovoltaic scene as its instruments touch it: the ports of sim_backends/models/ports.py."""

from __future__ import annotations

from sim_backends.worlds.photovoltaic_scene import Scene


class Terminals:
    """The sample's two terminals (ElectricalPort). What is applied stays until the next call."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def current(self, voltage: float, t: float) -> float:
        """Current in A into the sample at `voltage` in V; negative while it generates."""
        scene = self._scene
        scene.use_sample(t)
        light = scene.light_at_sample(t)
        return -scene.sample.current(voltage, light, scene.cell_temperature(), t)

    def voltage(self, current: float, t: float) -> float:
        """Voltage in V while `current` in A is driven into the sample."""
        scene = self._scene
        scene.use_sample(t)
        light = scene.light_at_sample(t)
        return scene.sample.voltage(-current, light, scene.cell_temperature(), t)

    def disconnect(self, t: float) -> None:
        """Open circuit from `t` on."""
        self.voltage(0.0, t)


class Shunt:
    """The reference cell's shunt (ElectricalPort)."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def current(self, voltage: float, t: float) -> float:
        """Current in A into the shunt at `voltage` in V across it."""
        self._scene.advance(t)
        return self._scene.reference.current(voltage, self._scene.light_at_reference(t))

    def voltage(self, current: float, t: float) -> float:
        """Voltage in V across the shunt while `current` in A is driven into it."""
        self._scene.advance(t)
        return self._scene.reference.voltage(current, self._scene.light_at_reference(t))

    def disconnect(self, t: float) -> None:
        """Nothing is driven any more: the shunt keeps no state."""
        self._scene.advance(t)


class LampHead:
    """Lamp and shutter (OpticalPort)."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def emit(self, irradiance: float, t: float) -> None:
        """Set the level in W/m2; 0 is off."""
        self._scene.set_lamp(irradiance, t)

    def shutter(self, is_open: bool, t: float) -> None:
        """Open or close the shutter."""
        self._scene.set_shutter(is_open, t)

    def monitor(self, t: float) -> float:
        """Irradiance in W/m2 before the shutter."""
        self._scene.advance(t)
        return self._scene.light_at_monitor(t)


class HotChuck:
    """The chuck's heater-cooler and sensor (ThermalPort)."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def temperature(self, t: float) -> float:
        """Temperature in degC at the sensor."""
        self._scene.advance(t)
        return self._scene.sensor_temperature()

    def heat(self, power: float, t: float) -> None:
        """Drive with `power` of -1..1, the dimensionless share of full power."""
        self._scene.advance(t)
        self._scene.chuck.heat(power, t)


class Clamp:
    """The bender's clamp (BendingPort)."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def bend(self, radius: float, cycles: float, t: float) -> None:
        """`cycles` bends to `radius` in m, done since the last call."""
        self._scene.bend(radius, cycles, t)
