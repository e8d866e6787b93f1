"""A Bluetooth Low Energy node with the Environmental Sensing Service.

Written from the Environmental Sensing Service 1.0, the GATT Specification Supplement and the
assigned numbers: service 0x181A with temperature 0x2A6E (sint16, 0.01 degC), humidity 0x2A6F
(uint16, 0.01 %), pressure 0x2A6D (uint32, 0.1 Pa) and CO2 concentration 0x2B8C (uint16, ppm), each
with read, notify, ES Measurement 0x290C and a writable ES Trigger Setting 0x290D; Device
Information 0x180A; Battery 0x180F. All numbers are little-endian.

What real nodes do and this one does not: encryption and pairing, bonds that keep subscriptions,
more than one trigger and ES Configuration, comparisons as triggers (answered 0x81), user
descriptions, indications, more than one central. It measures every 5 s while somebody listens and
whenever it is read; it notifies on change as delivered.
"""

from __future__ import annotations

import numpy as np

from sim_backends.emulators.accuracy import Channel, Spec
from sim_backends.emulators.ble.attributes import (
    INVALID_HANDLE,
    READ_NOT_PERMITTED,
    WRITE_NOT_PERMITTED,
    Advertisement,
    AttError,
    Characteristic,
    Descriptor,
    Service,
)
from sim_backends.emulators.ble.triggers import Trigger, decode
from sim_backends.models.gas import GasPort

ENVIRONMENT, DEVICE_INFORMATION, BATTERY = 0x181A, 0x180A, 0x180F
TEMPERATURE, HUMIDITY, PRESSURE, CARBON_DIOXIDE = 0x2A6E, 0x2A6F, 0x2A6D, 0x2B8C
MEASUREMENT, TRIGGER, CONFIGURATION = 0x290C, 0x290D, 0x2902
MODEL, SERIAL, FIRMWARE, MAKER, LEVEL = 0x2A24, 0x2A25, 0x2A26, 0x2A29, 0x2A19

ACCURACY = {
    TEMPERATURE: Spec(range=85.0, gain=0.0, offset=0.3, noise=0.01),
    HUMIDITY: Spec(range=100.0, gain=0.0, offset=2.0, noise=0.05),
    PRESSURE: Spec(range=110e3, gain=0.0, offset=100.0, noise=1.0),
    CARBON_DIOXIDE: Spec(range=40e3, gain=0.03, offset=40.0, noise=3.0),
}
"""degC, %, Pa and ppm: usual in data sheets of digital sensors; this node is of no maker."""

_UNCERTAINTY = {TEMPERATURE: 2, HUMIDITY: 4, PRESSURE: 0, CARBON_DIOXIDE: 10}
_SIZES = {TEMPERATURE: 2, HUMIDITY: 2, PRESSURE: 4, CARBON_DIOXIDE: 2}
_SCALES = {TEMPERATURE: 100.0, HUMIDITY: 100.0, PRESSURE: 10.0, CARBON_DIOXIDE: 1.0}
PERIOD = 5.0
_DAYS_A_PERCENT = 7.0


