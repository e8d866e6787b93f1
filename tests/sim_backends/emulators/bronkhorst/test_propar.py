from __future__ import annotations

import struct

import pytest

from sim_backends.emulators.bronkhorst import specs
from sim_backends.emulators.bronkhorst.propar import EMULATOR
from sim_backends.models.gas_line import GasLine
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Talk

SUPPLY = 2e-5
FULL_FLOW = 500e-6 / 60.0
"""m3/s, normal, at 100 %."""


class Host(Talk):
    def __init__(self, gas: str = "N2", supply: float = SUPPLY, seed: int = 1) -> None:
        self.line = GasLine(gas, supply, 4e5, 23.0)
        super().__init__(EMULATOR(self.line, serial="SIM-1", rng=stream(seed, "propar")))

    def say(self, *messages: str) -> None:
        for message in messages:
            self.told = self.ascii(message)

    def ascii(self, message: str) -> str:
        answer = self.answer(message.encode("ascii") + b"\r\n", 1.0)
        assert not answer or (answer.startswith(b":") and answer.endswith(b"\r\n"))
        return answer.decode("ascii").strip()

    def measure(self) -> int:
        answer = self.ascii(":06030401210120")
        assert answer.startswith(":0603020121")
        return int(answer[11:], 16)

    def number(self, request: str) -> float:
        return struct.unpack(">f", bytes.fromhex(self.ascii(request)[11:]))[0]

    def settle(self, seconds: float = 5.0) -> None:
        self.run(self.t + seconds)


def within(fraction: float) -> object:
    return pytest.approx(fraction * 32000, abs=32000 * (0.005 * fraction + 0.001 + 5e-4))


def test_the_examples_of_the_manual() -> None:
    host = Host()
    # 9.17.027, 3.10.1 and 3.10.3: set point 50 % and reading it back.
    assert host.ascii(":06030101213E80") == ":0403000005"
    assert host.ascii(":06030401210121") == ":06030201213E80"
    # 3.10.2: several values of two processes, unlocked before and locked after.
    chained = "0301800A4081C500000000C63F800000C7000000004800000000000A52"
    assert host.ascii(f":1D{chained}") == ":040300001C"
    # 3.10.4, but for serial number and measure.
    answer = host.ascii(":1A0304F1EC7163006D71660001AE0120CF014DF0017F077101710A")
    serial = b"SIM-1".hex().upper()
    assert answer.startswith(f":330302F1EC00{serial}006D0055534552544147" + "0001AE")
    assert answer.endswith("CF43FA0000F0076D6C6E2F6D696E710A4E322020202020202020")


def test_the_binary_protocol_keeps_the_sequence_number() -> None:
    host = Host()
    wire = bytes.fromhex("1002 2A 80 05 04 01 21 01 21 1003")
    assert host.answer(wire).hex() == "1002" + "2a80" + "05" + "0201210000" + "1003"
    assert host.answer(bytes.fromhex("1002 2B 09 05 04 01 21 01 21 1003")).hex() == (
        "1002" + "2b09" + "00" + "05" + "1003"
    )


@pytest.mark.parametrize("fraction", [0.02, 0.5, 1.0])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_flow_follows_and_is_true_within_the_accuracy(fraction: float, seed: int) -> None:
    host = Host(seed=seed)
    host.say(f":0603010121{round(fraction * 32000):04X}")
    host.settle()
    assert host.measure() == pytest.approx(fraction * 32000, abs=32000 * 6e-4)
    true = host.emulator.controller.opening(host.t) * SUPPLY / FULL_FLOW  # type: ignore[attr-defined]
    assert true * 32000 == within(fraction)


def test_a_step_takes_its_time_and_then_nothing_is_due() -> None:
    host = Host()
    host.say(":06030101217D00")
    host.run(host.t + 0.3)
    assert host.measure() == pytest.approx(32000 * 0.63, abs=800)
    host.settle(10.0)
    assert host.emulator.due() is None


