from __future__ import annotations

import math
import random
import struct
from statistics import pstdev

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.emulators.eurotherm.e3216 import EMULATOR, LONGEST_PERIOD, SETTLED
from sim_backends.emulators.modbus_rtu import frame
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Plate, Talk, pieces


class Host(Talk):
    """A Modbus master on unit 1."""

    def __init__(self, plate: Plate, seed: int = 1) -> None:
        super().__init__(EMULATOR(plate, serial="SIM-9", rng=stream(seed, "e3216")))

    def call(self, *content: int) -> bytes:
        reply = self.answer(frame(bytes((1, *content))))
        assert frame(reply[:-2]) == reply
        return reply[1:-2]

    def read(self, address: int, count: int = 1) -> list[int]:
        reply = self.call(3, *struct.pack(">HH", address, count))
        assert reply[0] == 3, reply.hex()
        return list(struct.unpack(f">{count}h", reply[2:]))

    def write(self, address: int, value: int) -> bytes:
        return self.call(6, *struct.pack(">Hh", address, value))

    def real(self, address: int) -> float:
        reply = self.call(3, *struct.pack(">HH", 0x8000 + 2 * address, 2))
        return struct.unpack(">f", reply[2:])[0]


def test_as_delivered() -> None:
    host = Host(Plate())
    assert host.read(273) == [1] and host.read(4) == [0] and host.read(629) == [0]
    assert host.read(525) == [1] and host.read(107) == [0x0302]
    assert host.read(75)[0] & (1 << 4)
    assert host.read(1)[0] == pytest.approx(230, abs=3)


def test_time_of_a_transaction() -> None:
    host = Host(Plate())
    host.read(1)
    assert host.t == pytest.approx(5e-3 + 15 * 10 / 9600)


def test_it_brings_the_plate_to_the_set_point_and_holds_it() -> None:
    plate = Plate()
    host = Host(plate)
    host.write(2, 600)
    host.write(273, 0)
    assert host.read(5) == [600]
    host.run(1200.0)
    assert plate.value == pytest.approx(60.0, abs=0.6)
    assert host.real(1) == pytest.approx(60.0, abs=SETTLED)
    host.run(host.t + 600.0)
    plate.ambient = 30.0
    host.run(host.t + 1200.0)
    assert host.real(1) == pytest.approx(60.0, abs=SETTLED)


def test_holding_costs_few_steps() -> None:
    plate = Plate()
    host = Host(plate)
    host.write(2, 300)
    host.write(273, 0)
    host.run(3600.0)
    before = plate.steps
    host.run(host.t + 36000.0)
    assert plate.steps - before < 3.0 * 36000.0 / LONGEST_PERIOD
    assert plate.value == pytest.approx(30.0, abs=0.4)


@pytest.mark.parametrize("full", [30.0, 60.0, 120.0])
@pytest.mark.parametrize("seconds", [60.0, 240.0, 1200.0])
def test_seldom_steps_hold_a_quick_and_a_sluggish_body_alike(full: float, seconds: float) -> None:
    plate = Plate(20.0, full=full, seconds=seconds)
    host = Host(plate)
    host.write(2, 300)
    host.write(273, 0)
    host.run(3600.0)
    seen = []
    for minute in range(240):
        plate.ambient = 20.0 + 0.5 * math.sin(minute / 25.0)
        host.run(host.t + 60.0)
        seen.append(plate.value)
    assert max(seen) - min(seen) < 1.0 and pstdev(seen) < 0.2
    assert sum(seen) / len(seen) == pytest.approx(30.0, abs=0.2)


def test_a_body_that_is_disturbed_is_brought_back_at_once() -> None:
    plate = Plate(20.0)
    host = Host(plate)
    host.write(2, 300)
    host.write(273, 0)
    host.run(7200.0)
    plate.ambient = 30.0
    host.run(host.t + LONGEST_PERIOD + 300.0)
    assert abs(host.real(1) - 30.0) < 5.0
    host.run(host.t + 600.0)
    assert host.real(1) == pytest.approx(30.0, abs=0.15)


def test_a_look_within_a_sample_does_not_move_the_output() -> None:
    plate = Plate(20.0)
    host = Host(plate)
    host.write(2, 300)
    host.write(273, 0)
    host.run(7200.0)
    host.read(1)
    before, value = plate.steps, host.real(1)
    for _ in range(5):
        assert host.real(1) == value
    assert plate.steps == before


