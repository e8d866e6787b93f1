from __future__ import annotations

import random
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.emulators.apc.smart_ups import EMULATOR
from sim_backends.emulators.modbus_rtu import frame
from sim_backends.models.mains import Mains
from sim_backends.models.ups_plant import BatteryParameters, LeadAcidBattery, UpsPlant
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Talk, pieces

ONLINE, ON_BATTERY, OFF, BAD_INPUT, TESTS, OFF_PENDING, OVERLOAD = 1, 2, 4, 6, 7, 9, 21
MAIN = 1 << 8


class Host(Talk):
    def __init__(self, *, health: float = 0.95, charge: float = 1.0, watts: float = 400.0) -> None:
        self.mains = Mains(230.0, 50.0)
        self.battery = LeadAcidBattery(BatteryParameters(health=health), charge=charge)
        self.plant = UpsPlant(self.mains, self.battery, watts=watts)
        ups = EMULATOR(self.plant, serial="SIM-00000007", rng=stream(3, "ups"))
        super().__init__(ups)
        self.run(0.0)

    def call(self, content: bytes) -> bytes:
        self.send(frame(b"\x01" + content))
        reply = b""
        while not reply:
            reply = self.run(self.t + 0.02)
        assert frame(reply[:-2]) == reply
        return reply[1:-2]

    def read(self, address: int, count: int = 1) -> list[int]:
        reply = self.call(struct.pack(">BHH", 3, address, count))
        assert reply[0] == 3, reply.hex()
        return list(struct.unpack(f">{count}H", reply[2:]))

    def long(self, address: int) -> int:
        high, low = self.read(address, 2)
        return high << 16 | low

    def write(self, address: int, *values: int) -> bytes:
        data = struct.pack(f">{len(values)}H", *values)
        return self.call(struct.pack(">BHHB", 16, address, len(values), len(data)) + data)

    def bits(self) -> set[int]:
        return {bit for bit in range(32) if self.long(0) >> bit & 1}

    def text(self, address: int, count: int) -> str:
        return struct.pack(f">{count}H", *self.read(address, count)).decode("ascii").rstrip(" ")


def test_on_line_with_a_full_battery() -> None:
    host = Host()
    assert host.bits() == {ONLINE}
    assert host.read(130)[0] / 512 == 100.0
    assert host.read(131)[0] / 32 == pytest.approx(25.56, rel=0.015)
    assert host.read(135)[0] / 128 == 27.0
    assert host.read(136)[0] / 256 == pytest.approx(40.0, abs=2.0)
    assert host.read(142)[0] / 64 == pytest.approx(230.0, rel=0.015)
    assert host.read(151)[0] / 64 == pytest.approx(230.0, rel=0.015)
    assert host.read(144)[0] / 128 == 50.0
    assert host.read(154)[0] / 128 == 98.0
    assert host.read(155, 4) == [0xFFFF] * 4


def test_identity_and_check_values() -> None:
    host = Host()
    assert host.text(564, 8) == "SIM-00000007"
    assert host.text(532, 16) == "Smart-UPS 1500"
    assert host.read(588, 2) == [1500, 1000]
    # Register map 990-9840A, protocol verification block.
    assert host.text(2048, 2) == "00.5" and host.text(2050, 4) == "12345678"
    assert host.read(2054, 6) == [0x1234, 0x5678, 0xFFFF, 0xFFFB, 0x1234, 0xFFFB]


def test_undefined_registers() -> None:
    host = Host()
    assert host.call(struct.pack(">BHH", 3, 5, 1)) == b"\x83\x02"
    assert host.read(3, 4)[2] == 0
    assert host.call(struct.pack(">BHH", 3, 127, 4)) == b"\x83\x02"
    assert host.write(5, 1) == b"\x90\x02" and host.write(130, 1) == b"\x90\x02"
    assert host.write(1031, 1) == b"\x90\x02"


def test_an_outage_empties_the_battery_and_the_mains_bring_it_back() -> None:
    host = Host()
    promised = host.long(128)
    host.mains.fail(host.t + 5.0)
    host.mains.restore(host.t + 7200.0)
    began = host.t + 5.0
    host.run(host.t + 10.0)
    assert host.bits() == {ON_BATTERY, BAD_INPUT}
    assert host.read(2) == [2] and host.read(18) == [1]
    assert host.read(142)[0] / 64 == pytest.approx(230.0, rel=0.015)
    assert host.read(154) == [0xFFFC]
    half = host.t + promised / 2
    host.run(half)
    assert host.read(130)[0] / 512 == pytest.approx(50.0, abs=12.0)
    imminent = 0
    while ON_BATTERY in host.bits():
        imminent = host.read(18)[0]
        host.run(host.t + 20.0)
    assert host.t - began == pytest.approx(promised, rel=0.2)
    assert imminent == 3 and host.read(2) == [13]
    assert host.bits() == {OFF, BAD_INPUT} and host.read(142) == [0]
    host.run(began + 7200.0 + 40.0)
    assert host.bits() == {ONLINE} and host.read(2) == [18]
    assert host.read(130)[0] / 512 < 20.0
    host.run(host.t + 12 * 3600.0)
    assert host.read(130)[0] / 512 == 100.0


