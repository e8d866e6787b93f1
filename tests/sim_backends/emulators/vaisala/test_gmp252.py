from __future__ import annotations

import math
import struct

import pytest

from labctl.errors import BenchError
from sim_backends.emulators.modbus_rtu import frame
from sim_backends.emulators.vaisala.gmp252 import EMULATOR, OUT_OF_RANGE
from sim_backends.models.gas import Air, GasChamber
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Talk

ILLEGAL_FUNCTION, ILLEGAL_ADDRESS, ILLEGAL_VALUE = 1, 2, 3


class Host(Talk):
    """A Modbus master that asks unit 240."""

    def __init__(self, air: Air, seed: int = 1) -> None:
        self.chamber = GasChamber(air)
        self.probe = EMULATOR(self.chamber, serial="SIM-7", rng=stream(seed, "gmp252"))
        super().__init__(self.probe)

    def call(self, *content: int, unit: int = 240) -> bytes:
        reply = self.answer(frame(bytes((unit, *content))))
        assert not reply or frame(reply[:-2]) == reply
        return reply[1:-2]

    def words(self, address: int, count: int) -> list[int]:
        reply = self.call(3, *struct.pack(">HH", address, count))
        assert reply[0] == 3, reply.hex()
        return list(struct.unpack(f">{count}H", reply[2:]))

    def real(self, address: int) -> float:
        low, high = self.words(address, 2)
        return struct.unpack(">f", struct.pack(">HH", high, low))[0]

    def put(self, address: int, *words: int) -> bytes:
        data = struct.pack(f">{len(words)}H", *words)
        return self.call(16, *struct.pack(">HHB", address, len(words), len(data)), *data)

    def put_real(self, address: int, value: float) -> bytes:
        high, low = struct.unpack(">HH", struct.pack(">f", value))
        return self.put(address, low, high)


ROOM = Air(carbon_dioxide=800e-6, temperature=25.0, humidity=0.0)


def test_the_printed_example_of_the_manual() -> None:
    # M211897EN-D, section A.3: request F0 03 00 00 00 02 D1 2A; the answer's form F0 03 04, least
    # significant word first (D47A 43E8 is 465.65997 ppm there).
    host = Host(Air(carbon_dioxide=465.66e-6))
    reply = host.answer(bytes.fromhex("F0 03 00 00 00 02 D1 2A"))
    assert reply[:3] == bytes.fromhex("F0 03 04") and len(reply) == 9
    low, high = struct.unpack(">HH", reply[3:7])
    value = struct.unpack(">f", struct.pack(">HH", high, low))[0]
    assert value == pytest.approx(465.66, abs=55.0)
    printed = struct.unpack(">HH", bytes.fromhex("D4 7A 43 E8"))
    assert struct.unpack(">f", struct.pack(">HH", *reversed(printed)))[0] == pytest.approx(
        465.65997
    )


def test_it_answers_its_own_unit_alone() -> None:
    host = Host(ROOM)
    assert host.call(3, 0, 0, 0, 2, unit=1) == b""
    assert host.call(16, 3, 8, 0, 1, 2, 0, 50, unit=0) == b""
    assert host.words(0x0308, 1) == [50]


def test_limits_of_error() -> None:
    errors = [Host(ROOM, seed).real(0) - 800.0 for seed in range(40)]
    assert max(map(abs, errors)) < 40.0 + 8.0 + 2.5
    assert max(map(abs, errors)) > 20.0


def test_measured_values_and_integers() -> None:
    host = Host(ROOM)
    ppm = host.real(0)
    assert host.words(0x0100, 2) == [round(ppm), round(ppm / 10.0)]
    assert host.real(4) == pytest.approx(25.0, abs=0.7)
    assert host.real(2) == host.real(4)


def test_pressure_compensation_acts() -> None:
    low = Air(carbon_dioxide=800e-6, temperature=25.0, humidity=0.0, pressure=90000.0)
    host, seen = Host(low), Host(ROOM).real(0)
    assert host.real(0) == pytest.approx(seen * 900.0 / 1013.25, rel=0.02)
    assert host.put_real(0x0208, 900.0)[0] == 16
    host.t += 10.0
    assert host.real(0) == pytest.approx(seen, rel=0.02)
    host.put(0x0304, 0)
    host.t += 10.0
    assert host.real(0) == pytest.approx(seen * 900.0 / 1013.0, rel=0.02)


def test_temperature_compensation_modes() -> None:
    warm = Air(carbon_dioxide=800e-6, temperature=40.0, humidity=0.0)
    host, seen = Host(warm), Host(ROOM).real(0)
    assert host.real(0) == pytest.approx(seen, rel=0.02)
    host.put(0x0305, 0)
    host.t += 10.0
    assert host.real(0) == pytest.approx(seen * 298.15 / 313.15, rel=0.02)
    assert host.real(2) == 25.0
    host.put_real(0x020A, 40.0)
    host.put(0x0305, 1)
    host.t += 10.0
    assert host.real(0) == pytest.approx(seen, rel=0.02)
    assert host.real(2) == 40.0


