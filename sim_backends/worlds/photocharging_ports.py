"""The photo-charging scene as its instruments touch it."""

from __future__ import annotations

from sim_backends.models.signal import FloatArray
from sim_backends.worlds.photocharging_scene import ChargingScene
from sim_backends.worlds.photovoltaic_ports import HotChuck, LampHead, Shunt


class PackTerminals:
    """The pack's terminals, the module behind its diode beside it (ElectricalPort)."""

    def __init__(self, scene: ChargingScene) -> None:
        self._scene = scene

    def current(self, voltage: float, t: float) -> float:
        """Current in A into the terminals at `voltage` in V; it flows on until the next call."""
        scene = self._scene
        scene.advance(t)
        scene.work.external = scene.work.current_at(voltage, scene.point())
        return scene.work.external

    def voltage(self, current: float, t: float) -> float:
        """Voltage in V while `current` in A is driven into the terminals."""
        scene = self._scene
        scene.advance(t)
        scene.work.external = current
        return scene.work.terminal(scene.point())

    def disconnect(self, t: float) -> None:
        """No current from `t` on."""
        self.voltage(0.0, t)


class Output:
    """The converter's output, with a load at it (ElectricalPort)."""

    def __init__(self, scene: ChargingScene) -> None:
        self._scene = scene

    def current(self, voltage: float, t: float) -> float:
        """Current in A into the output at `voltage` in V: what its resistance lets through."""
        converter = self._scene.work.device.converter
        wanted = max((converter.set_point - voltage) / converter.resistance, 0.0)
        self._scene.draw(wanted, t)
        return -wanted

    def voltage(self, current: float, t: float) -> float:
        """Voltage in V while `current` in A is driven into the output: it takes none."""
        return self._scene.draw(max(-current, 0.0), t)

    def disconnect(self, t: float) -> None:
        """No load from `t` on."""
        self._scene.draw(0.0, t)


class OutputMeter:
    """The converter's output as a voltmeter sees it (ElectricalPort): it draws nothing."""

    def __init__(self, scene: ChargingScene) -> None:
        self._scene = scene

    def current(self, voltage: float, t: float) -> float:
        """No current flows in A: a voltmeter drives none."""
        return 0.0

    def voltage(self, current: float, t: float) -> float:
        """Voltage in V at the output at `t`."""
        return self._scene.output(t)

    def disconnect(self, t: float) -> None:
        """A voltmeter leaves nothing behind."""
        self._scene.advance(t)


class OutputProbe:
    """The oscilloscope's probe at the output (SignalPort)."""

    def __init__(self, scene: ChargingScene) -> None:
        self._scene = scene

    def voltage(self, t: FloatArray) -> FloatArray:
        """Voltage in V at each of the run times `t` in s."""
        return self._scene.seen(t)

    def mean(self) -> float:
        """What the coupling capacitor holds, in V: the output before its last turn."""
        return self._scene.before()

    def crossing(self, level: float, rising: bool, after: float) -> float | None:
        """First passage of `level` in V from `after` in s on that has been."""
        return self._scene.passes(level, rising, after)


class Lamp:
    """Lamp and shutter (OpticalPort); the device has gone on until they change."""

    def __init__(self, scene: ChargingScene) -> None:
        self._scene = scene
        self._head = LampHead(scene.bench)

    def emit(self, irradiance: float, t: float) -> None:
        """Set the level in W/m2; 0 is off."""
        self._scene.advance(t)
        self._head.emit(irradiance, t)

    def shutter(self, is_open: bool, t: float) -> None:
        """Open or close the shutter."""
        self._scene.advance(t)
        self._head.shutter(is_open, t)

    def monitor(self, t: float) -> float:
        """Irradiance in W/m2 before the shutter."""
        self._scene.advance(t)
        return self._head.monitor(t)


class ReferenceShunt:
    """The reference cell's shunt (ElectricalPort)."""

    def __init__(self, scene: ChargingScene) -> None:
        self._scene = scene
        self._shunt = Shunt(scene.bench)

    def current(self, voltage: float, t: float) -> float:
        """Current in A into the shunt at `voltage` in V across it."""
        self._scene.advance(t)
        return self._shunt.current(voltage, t)

    def voltage(self, current: float, t: float) -> float:
        """Voltage in V across the shunt while `current` in A is driven into it."""
        self._scene.advance(t)
        return self._shunt.voltage(current, t)

    def disconnect(self, t: float) -> None:
        """Nothing is driven any more."""
        self._scene.advance(t)


class Chuck:
    """The chuck's heater-cooler and sensor (ThermalPort)."""

    def __init__(self, scene: ChargingScene) -> None:
        self._scene = scene
        self._chuck = HotChuck(scene.bench)

    def temperature(self, t: float) -> float:
        """Temperature in degC at the sensor."""
        self._scene.advance(t)
        return self._chuck.temperature(t)

    def heat(self, power: float, t: float) -> None:
        """Drive with `power` of -1..1, the dimensionless share of full power."""
        self._scene.advance(t)
        self._chuck.heat(power, t)
