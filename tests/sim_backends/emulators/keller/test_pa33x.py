from __future__ import annotations

import math
import struct

import pytest

from sim_backends.emulators import modbus_rtu as rtu
from sim_backends.emulators.keller.frames import frame
from sim_backends.emulators.keller.pa33x import CHARACTER, EMULATOR, LATENCY
from sim_backends.emulators.keller.transmitter import REFERENCE
from sim_backends.models.pressure_vessel import PressureVessel
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Talk


class Host(Talk):
    def __init__(self, gauge: float = 3.0, *, echo: bool = False, initialise: bool = True) -> None:
        self.vessel = PressureVessel(REFERENCE + gauge * 1e5, 21.0)
        device = EMULATOR(self.vessel, serial="SIM-1", rng=stream(1, "pa33x"), echo=echo)
        super().__init__(device)
        if initialise:
            assert self.ask_bus(48)[4:] == bytes((10, 0))

    def raw(self, data: bytes) -> bytes:
        self.send(data)
        return self.run(self.t + 1.0)

    def ask_bus(self, function: int, *content: int, address: int = 1) -> bytes:
        """Content of the answer; the exception's code behind function 128 and above."""
        answer = self.raw(frame(bytes((address, function, *content))))
        assert answer[0] == address and answer == frame(answer[:-2])
        assert answer[1] & 0x7F == function
        return answer[1:-2] if answer[1] & 0x80 else answer[2:-2]

    def pressure(self) -> float:
        return struct.unpack(">f", self.ask_bus(73, 1)[:4])[0]

    def modbus(self, *data: int) -> bytes:
        answer = self.raw(rtu.frame(bytes((1, *data))))
        assert answer == rtu.frame(answer[:-2])
        return answer[1:-2]


def floated(value: float) -> bytes:
    return struct.pack(">f", value)


def test_function_48_comes_first_and_again_after_power_on() -> None:
    host = Host(initialise=False)
    assert host.ask_bus(73, 1) == bytes((0x80 | 73, 32))
    assert host.ask_bus(48) == bytes((5, 20, 12, 28, 10, 0))
    assert host.ask_bus(48)[5] == 1
    assert len(host.ask_bus(73, 1)) == 5
    host.emulator.power_on(host.t)  # type: ignore[attr-defined]
    assert host.ask_bus(69) == bytes((0x80 | 69, 32))


def test_a_vessel_is_read_as_float_and_as_integer() -> None:
    host = Host(3.0)
    assert host.pressure() == pytest.approx(3.0, abs=0.01)
    pascal, status = struct.unpack(">iB", host.ask_bus(74, 1))
    assert (pascal, status) == (pytest.approx(300e3, abs=1000), 0)
    hundredths, _ = struct.unpack(">iB", host.ask_bus(74, 4))
    assert hundredths == pytest.approx(2100, abs=60)


def test_channels_that_are_not_active_and_overflow() -> None:
    host = Host(14.0)
    value, status = struct.unpack(">fB", host.ask_bus(73, 1))
    assert (value, status) == (math.inf, 0b10)
    assert host.ask_bus(74, 1) == bytes((0x80 | 74, 4))
    assert math.isnan(struct.unpack(">f", host.ask_bus(73, 2)[:4])[0])
    assert host.ask_bus(73, 6) == bytes((0x80 | 73, 2))


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        ((99,), 1),
        ((73,), 3),
        ((73, 1, 1), 3),
        ((30, 112), 2),
        ((31, 80, 0, 0, 0, 0), 2),
        ((32, 14), 2),
        ((33, 0, 6), 2),
        ((66, 250), 2),
        ((95, 2), 2),
        ((100, 9), 2),
    ],
)
def test_refusals(request_: tuple[int, ...], code: int) -> None:
    assert Host().ask_bus(*request_) == bytes((0x80 | request_[0], code))


def test_coefficients_and_configuration_are_stored() -> None:
    host = Host()
    assert host.ask_bus(30, 81) == floated(10.0)
    assert host.ask_bus(31, 65, *floated(2.0)) == b"\x00"
    assert host.pressure() == pytest.approx(6.0, abs=0.02)
    assert host.ask_bus(33, 4, 0x50) == b"\x00"
    assert host.ask_bus(32, 4) == b"\x50"
    assert host.ask_bus(100, 2) == bytes((2, 16, 0, 1, 0x50))
    assert host.ask_bus(69) == bytes(4)


