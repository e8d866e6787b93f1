from __future__ import annotations

import random
import struct

import pytest

from sim_backends.emulators.ble.attributes import AttError, uuid16
from sim_backends.emulators.ble.environmental import EMULATOR, encode
from sim_backends.models.gas import Air, GasChamber
from sim_backends.streams import stream

AIR = Air(carbon_dioxide=1200e-6, temperature=21.5, humidity=40.0, pressure=98765.4)


def node(seed: int = 1) -> EMULATOR:
    return EMULATOR(GasChamber(AIR), serial="SIM-00000042", rng=stream(seed, "ess"))


def handle(device: EMULATOR, uuid: int, descriptor: int = 0) -> int:
    for service in device.services:
        for each in service.characteristics:
            if each.uuid == uuid:
                parts = {one.uuid: one.handle for one in each.descriptors}
                return parts[descriptor] if descriptor else each.handle
    raise KeyError(uuid)


@pytest.mark.parametrize(
    ("uuid", "value", "data"),
    [
        # GATT Specification Supplement: sint16 0.01 degC, uint16 0.01 %, uint32 0.1 Pa, uint16 ppm.
        (0x2A6E, 23.45, "2909"),
        (0x2A6E, -5.0, "0cfe"),
        (0x2A6E, -400.0, "4d95"),
        (0x2A6F, 45.0, "9411"),
        (0x2A6F, 120.0, "1027"),
        (0x2A6D, 101325.0, "02760f00"),
        (0x2B8C, 800.0, "2003"),
        (0x2B8C, 1e6, "fdff"),
    ],
)
def test_formats(uuid: int, value: float, data: str) -> None:
    assert encode(uuid, value).hex() == data


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_known_air(seed: int) -> None:
    device = node(seed)
    (temperature,) = struct.unpack("<h", device.read(handle(device, 0x2A6E), 0.0))
    (humidity,) = struct.unpack("<H", device.read(handle(device, 0x2A6F), 0.0))
    (pressure,) = struct.unpack("<I", device.read(handle(device, 0x2A6D), 0.0))
    (co2,) = struct.unpack("<H", device.read(handle(device, 0x2B8C), 0.0))
    assert temperature / 100 == pytest.approx(21.5, abs=0.36)
    assert humidity / 100 == pytest.approx(40.0, abs=2.3)
    assert pressure / 10 == pytest.approx(98765.4, abs=105)
    assert co2 == pytest.approx(1200, abs=90)


def test_identity_battery_and_descriptors() -> None:
    device = node()
    assert device.read(handle(device, 0x2A25), 0.0) == b"SIM-00000042"
    assert device.read(handle(device, 0x2A19), 10 * 86400.0) == b"\x63"
    measurement = device.read(handle(device, 0x2A6E, 0x290C), 0.0)
    assert len(measurement) == 11 and measurement[6:9] == b"\x05\x00\x00"
    assert device.read(handle(device, 0x2A6E, 0x290D), 0.0) == b"\x03"
    assert device.address == "C0:53:00:00:00:2A"
    assert uuid16(0x181A) == "0000181a-0000-1000-8000-00805f9b34fb"


def test_it_advertises_until_it_is_connected() -> None:
    device = node()
    heard = device.advertise(0.0)
    assert heard is not None and 0x181A in heard.services
    device.connect(1.0)
    assert device.advertise(1.0) is None
    device.disconnect(2.0)
    assert device.advertise(2.0) is not None


def test_notifications_follow_the_trigger() -> None:
    device = node()
    at = handle(device, 0x2A6E)
    assert device.due() is None and device.notifications(0.0) == []
    device.connect(0.0)
    device.write(handle(device, 0x2A6E, 0x290D), b"\x01\x14\x00\x00", 0.0)
    device.subscribe(at, True, 0.0)
    assert device.read(handle(device, 0x2A6E, 0x2902), 0.0) == b"\x01\x00"
    times = []
    while len(times) < 4:
        due = device.due()
        assert due is not None
        times += [due] * len(device.notifications(due))
    assert times == [0.0, 20.0, 40.0, 60.0]
    device.disconnect(61.0)
    assert device.due() is None


def test_errors() -> None:
    device = node()
    for action, code in (
        (lambda: device.read(999, 0.0), 0x01),
        (lambda: device.write(handle(device, 0x2A6E), b"\x00\x00", 0.0), 0x03),
        (lambda: device.subscribe(handle(device, 0x2A25), True, 0.0), 0x03),
    ):
        with pytest.raises(AttError) as caught:
            action()
        assert caught.value.code == code


def test_random_accesses() -> None:
    dice = random.Random(3)
    device = node()
    device.connect(0.0)
    for step in range(2000):
        at, t = dice.randrange(100), step * 0.5
        try:
            choice = dice.randrange(3)
            if choice == 0:
                assert isinstance(device.read(at, t), bytes)
            elif choice == 1:
                device.write(at, dice.randbytes(dice.randrange(6)), t)
            else:
                device.subscribe(at, dice.random() < 0.5, t)
        except AttError as error:
            assert 1 <= error.code <= 0x81
        device.notifications(t)
