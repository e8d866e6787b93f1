from __future__ import annotations

from collections.abc import Sequence

import pytest

from sim_backends.emulators.modbus_device import LATENCY, ModbusDevice
from sim_backends.emulators.modbus_rtu import frame
from tests.sim_backends.emulators.talking import Talk


class Counter(ModbusDevice):
    """Counts seconds by itself; every register is the count."""

    def __init__(self) -> None:
        super().__init__(unit=7)
        self.count = 0

    def read(self, address: int, count: int) -> Sequence[int]:
        return [self.count] * count

    def write(self, address: int, values: Sequence[int]) -> None:
        self.count = values[0]

    def event(self) -> float | None:
        return float(self.count + 1)

    def work(self) -> None:
        self.count += 1


def test_a_serial_line_and_its_time() -> None:
    host = Talk(Counter())
    host.run(5.2)
    reply = b""
    host.send(frame(bytes((7, 3, 0, 0, 0, 1))))
    assert host.run(5.2 + LATENCY) == b""
    reply = host.run(5.3)
    assert reply == frame(bytes((7, 3, 2, 0, 5)))


def test_tcp_and_units() -> None:
    device = Counter()
    device.speak_tcp()
    host = Talk(device)
    host.send(bytes.fromhex("0001 0000 0006 07 03 0000 0001"))
    host.send(bytes.fromhex("0002 0000 0006 FF 03 0000 0001"))
    host.send(bytes.fromhex("0003 0000 0006 09 03 0000 0001"))
    assert host.run(0.1) == bytes.fromhex(
        "0001 0000 0005 07 03 02 0000 0002 0000 0005 FF 03 02 0000 0003 0000 0003 09 83 0B"
    )


def test_two_clients_at_once() -> None:
    device = Counter()
    device.speak_tcp()
    one, two = Talk(device.session()), Talk(device.session())
    one.send(bytes.fromhex("0001 0000 0006 07 03"))
    two.send(bytes.fromhex("0009 0000 0006 07 06 0000 0020"))
    one.send(bytes.fromhex("0000 0001"))
    assert two.run(0.1) == bytes.fromhex("0009 0000 0006 07 06 0000 0020")
    assert one.run(0.1) == bytes.fromhex("0001 0000 0005 07 03 02 0020")


def test_broadcasts_are_done_and_not_answered() -> None:
    device = Counter()
    host = Talk(device)
    host.send(frame(bytes((0, 6, 0, 0, 0, 40))))
    assert host.run(1.0) == b"" and device.count == 40
    device.clear(2.0)
    assert device.due() == pytest.approx(41.0)