def test_zero_with_and_without_a_value() -> None:
    host = Host()
    assert host.ask_bus(95, 0) == b"\x00"
    assert host.pressure() == pytest.approx(0.0, abs=1e-3)
    assert host.ask_bus(95, 0, *floated(2.5)) == b"\x00"
    assert host.pressure() == pytest.approx(2.5, abs=1e-3)
    assert host.ask_bus(95, 1) == b"\x00"
    assert host.pressure() == pytest.approx(3.0, abs=0.01)


def test_addresses() -> None:
    host = Host()
    assert host.ask_bus(66, 7) == b"\x07"
    assert host.ask_bus(66, 0, address=250) == b"\x07"
    assert host.raw(frame(bytes((1, 73, 1)))) == b""
    assert len(host.ask_bus(73, 1, address=7)) == 5
    assert host.raw(frame(bytes((0, 95, 0)))) == b""
    assert struct.unpack(">f", host.ask_bus(73, 1, address=7)[:4])[0] == pytest.approx(0, abs=1e-3)


def test_a_wrong_check_is_not_answered_and_spoils_nothing() -> None:
    host = Host()
    assert host.raw(bytes((1, 73, 1, 0, 0))) == b""
    assert host.pressure() == pytest.approx(3.0, abs=0.01)


def test_the_answer_takes_its_time_on_the_line() -> None:
    host = Host()
    began = host.t
    host.send(frame(bytes((1, 73, 1))))
    assert host.emulator.due() == pytest.approx(began + 14 * CHARACTER + LATENCY)


def test_an_echo_comes_before_the_answer() -> None:
    host = Host(echo=True, initialise=False)
    request = frame(bytes((1, 48)))
    answer = host.raw(request)
    assert answer.startswith(request) and len(answer) == len(request) + 10


def test_modbus_reads_the_same_values() -> None:
    host = Host(3.0, initialise=False)
    answer = host.modbus(3, 0, 2, 0, 2)
    assert answer[:2] == bytes((3, 4))
    assert struct.unpack(">f", answer[2:])[0] == pytest.approx(3.0, abs=0.01)
    assert struct.unpack(">i", host.modbus(3, 0, 0x12, 0, 2)[2:])[0] == pytest.approx(3e5, abs=1e3)
    assert host.modbus(3, 3, 0xA2, 0, 2)[2:] == floated(10.0)
    assert host.modbus(3, 2, 0x0D, 0, 3)[2:] == bytes((0, 1, 5, 20, 12, 28))
    assert struct.unpack(">i", host.modbus(3, 0, 0x10, 0, 2)[2:])[0] == -(2**31)


def test_modbus_writes() -> None:
    host = Host(3.0)
    assert host.modbus(6, 2, 8, 0, 0x50) == bytes((6, 2, 8, 0, 0x50))
    assert host.ask_bus(32, 4) == b"\x50"
    assert host.modbus(16, 0xFF, 0, 0, 2, 4, *floated(0.0)) == bytes((16, 0xFF, 0, 0, 2))
    assert host.pressure() == pytest.approx(0.0, abs=1e-3)
    assert host.modbus(16, 0xFF, 2, 0, 2, 4, *floated(0.0))[0] == 16
    assert host.modbus(16, 3, 0x82, 0, 2, 4, *floated(2.0))[0] == 16
    assert host.pressure() == pytest.approx(6.0, abs=0.02)
    assert host.modbus(8, 0, 0, 0x12, 0x34) == bytes((8, 0, 0, 0x12, 0x34))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ((3, 1, 0, 0, 2), 2),
        ((3, 0, 1, 0, 2), 2),
        ((3, 2, 0x0B, 0, 1), 2),
        ((6, 2, 4, 0, 6), 2),
        ((6, 2, 8, 1, 0), 3),
        ((16, 3, 0xA2, 0, 2, 4, 0, 0, 0, 0), 2),
        ((16, 0xFF, 0, 0, 2, 4, 0x7F, 0xC0, 0, 0), 3),
        ((73, 1), 1),
    ],
)
def test_modbus_exceptions(data: tuple[int, ...], code: int) -> None:
    assert Host().modbus(*data) == bytes((data[0] | 0x80, code))