class EnvironmentalNode:
    """One node at `port`; fits `Peripheral`."""

    def __init__(self, port: GasPort, *, serial: str, rng: np.random.Generator) -> None:
        self.serial = serial
        self.address = device_address(serial)
        self._port = port
        self._channels = {uuid: Channel([spec], rng) for uuid, spec in ACCURACY.items()}
        self._triggers = dict.fromkeys(ACCURACY, Trigger())
        self._subscribed: dict[int, tuple[bytes | None, float]] = {}
        self._values: dict[int, bytes] = {}
        self._measured: float | None = None
        self._connected = False
        self._texts = {MODEL: "SIM-ESS", SERIAL: serial, FIRMWARE: "1.0", MAKER: "labctl"}
        self.services = (
            Service(1, ENVIRONMENT, tuple(_sensing(i, u) for i, u in enumerate(ACCURACY))),
            Service(60, DEVICE_INFORMATION, tuple(_text(i, u) for i, u in enumerate(self._texts))),
            Service(80, BATTERY, (_level(),)),
        )
        self._owners = _owners(self.services)

    def advertise(self, t: float) -> Advertisement | None:
        """Name and services, connectable; nothing while a central is connected."""
        if self._connected:
            return None
        return Advertisement(f"ESS {self.serial}", (ENVIRONMENT, BATTERY), rssi=-55)

    def connect(self, t: float) -> None:
        """A central has connected."""
        self._connected = True

    def disconnect(self, t: float) -> None:
        """The central has gone, and its subscriptions with it."""
        self._connected = False
        self._subscribed.clear()

    def read(self, handle: int, t: float) -> bytes:
        """Value of an attribute."""
        owner, part = self._find(handle)
        if part == MEASUREMENT:
            return _measurement(owner)
        if part == TRIGGER:
            return self._triggers[owner].encode()
        if part == CONFIGURATION:
            on = any(self._find(each) == (owner, owner) for each in self._subscribed)
            return bytes((int(on), 0))
        if owner in self._texts:
            return self._texts[owner].encode("utf-8")
        if owner == LEVEL:
            return bytes((self._battery(t),))
        if owner not in ACCURACY:
            raise AttError(READ_NOT_PERMITTED)
        self._measure(t)
        return self._values[owner]

    def write(self, handle: int, data: bytes, t: float) -> None:
        """Only a trigger setting can be written."""
        owner, part = self._find(handle)
        if part != TRIGGER:
            raise AttError(WRITE_NOT_PERMITTED)
        self._triggers[owner] = decode(data)

    def subscribe(self, handle: int, on: bool, t: float) -> None:
        """Notifications on or off."""
        owner, part = self._find(handle)
        if part != owner or (owner not in ACCURACY and owner != LEVEL):
            raise AttError(WRITE_NOT_PERMITTED)
        if on:
            self._subscribed[handle] = (None, t)
        else:
            self._subscribed.pop(handle, None)

    def due(self) -> float | None:
        """The next measurement, while somebody listens."""
        if not self._subscribed:
            return None
        return 0.0 if self._measured is None else self._measured + PERIOD

    def notifications(self, t: float) -> list[tuple[int, bytes]]:
        """What the triggers let through of a measurement at `t`."""
        due = self.due()
        if due is None or due > t:
            return []
        self._measure(t)
        sent = []
        for handle, (last, when) in self._subscribed.items():
            owner = self._find(handle)[0]
            trigger = self._triggers.get(owner, Trigger())
            value = self._values[owner]
            if trigger.fires(value, last, t - when):
                self._subscribed[handle] = (value, t)
                sent.append((handle, value))
        return sent

    def _find(self, handle: int) -> tuple[int, int]:
        if handle not in self._owners:
            raise AttError(INVALID_HANDLE)
        return self._owners[handle]

    def _measure(self, t: float) -> None:
        if self._measured is not None and t < self._measured + PERIOD:
            return
        self._measured = t
        port = self._port
        truth = {
            TEMPERATURE: port.temperature(t), HUMIDITY: port.humidity(t),
            PRESSURE: port.pressure(t), CARBON_DIOXIDE: port.carbon_dioxide(t) * 1e6,
        }  # fmt: skip
        for uuid, value in truth.items():
            self._values[uuid] = encode(uuid, self._channels[uuid].convert(value, 0))
        self._values[LEVEL] = bytes((self._battery(t),))

    def _battery(self, t: float) -> int:
        return max(100 - int(t / 86400.0 / _DAYS_A_PERCENT), 0)


def encode(uuid: int, value: float) -> bytes:
    """A value in its unit as the characteristic carries it, kept within its range."""
    size = _SIZES[uuid]
    if uuid == TEMPERATURE:
        return min(max(round(value * 100), -27315), 32767).to_bytes(2, "little", signed=True)
    raw = min(max(round(value * _SCALES[uuid]), 0), (1 << 8 * size) - 3)
    return min(raw, 10000 if uuid == HUMIDITY else raw).to_bytes(size, "little")


def device_address(serial: str) -> str:
    """A random static device address (Core Specification, volume 6, part B, 1.3.2.1)."""
    number = int("".join(filter(str.isdigit, serial)) or "0") & 0xFFFFFFFF
    digits = f"C053{number:08X}"
    return ":".join(digits[i : i + 2] for i in range(0, 12, 2))


def _sensing(index: int, uuid: int) -> Characteristic:
    at = 2 + 6 * index
    descriptors = (
        Descriptor(at + 2, CONFIGURATION),
        Descriptor(at + 3, MEASUREMENT),
        Descriptor(at + 4, TRIGGER),
    )
    return Characteristic(at + 1, uuid, ("read", "notify"), descriptors)


def _text(index: int, uuid: int) -> Characteristic:
    return Characteristic(62 + 2 * index, uuid, ("read",))


def _level() -> Characteristic:
    return Characteristic(82, LEVEL, ("read", "notify"), (Descriptor(83, CONFIGURATION),))


def _owners(services: tuple[Service, ...]) -> dict[int, tuple[int, int]]:
    """(characteristic, itself or descriptor) by handle."""
    found: dict[int, tuple[int, int]] = {}
    for service in services:
        for each in service.characteristics:
            found[each.handle] = (each.uuid, each.uuid)
            found |= {one.handle: (each.uuid, one.uuid) for one in each.descriptors}
    return found


def _measurement(uuid: int) -> bytes:
    """ES Measurement: flags, sampling (instantaneous), periods in s, application (air),
    uncertainty in 0.5 % (0xFF: none stated)."""
    period = int(PERIOD).to_bytes(3, "little")
    return bytes((0, 0, 0x01)) + bytes(3) + period + bytes((0x01, _UNCERTAINTY[uuid] or 0xFF))


EMULATOR = EnvironmentalNode
