"""Doors that give a role an address of its own: Modbus on the null modem, Bluetooth, MQTT, files.

VISA and serial lines are shared by name instead (`sim_backends.bench`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from labctl.errors import BenchError
from sim_backends.emulators.emulator import Emulator
from sim_backends.emulators.modbus_device import ModbusDevice
from sim_backends.faults import FaultyEmulator
from sim_backends.plugs.files_plug import FilesDoor
from sim_backends.plugs.mqtt_broker import Listen

MODBUS_RTU, MODBUS_TCP, BLE, MQTT = "modbus-rtu", "modbus-tcp", "ble", "mqtt"
FILES = "files"


class Door(Protocol):
    """One role's place at a library's door."""

    @property
    def address(self) -> str:
        """Where the role's link finds its instrument."""
        ...

    def start(self) -> None:
        """Open, on the running event loop."""
        ...

    def look_again(self) -> None:
        """The instrument was changed from outside: it may be due earlier."""
        ...

    def stop(self) -> None:
        """Close: the line is lost. Stopping twice is no error."""
        ...


class ModbusDoor:
    """`emulator` on the null modem's line `number`: a serial line, or TCP where `tcp` says so."""

    def __init__(self, host: str, emulator: Emulator, number: int, *, tcp: bool) -> None:
        from sim_backends.plugs.pymodbus_plug import ModbusPlug

        self._plug = ModbusPlug(host, emulator, number)
        self._tcp = tcp
        self._unit = modbus_unit(emulator)
        if tcp:
            _modbus_device(host, emulator).speak_tcp()

    @property
    def address(self) -> str:
        """`modbus+rtu://` or `modbus+tcp://` with the null modem's host."""
        if self._tcp:
            return f"modbus+tcp://{self._plug.port.removeprefix('socket://')}?unit=1"
        return f"modbus+rtu://{self._plug.port}?baudrate=9600&unit={self._unit}"

    def start(self) -> None:
        """Listen."""
        self._plug.start()

    def look_again(self) -> None:
        """The instrument may be due earlier."""
        self._plug.ticker.look_again()

    def stop(self) -> None:
        """Hang up."""
        self._plug.stop()


class BleDoor:
    """A peripheral that bleak finds with the backends of `bleak_plug`."""

    def __init__(self, host: str, peripheral: Any) -> None:
        from sim_backends.plugs.radio import Radio

        self.radio = Radio(peripheral)

    @property
    def address(self) -> str:
        """`ble://` with the peripheral's address."""
        return f"ble://{self.radio.peripheral.address}"

    def start(self) -> None:
        """Advertise."""
        from sim_backends.plugs import bleak_plug

        self.radio.start()
        bleak_plug.plug({self.radio.peripheral.address: self.radio})

    def look_again(self) -> None:
        """Nothing of a fault is due by itself: a peripheral is asked, or notifies."""

    def stop(self) -> None:
        """Fall silent."""
        from sim_backends.plugs import bleak_plug

        self.radio.stop()
        bleak_plug.unplug({self.radio.peripheral.address: self.radio})


class MqttDoor:
    """A broker of its own with `device` on it."""

    def __init__(self, host: str, device: Any, listen: Listen) -> None:
        from sim_backends.plugs.mqtt_broker import Broker
        from sim_backends.plugs.mqtt_device import OnTopics

        self.broker = Broker(host, listen)
        self._device = OnTopics(host, device, self.broker.core, self.broker.cut)

    @property
    def address(self) -> str:
        """`mqtt+unix:///path` or `mqtt://127.0.0.1:port`."""
        return self.broker.address

    def start(self) -> None:
        """Listen, and let the device speak."""
        self.broker.start()
        self._device.start()

    def look_again(self) -> None:
        """The device may be due earlier."""
        self._device.look_again()

    def stop(self) -> None:
        """Cut all connections."""
        self._device.stop()
        self.broker.stop()


def doors(listen: Listen) -> dict[str, Callable[[str, Any, int], Door]]:
    """What makes a door of (host name, emulator, number), by the door's name."""
    return {
        MODBUS_RTU: lambda host, made, number: ModbusDoor(host, made, number, tcp=False),
        MODBUS_TCP: lambda host, made, number: ModbusDoor(host, made, number, tcp=True),
        BLE: lambda host, made, number: BleDoor(host, made),
        MQTT: lambda host, made, number: MqttDoor(host, made, listen),
        FILES: lambda host, made, number: FilesDoor(host, made),
    }


def modbus_unit(emulator: Emulator) -> int:
    """The unit number to which this instrument answers; 1 where it does not say."""
    inner = emulator.inner if isinstance(emulator, FaultyEmulator) else emulator
    return inner.unit if isinstance(inner, ModbusDevice) else 1


def _modbus_device(host: str, emulator: Emulator) -> ModbusDevice:
    inner = emulator.inner if isinstance(emulator, FaultyEmulator) else emulator
    if not isinstance(inner, ModbusDevice):
        raise BenchError(
            f"{host}: this instrument has no Modbus TCP", remedy="use the door sim:modbus-rtu"
        )
    return inner
