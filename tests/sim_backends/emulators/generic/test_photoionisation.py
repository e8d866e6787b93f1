"""The detector by its register table, asked as the Modbus specification says."""

from __future__ import annotations

import struct

import pytest

from sim_backends.emulators.generic.photoionisation import EMULATOR
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Talk


class Step:
    """Gas that comes at once at 10 s."""

    def tracer(self, t: float) -> float:
        return 20.0 if t >= 10.0 else 0.0


class Host(Talk):
    def __init__(self) -> None:
        device = EMULATOR(Step(), serial="SIM-12", rng=stream(1, "detector"))
        device.speak_tcp()
        super().__init__(device)

    def registers(self, address: int, count: int) -> bytes:
        request = struct.pack(">HHHBBHH", 1, 0, 6, 1, 3, address, count)
        return self.answer(request)[7:]


def test_type_serial_and_value_stand_where_the_table_says() -> None:
    host = Host()
    assert struct.unpack(">BBH", host.registers(0, 1)) == (3, 2, 1060)
    assert host.registers(8, 8)[2:].rstrip(b"\0") == b"SIM-12"
    host.run(20.0)
    host.registers(2, 2)
    host.run(21.0)
    [value] = struct.unpack(">f", host.registers(2, 2)[2:])
    assert value == pytest.approx(20.0, rel=0.06)


def test_other_registers_are_exception_2() -> None:
    host = Host()
    assert host.registers(15, 2) == bytes((0x83, 2))