def test_humidity_and_oxygen_compensation_lower_the_reading() -> None:
    host = Host(ROOM)
    before = [host.real(0)]
    for address, mode, value in ((0x020C, 0x0306, 100.0), (0x020E, 0x0307, 100.0)):
        host.put_real(address, value)
        host.put(mode, 1)
        host.t += 10.0
        before.append(host.real(0))
    assert before[2] < before[0]


def test_settings_refused() -> None:
    host = Host(ROOM)
    assert host.put_real(0x0208, 1200.0) == bytes((0x90, ILLEGAL_VALUE))
    assert host.put_real(0x0000, 1.0) == bytes((0x90, ILLEGAL_ADDRESS))
    assert host.put(0x0208, 0) == bytes((0x90, ILLEGAL_ADDRESS))
    assert host.put(0x0305, 3) == bytes((0x90, ILLEGAL_VALUE))
    assert host.put_real(0x0208, math.nan)[0] == 16
    assert host.real(0x0208) == pytest.approx(1013.25)
    assert host.call(6, 0x03, 0x04, 0, 0) == bytes((0x86, ILLEGAL_FUNCTION))
    assert host.call(3, 0x00, 0x06, 0, 1) == bytes((0x83, ILLEGAL_ADDRESS))
    assert host.call(3, 0x02, 0x0F, 0, 2) == bytes((0x83, ILLEGAL_ADDRESS))


def test_power_up_values_and_start() -> None:
    host = Host(ROOM)
    host.put_real(0x0200, 950.0)
    assert host.real(0x0208) == pytest.approx(1013.25)
    host.real(0)
    host.probe.power_on(100.0)
    host.t = 101.0
    assert host.real(0x0208) == pytest.approx(950.0)
    assert math.isnan(host.real(0)) and host.words(0x0100, 1) == [0]
    assert host.words(0x0801, 1) == [258]
    host.t = 130.0
    assert host.words(0x0801, 1) == [2]
    rising = host.real(0)
    host.t = 400.0
    assert host.words(0x0800, 2) == [0, 0]
    assert rising < host.real(0)


def test_a_new_address_acts_from_the_next_power_on() -> None:
    host = Host(ROOM)
    host.put(0x0300, 5)
    assert host.words(0x0300, 1) == [5]
    host.probe.power_on(10.0)
    host.t = 30.0
    assert host.call(3, 3, 0, 0, 1) == b""
    assert host.call(3, 3, 0, 0, 1, unit=5)[0] == 3


def test_out_of_range_is_an_error() -> None:
    host = Host(Air(carbon_dioxide=50000e-6, humidity=0.0))
    assert math.isnan(host.real(0))
    assert host.words(0x0800, 1) == [2]
    assert host.words(0x0803, 2) == [OUT_OF_RANGE, 0]
    host.chamber.feed(400e-6, 1.0, host.t)
    host.t += 600.0
    host.real(0)
    host.t += 600.0
    assert host.real(0) == pytest.approx(400.0, abs=45.0)
    assert host.words(0x0800, 1) == [0]


def test_gas_comes_through_the_filter_and_the_filtering_factor() -> None:
    host = Host(ROOM)
    begin = host.real(0)
    host.chamber.feed(2000e-6, 1.0, host.t)
    host.t += 20.0
    assert begin + 300.0 < host.real(0) < 1800.0
    slow = Host(ROOM)
    slow.put(0x0308, 2)
    slow.real(0)
    slow.chamber.feed(2000e-6, 1.0, slow.t)
    latest = math.nan
    for _ in range(10):
        slow.t += 2.0
        latest = slow.real(0)
    assert latest < begin + 150.0


def test_device_identification() -> None:
    host = Host(ROOM)
    basic = host.call(0x2B, 0x0E, 1, 0)
    assert basic[:7] == bytes.fromhex("2B 0E 01 83 00 00 03")
    assert basic[7:] == b"\x00\x07Vaisala\x01\x06GMP252\x02\x051.0.0"
    assert host.call(0x2B, 0x0E, 4, 0x80)[7:] == b"\x80\x05SIM-7"
    assert host.call(0x2B, 0x0E, 2, 3)[6] == 2
    assert host.call(0x2B, 0x0E, 3, 0)[6] == 8
    assert host.call(0x2B, 0x0E, 1, 0x80)[6] == 3
    assert host.call(0x2B, 0x0E, 4, 0x42) == bytes((0xAB, ILLEGAL_ADDRESS))
    assert host.call(0x2B, 0x0E, 5, 0) == bytes((0xAB, ILLEGAL_VALUE))
    assert host.call(0x2B, 0x0D, 0, 0) == bytes((0xAB, ILLEGAL_FUNCTION))


def test_the_time_of_a_transaction() -> None:
    host = Host(ROOM)
    host.real(0)
    assert host.t == pytest.approx(5e-3 + 17 * 11 / 19200)


def test_it_has_no_modbus_tcp() -> None:
    with pytest.raises(BenchError, match="no Modbus TCP"):
        Host(ROOM).probe.speak_tcp()