def test_what_is_set_is_seen_to_at_once() -> None:
    host = Host(Plate(20.0))
    host.write(2, 300)
    host.write(273, 0)
    host.run(7200.0)
    host.write(2, 350)
    host.run(host.t + 1.0)
    assert host.read(5) == [350] and host.read(4)[0] > 300


def test_calibration_error_is_its_own() -> None:
    readings = {round(Host(Plate(25.0), seed).real(1), 2) for seed in range(10)}
    assert len(readings) > 5
    assert all(abs(value - 25.0) < 0.0025 * 25 + 0.1 + 0.05 for value in readings)


def test_set_point_limits_clamp() -> None:
    host = Host(Plate())
    host.write(111, 900)
    host.write(2, 1500)
    assert host.read(2) == [900] and host.read(24) == [900]
    host.write(112, 100)
    host.write(2, -50)
    assert host.read(2) == [100]
    assert host.write(111, 50)[:2] == b"\x86\x03"


def test_set_point_rate_limit() -> None:
    host = Host(Plate(20.0))
    host.write(35, 60)
    host.write(2, 300)
    host.write(273, 0)
    host.run(host.t + 30.0)
    assert host.real(5) == pytest.approx(23.0, abs=0.3)
    assert host.read(75)[0] & (1 << 13)
    host.run(host.t + 120.0)
    assert host.read(5) == [300] and not host.read(75)[0] & (1 << 13)


def test_manual_mode_and_standby() -> None:
    plate = Plate()
    host = Host(plate)
    host.write(3, 250)
    assert plate.power == 0.25 and host.read(4) == [250]
    host.write(199, 1)
    assert plate.power == 0.0
    host.write(199, 0)
    assert plate.power == 0.25
    host.write(2, 400)
    host.write(273, 0)
    host.run(host.t + 60.0)
    assert plate.power > 0.25
    host.write(273, 1)
    assert host.read(3) == host.read(4) and host.read(4)[0] > 250
    host.write(3, 0)
    assert plate.power == 0.0 and host.emulator.due() is None


def test_sensor_break() -> None:
    plate = Plate()
    host = Host(plate)
    host.write(2, 400)
    host.write(273, 0)
    host.run(host.t + 10.0)
    plate.broken = True
    host.run(host.t + 2.0)
    assert plate.power == 0.0
    assert host.read(75)[0] & (1 << 5) and host.read(1) == [8500]
    plate.broken = False
    host.run(host.t + 2.0)
    assert not host.read(75)[0] & (1 << 5) and plate.power > 0


def test_registers() -> None:
    host = Host(Plate())
    assert host.call(3, 0x09, 0x00, 0, 1) == b"\x83\x02"
    assert host.read(1, 10)[9] == -0x8000
    assert host.write(1, 5)[:2] == b"\x86\x02"
    assert host.write(273, 2)[:2] == b"\x86\x03"
    host.write(525, 2)
    assert host.read(2) == [2000]
    host.call(16, *struct.pack(">HHBf", 0x8000 + 4, 2, 4, 21.25))
    assert host.real(2) == 21.25 and host.read(2) == [2125]
    host.write(629, 1234)
    assert host.read(629) == [1234]


@settings(max_examples=50, derandomize=True)
@given(st.lists(st.integers(0, 60), max_size=9))
def test_any_split_gives_the_same_answers(cuts: list[int]) -> None:
    data = b"".join(
        frame(bytes.fromhex(h)) for h in ("010300010005", "0106000200fa", "0111", "010300020001")
    )
    whole, split = Host(Plate()), Host(Plate())
    whole.send(data)
    for piece in pieces(data, cuts):
        split.send(piece)
    assert split.run(5.0) == whole.run(5.0) != b""


def test_random_frames_never_break_it() -> None:
    dice, host = random.Random(7), Host(Plate())
    for number in range(2000):
        body = bytes((1, dice.choice((3, 4, 6, 8, 16, 17)))) + dice.randbytes(dice.randrange(12))
        if number % 3:
            body = struct.pack(">BBHH", 1, 6, dice.randrange(700), dice.randrange(65536))
        host.send(frame(body) if number % 5 else dice.randbytes(12))
        host.run(host.t + 0.3)
    host.run(host.t + 1.0)
    assert host.call(8, 0, 0, 1, 2) == b"\x08\x00\x00\x01\x02"