def test_the_slope_is_the_time_to_full_scale() -> None:
    host = Host()
    host.say(":06030101220064", ":06030101213E80")
    host.settle(2.5)
    assert host.measure() == pytest.approx(8000 - 32000 * 0.03, abs=250)
    host.settle(5.0)
    assert host.measure() == within(0.5)


def test_floats_are_in_the_unit_of_the_fluid() -> None:
    host = Host(gas="CO2")
    assert host.number(":060304014D014D") == 500.0
    host.say(":050301011004", ":080301214342C80000")
    assert host.told == ":0403000007"
    assert host.number(":060304014D014D") == pytest.approx(370.0)
    host.settle()
    assert host.number(":06030421402140") == pytest.approx(100.0, abs=0.3)
    assert host.line.state(1.0, host.t).gas == "CO2"


def test_a_weak_supply_opens_the_valve_to_its_end() -> None:
    host = Host(supply=0.4 * FULL_FLOW)
    host.say(":06030101217D00")
    host.settle()
    assert host.measure() == within(0.4)
    output = int(host.ascii(":06030472417241")[11:], 16)
    assert output == pytest.approx(specs.VALVE_MOST * specs.VALVE_FULL, rel=1e-3)


@pytest.mark.parametrize(
    ("mode", "fraction"), [("03", 0.0), ("0C", 0.0), ("07", 1.0), ("08", 1.31), ("00", 0.5)]
)
def test_control_modes(mode: str, fraction: float) -> None:
    host = Host()
    host.say(":06030101213E80", f":0503010104{mode}")
    host.settle()
    assert host.measure() == (within(fraction) if fraction < 1.2 else 41942)


@pytest.mark.parametrize(("mode", "fraction"), [("03", 0.0), ("0C", 0.4), ("08", 1.31)])
def test_a_slope_is_of_the_set_point_and_not_of_the_valve(mode: str, fraction: float) -> None:
    host = Host()
    host.say(":06030101213E80")
    host.settle()
    host.say(":06030101220" + f"{1000:03X}", f":0503010104{mode}")
    host.settle(10.0)
    expected = 41942 if fraction > 1.0 else pytest.approx(32000 * fraction, abs=200)
    assert host.measure() == expected


def test_the_counter_integrates_and_is_reset() -> None:
    host = Host()
    host.say(":06030101213E80")
    host.settle(600.0)
    assert host.number(":06030468416841") == pytest.approx(2.5, rel=0.01)
    host.say(":050301730801")
    assert host.number(":06030468416841") == pytest.approx(0.0, abs=0.01)


@pytest.mark.parametrize(
    ("message", "answer"),
    [
        (":06030101217D01", ":0403000603"),
        (":06030101203E80", ":0403000D02"),
        (":0603045A215A20", ":0403000303"),
        (":06030401390139", ":0403000403"),
        (":06030401010101", ":0403000503"),
        (":050301720800", ":0403000402"),
        (":020309", ":0403000200"),
        (":06050401210120", ":0105"),
        (":050301000A07", ":0403000603"),
        (":06030473087308", ":0403001104"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(message: str, answer: str) -> None:
    assert Host().ascii(message) == answer


def test_secured_parameters_open_with_init_reset() -> None:
    host = Host()
    write = ":080301716403414243"
    assert host.ascii(write) == ":0403000D02"
    host.say(":050301000A40")
    assert host.ascii(write) == ":0403000007"
    assert host.ascii(":0703047164716403") == ":080302716403414243"


def test_writing_without_acknowledge_is_not_answered() -> None:
    host = Host()
    assert host.ascii(":06030201213E80") == ""
    assert host.ascii(":06030401210121") == ":06030201213E80"
    assert host.ascii(":0403000005") == ""


def test_identity_user_tag_and_wink() -> None:
    host = Host()
    name = "\x07SNSIM-1".encode("latin-1").hex().upper()
    assert host.ascii(":0703040060006000") == f":0E0302006000{name}00"
    host.say(":080301716600544700")
    assert host.ascii(":0703047166716600") == ":080302716600544700"
    assert host.ascii(":06030100600139") == ":0403000005"
    assert len(host.emulator.memory.winks) == 1  # type: ignore[attr-defined]
