from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.emulators.winsen.frames import frame
from sim_backends.emulators.winsen.mhz19b import DAY, EMULATOR, LONGEST_PERIOD
from sim_backends.models.gas import Air, GasChamber
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Talk, pieces

READ = bytes.fromhex("FF 01 86 00 00 00 00 00 79")


class Host(Talk):
    def __init__(self, air: Air, seed: int = 1, acknowledges: bool = False) -> None:
        self.chamber = GasChamber(air)
        rng = stream(seed, "mhz19b")
        module = EMULATOR(self.chamber, serial="SIM-1", rng=rng, acknowledges=acknowledges)
        super().__init__(module)

    def ppm(self) -> int:
        out = b""
        self.send(READ)
        while not out:
            out = self.run(self.t + 0.05)
        assert len(out) == 9 and out[:2] == b"\xff\x86" and frame(out[1:8]) == out
        return out[2] << 8 | out[3]


def close(true: float) -> object:
    return pytest.approx(true, abs=50 + 0.03 * true + 10)


@pytest.mark.parametrize("true", [420.0, 800.0, 1999.0, 4500.0])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_known_mixture_is_read_within_the_accuracy(true: float, seed: int) -> None:
    host = Host(Air(carbon_dioxide=true * 1e-6), seed)
    assert host.ppm() == close(true)


def test_the_answer_takes_two_frames_and_tells_the_temperature() -> None:
    host = Host(Air(temperature=23.0))
    host.run(0.0)
    host.send(READ)
    assert host.run(0.0237) == b""
    assert host.run(0.0238)[4] - 40 == 23


def test_a_step_reaches_ninety_percent_within_the_response_time() -> None:
    host = Host(Air(carbon_dioxide=400e-6), seed=4)
    host.run(300.0)
    low = host.ppm()
    host.chamber.feed(2400e-6, 1.0, host.t)
    host.run(host.t + 10.0)
    assert host.ppm() - low < 1000
    host.run(host.t + 110.0)
    assert 1800 < host.ppm() - low < 2100


def test_it_reads_with_pressure() -> None:
    sea, mountain = Host(Air(), 7), Host(Air(pressure=84000.0), 7)
    assert mountain.ppm() / sea.ppm() == pytest.approx(84000 / 101325, abs=0.03)


def test_zero_and_span() -> None:
    host = Host(Air(carbon_dioxide=400e-6), seed=5)
    host.run(60.0)
    host.send(bytes.fromhex("FF 01 87 00 00 00 00 00 78"))
    assert host.ppm() == pytest.approx(400, abs=6)
    host.chamber.feed(2000e-6, 1.0, host.t)
    host.run(host.t + 600.0)
    host.send(bytes.fromhex("FF 01 88 07 D0 00 00 00 A0"))
    assert host.ppm() == pytest.approx(2000, abs=8)
    host.chamber.feed(400e-6, 1.0, host.t)
    host.run(host.t + 600.0)
    assert host.ppm() == pytest.approx(400, abs=8)


def test_the_range_clips_and_a_wrong_one_is_ignored() -> None:
    host = Host(Air(carbon_dioxide=4000e-6))
    host.send(frame(bytes.fromhex("01 99 00 00 00 07 D0")))
    assert host.ppm() == 2000
    host.send(frame(bytes.fromhex("01 99 00 00 00 07 D1")))
    assert host.ppm() == 2000
    host.send(frame(bytes.fromhex("01 99 00 00 00 13 88")))
    assert host.ppm() == close(4000)


def test_self_calibration_takes_the_lowest_of_a_day_for_fresh_air() -> None:
    host = Host(Air(carbon_dioxide=900e-6))
    host.run(0.9 * DAY)
    assert host.ppm() == close(900)
    host.run(1.01 * DAY)
    assert host.ppm() == pytest.approx(400, abs=25)


def test_without_self_calibration_a_day_changes_nothing() -> None:
    host = Host(Air(carbon_dioxide=900e-6))
    before = host.ppm()
    host.send(bytes.fromhex("FF 01 79 00 00 00 00 00 86"))
    host.run(3 * DAY)
    assert host.ppm() == pytest.approx(before, abs=12)


def test_cold_after_power_on_and_warm_after_the_preheat() -> None:
    host = Host(Air(), seed=2)
    warm = host.ppm()
    module = host.emulator
    assert isinstance(module, EMULATOR)
    module.power_on(host.t)
    assert host.ppm() > warm + 300
    host.run(host.t + 180.0)
    assert host.ppm() == pytest.approx(warm, abs=20)


def test_commands_without_return_value_and_firmware_that_acknowledges() -> None:
    on = bytes.fromhex("FF 01 79 A0 00 00 00 00 E6")
    silent, loud = Host(Air()), Host(Air(), acknowledges=True)
    for host in (silent, loud):
        host.send(on)
    assert silent.run(1.0) == b""
    assert loud.run(1.0) == bytes.fromhex("FF 79 01 00 00 00 00 00 86")


@pytest.mark.parametrize(
    "request_", ["FF0286000000000078", "FF0186000000000078", "FF0177000000000088", "FF0186"]
)
def test_what_is_not_for_it_is_not_answered(request_: str) -> None:
    host = Host(Air())
    host.send(bytes.fromhex(request_))
    assert host.run(2.0) == b""
    assert host.ppm() == close(800)


def test_at_rest_it_measures_seldom() -> None:
    host = Host(Air())
    host.run(3600.0)
    assert host.emulator.due() == pytest.approx(host.t, abs=LONGEST_PERIOD)


@settings(derandomize=True, max_examples=50)
@given(st.lists(st.integers(0, 45), max_size=8))
def test_any_split_gives_the_same_answers(cuts: list[int]) -> None:
    whole, split = Host(Air()), Host(Air())
    talk = READ + frame(bytes.fromhex("01 99 00 00 00 07 D0")) + b"\x00" + READ
    whole.send(talk)
    for piece in pieces(talk, cuts):
        split.send(piece)
    assert split.run(1.0) == whole.run(1.0) != b""


def test_random_frames() -> None:
    dice = random.Random(19)
    host = Host(Air())
    for _ in range(2000):
        content = bytes((1, dice.randrange(0x70, 0xA0), *dice.randbytes(5)))
        host.send(frame(content) if dice.random() < 0.7 else dice.randbytes(dice.randrange(12)))
        host.run(host.t + 0.1)
    host.send(frame(bytes.fromhex("01 99 00 00 00 27 10")))
    host.run(host.t + 2.0)
    assert 0 <= host.ppm() <= 10000