def test_it_boosts_and_trims_within_its_limits() -> None:
    host = Host()
    host.mains.schedule(5.0, voltage=195.0, frequency=50.0)
    host.mains.schedule(15.0, voltage=265.0, frequency=50.0)
    host.run(10.0)
    assert host.bits() == {ONLINE} and host.read(150) == [1 | 1 << 5]
    assert host.read(142)[0] / 64 == pytest.approx(195 * 1.12, rel=0.015)
    host.run(20.0)
    assert host.bits() == {ONLINE} and host.read(150) == [1 | 1 << 6]


def test_transfer_limits_move_the_transfer() -> None:
    host = Host()
    host.mains.schedule(5.0, voltage=195.0, frequency=50.0)
    host.run(10.0)
    assert host.bits() == {ONLINE}
    assert host.write(1027, 220)[0] == 16 and host.read(1026, 2) == [253, 220]
    assert ON_BATTERY in host.bits() and host.read(150) == [1 << 2]
    assert host.write(1027, 400) == b"\x90\x03"
    assert host.write(1027, 208)[0] == 16
    assert host.bits() == {ONLINE} and host.read(2) == [8]


@pytest.mark.parametrize(("health", "result"), [(0.95, 2), (0.37, 3)])
def test_battery_test(health: float, result: int) -> None:
    host = Host(health=health)
    host.write(1541, 1)
    assert host.read(23) == [1 << 1 | 1 << 6]
    assert {ON_BATTERY, TESTS} <= host.bits()
    host.run(host.t + 11.0)
    assert host.read(23) == [1 << result | 1 << 6]
    assert host.bits() == {ONLINE} and host.read(2) == [10]
    assert host.read(22) == [4 * (result == 3)]


def test_a_battery_that_ends_in_its_test_does_not_drop_the_load() -> None:
    host = Host(health=0.2)
    host.write(1541, 1)
    assert host.read(23) == [1 << 3 | 1 << 6] and host.bits() == {ONLINE}
    assert host.read(22) == [4]


def test_battery_test_refused_and_aborted() -> None:
    low = Host(charge=0.3)
    low.write(1541, 1)
    assert low.read(23) == [1 << 4 | 1 << 6 | 1 << 11]
    host = Host()
    host.write(1541, 1)
    host.write(1541, 2)
    assert host.read(23) == [1 << 5 | 1 << 6] and TESTS not in host.bits()
    host.mains.fail(host.t)
    host.run(host.t + 31.0)
    host.write(1541, 1)
    assert host.read(23) == [1 << 4 | 1 << 6 | 1 << 9]
    host.write(1542, 1)
    assert host.read(24)[0] & 1 << 4


def test_shutdown_with_a_delay_comes_back() -> None:
    host = Host()
    host.write(1029, 60)
    host.write(1031, 0, 30)
    host.write(1538, 0, 1 << 3 | 1 << 7 | MAIN)
    assert host.bits() == {ONLINE, OFF_PENDING} and host.read(155)[0] in (59, 60)
    host.run(host.t + 60.0)
    assert host.bits() == {OFF} and host.read(142) == [0] and host.read(154) == [0xFFFD]
    assert 25 <= host.long(157) <= 30
    host.run(host.t + 32.0)
    assert host.bits() == {ONLINE}


def test_off_stays_off_and_cancel_cancels() -> None:
    host = Host()
    host.write(1029, 60)
    host.write(1538, 0, 1 << 2 | 1 << 7 | MAIN)
    host.write(1538, 0, 1 | MAIN)
    host.run(host.t + 100.0)
    assert host.bits() == {ONLINE}
    host.write(1538, 0, 1 << 2 | MAIN)
    host.run(host.t + 1000.0)
    assert host.bits() == {OFF} and host.long(3) == 2 and host.read(2) == [12]
    host.write(1538, 0, 1 << 1 | MAIN)
    assert host.bits() == {ONLINE} and host.long(3) == 1


def test_names_are_written_whole() -> None:
    host = Host()
    words = struct.unpack(">8H", b"bench 4".ljust(16))
    assert host.write(596, *words)[0] == 16 and host.text(596, 8) == "bench 4"
    assert host.write(596, 0x4142) == b"\x90\x02"
    assert host.write(596, *[0] * 8) == b"\x90\x03"


def test_energy_and_overload() -> None:
    host = Host(watts=900.0)
    host.run(7200.0)
    assert host.long(145) == pytest.approx(1800, abs=10)
    host.plant.schedule_load(host.t, 1200.0)
    assert OVERLOAD in host.bits()


@settings(derandomize=True, max_examples=25)
@given(st.lists(st.integers(0, 40), max_size=6))
def test_any_split_gives_the_same_answers(cuts: list[int]) -> None:
    talk = b"".join(frame(struct.pack(">BBHH", 1, 3, at, n)) for at, n in ((0, 27), (532, 16)))
    whole, split = Host(), Host()
    whole.send(talk)
    for piece in pieces(talk, cuts):
        split.send(piece)
    assert split.run(2.0) == whole.run(2.0) != b""


def test_random_frames() -> None:
    dice = random.Random(11)
    host = Host()
    for _ in range(2000):
        start = dice.choice((0, 128, 516, 1024, 1536, 2048))
        content = struct.pack(">BBH", 1, dice.choice((3, 6, 16)), start + dice.randrange(60))
        content += dice.randbytes(2)
        if content[1] == 16:
            count = dice.randrange(1, 9)
            content = content[:4] + struct.pack(">HB", count, 2 * count) + dice.randbytes(2 * count)
        host.send(frame(content) if dice.random() < 0.9 else dice.randbytes(7))
        host.run(host.t + 0.2)
    assert host.read(2054, 2) == [0x1234, 0x5678]
