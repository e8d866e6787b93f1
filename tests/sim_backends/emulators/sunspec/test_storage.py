from __future__ import annotations

import random
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.emulators.modbus_rtu import frame
from sim_backends.emulators.sunspec.bank import BASE, layouts
from sim_backends.emulators.sunspec.management import HEARTBEAT, PRECHARGE
from sim_backends.emulators.sunspec.points import decode
from sim_backends.emulators.sunspec.storage import EMULATOR
from sim_backends.models.battery_pack import BatteryPack, PackParameters, StoragePlant
from sim_backends.models.mains import Mains
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Talk, pieces


class Host(Talk):
    """A SunSpec client on RTU, without any help from the emulator's own tables of addresses."""

    def __init__(self, charge: float = 0.5, seed: int = 1) -> None:
        self.pack = BatteryPack(PackParameters(), charge=charge, rng=stream(seed, "pack"))
        self.mains = Mains(230.0, 50.0)
        plant = StoragePlant(self.pack, self.mains)
        self.device = EMULATOR(plant, serial="SIM-00000042", rng=stream(seed, "bms"))
        super().__init__(self.device)
        self.starts = self.scan()

    def call(self, content: bytes) -> bytes:
        self.send(frame(b"\x01" + content))
        reply = b""
        while not reply:
            reply = self.run(self.t + 0.02)
        assert frame(reply[:-2]) == reply
        return reply[1:-2]

    def words(self, address: int, count: int) -> list[int]:
        found: list[int] = []
        while count:
            piece = min(count, 125)
            reply = self.call(struct.pack(">BHH", 3, address, piece))
            assert reply[0] == 3, reply.hex()
            found += struct.unpack(f">{piece}H", reply[2:])
            address, count = address + piece, count - piece
        return found

    def scan(self) -> dict[int, tuple[int, int]]:
        assert self.words(BASE, 2) == [0x5375, 0x6E53]
        found, at = {}, BASE + 2
        while True:
            number, length = self.words(at, 2)
            if number == 0xFFFF:
                assert length == 0
                return found
            found[number] = (at + 2, length)
            at += 2 + length

    def where(self, model: int, name: str) -> tuple[int, int]:
        at = self.starts[model][0]
        for each in layouts()[model].fixed:
            if each.name == name:
                return at, each.width
            at += each.width
        raise KeyError(name)

    def get(self, model: int, name: str) -> float:
        at, width = self.where(model, name)
        (each,) = [e for e in layouts()[model].fixed if e.name == name]
        exponent = int(self.get(model, each.scale)) if each.scale else 0
        return decode(each, self.words(at, width), exponent)

    def put(self, model: int, name: str, raw: int) -> bytes:
        at, width = self.where(model, name)
        data = (raw & (1 << 16 * width) - 1).to_bytes(2 * width, "big")
        return self.call(struct.pack(">BHHB", 16, at, width, 2 * width) + data)


def test_models_and_lengths() -> None:
    lengths = {number: length for number, (_, length) in Host().starts.items()}
    # Lengths that the definitions fix; 714, 803 and 804 repeat a block once, once and 8 times.
    assert lengths == {
        1: 66, 103: 50, 701: 153, 702: 50, 704: 65, 713: 7, 714: 18 + 25, 802: 62, 803: 26 + 32,
        804: 46 + 8 * 16,
    }  # fmt: skip


def test_identity() -> None:
    host = Host()
    data = struct.pack(">66H", *host.words(*host.starts[1]))
    assert data[96:128].rstrip(b"\0") == b"SIM-00000042"
    assert data[:32].rstrip(b"\0") == b"labctl"


def test_a_battery_at_rest() -> None:
    host = Host(0.5)
    true = host.pack.read(host.t)
    assert host.get(802, "V") == pytest.approx(true.voltage, rel=6e-3)
    assert host.get(802, "SoC") == pytest.approx(50.0, abs=5.0)
    assert host.get(713, "SoC") == host.get(802, "SoC")
    assert host.get(802, "SoH") == pytest.approx(97.0, abs=2.1)
    assert host.get(802, "A") == pytest.approx(0.0, abs=0.15)
    assert host.get(802, "CellVMax") == pytest.approx(true.cells.max(), abs=0.01)
    assert (host.get(802, "State"), host.get(802, "ChaSt")) == (3, 6)
    assert (host.get(701, "InvSt"), host.get(103, "St")) == (7, 8)
    assert host.get(701, "LNV") == pytest.approx(230.0, rel=6e-3)
    assert host.get(701, "Hz") == 50.0


def test_discharge_for_an_hour() -> None:
    host = Host(0.8)
    before = host.pack.state_of_charge(host.t)
    host.put(704, "WSet", 5000)
    host.put(704, "WSetMod", 1)
    host.put(704, "WSetEna", 1)
    host.run(host.t + 3600.0)
    power = host.get(701, "W")
    assert power == pytest.approx(5000.0, rel=0.015)
    assert (host.get(701, "InvSt"), host.get(802, "ChaSt")) == (3, 3)
    assert host.get(701, "TotWhInj") == pytest.approx(5000.0, rel=2e-3)
    assert host.get(802, "W") == pytest.approx(5000 / 0.97, rel=0.03)
    after = host.pack.state_of_charge(host.t)
    assert host.get(802, "SoC") == pytest.approx(100 * after, abs=6.0)
    assert before - after == pytest.approx(5000 / 0.97 / 365 / 48.5, rel=0.05)


def test_charging_by_percent_is_negative_and_absorbs() -> None:
    host = Host(0.5)
    for name, raw in (("WSetPct", -300), ("WSetMod", 0), ("WSetEna", 1)):
        assert host.put(704, name, raw)[0] == 16
    host.run(host.t + 600.0)
    assert host.get(701, "W") == pytest.approx(-3000.0, rel=0.02)
    assert host.get(802, "A") < -7.0 and host.get(802, "ChaSt") == 4
    assert host.get(701, "TotWhAbs") == pytest.approx(500.0, rel=0.01)


def test_the_battery_ends_the_discharge_at_its_reserve() -> None:
    host = Host(0.2)
    host.put(704, "WSet", 10000)
    host.put(704, "WSetMod", 1)
    host.put(704, "WSetEna", 1)
    host.run(host.t + 1200.0)
    assert host.get(701, "InvSt") == 4
    host.run(host.t + 3 * 86400.0)
    assert host.get(802, "SoC") == pytest.approx(5.0, abs=0.3)
    assert host.get(802, "ADisChaMax") == pytest.approx(0.0, abs=2.0)


def test_a_setting_reverts() -> None:
    host = Host()
    host.put(704, "WSetMod", 1)
    host.put(704, "WSetRvrt", 0)
    host.put(704, "WSetRvrtTms", 60)
    host.put(704, "WSet", 2000)
    host.put(704, "WSetEna", 1)
    host.run(host.t + 30.0)
    assert host.get(701, "W") == pytest.approx(2000, rel=0.02)
    assert host.get(704, "WSetRvrtRem") == pytest.approx(30.0, abs=2.0)
    host.run(host.t + 31.0)
    assert host.get(701, "W") == 0.0 and host.get(704, "WSetEna") == 0


def test_an_outage_stops_it() -> None:
    host = Host()
    host.put(704, "WSet", 2000)
    host.put(704, "WSetEna", 1)
    host.mains.fail(host.t + 10.0)
    host.run(host.t + 20.0)
    assert host.get(701, "W") == 0.0
    assert (host.get(701, "InvSt"), host.get(701, "ConnSt")) == (7, 0)


def test_disconnect_and_connect() -> None:
    host = Host()
    host.put(802, "SetOp", 2)
    assert (host.get(802, "State"), host.get(803, "NStrCon")) == (1, 0)
    host.put(802, "SetOp", 1)
    assert host.get(802, "State") == 2
    host.run(host.t + PRECHARGE)
    assert host.get(802, "State") == 3


def test_a_lost_heartbeat_opens_the_contactor_until_it_is_reset() -> None:
    host = Host()
    for count in range(5):
        host.put(802, "CtrlHb", count)
        host.run(host.t + 1.0)
    assert host.get(802, "State") == 3
    host.run(host.t + HEARTBEAT)
    assert host.get(802, "State") == 99 and int(host.get(802, "Evt1")) & 1
    host.put(802, "AlmRst", 1)
    assert host.get(802, "State") == 99
    host.put(802, "CtrlHb", 6)
    host.put(802, "AlmRst", 1)
    assert host.get(802, "State") == 1
    host.put(802, "SetOp", 1)
    host.run(host.t + PRECHARGE)
    assert host.get(802, "State") == 3
    first = host.get(802, "Hb")
    host.run(host.t + 1.0)
    assert host.get(802, "Hb") > first


def test_refusals() -> None:
    host = Host()
    assert host.put(704, "WSet", 20000) == b"\x90\x03"
    assert host.put(802, "SoC", 1) == b"\x90\x02"
    assert host.put(704, "VarSetEna", 1) == b"\x90\x02"
    at, _ = host.where(704, "WSet")
    assert host.call(struct.pack(">BHH", 6, at, 1)) == b"\x86\x02"
    assert host.call(struct.pack(">BHH", 3, 0, 2)) == b"\x83\x02"
    assert host.call(struct.pack(">BHH", 3, BASE, 126)) == b"\x83\x03"
    end = max(start + length for start, length in host.starts.values())
    assert host.words(end, 2) == [0xFFFF, 0]
    assert host.call(struct.pack(">BHH", 3, end, 3)) == b"\x83\x02"
    assert host.call(struct.pack(">BHHBHH", 16, end - 2, 2, 4, 1, 1)) == b"\x90\x02"


def test_nothing_changes_where_one_point_of_a_block_is_refused() -> None:
    host = Host()
    at, _ = host.where(704, "WSetEna")
    block = struct.pack(">BHHBHHi", 16, at, 4, 8, 1, 1, 99999)
    assert host.call(block) == b"\x90\x03"
    assert host.get(704, "WSetEna") == 0


@settings(derandomize=True, max_examples=25)
@given(st.lists(st.integers(0, 60), max_size=6))
def test_any_split_gives_the_same_answers(cuts: list[int]) -> None:
    talk = b"".join(
        frame(struct.pack(">BBHH", 1, 3, BASE + at, count)) for at, count in ((0, 4), (70, 9))
    )
    whole, split = Host(), Host()
    whole.send(talk)
    for piece in pieces(talk, cuts):
        split.send(piece)
    assert split.run(split.t + 2.0) == whole.run(whole.t + 2.0) != b""


def test_random_frames() -> None:
    dice = random.Random(5)
    host = Host()
    for _ in range(2000):
        address = BASE + dice.randrange(0, 760) if dice.random() < 0.9 else dice.randrange(65536)
        function = dice.choice((3, 4, 6, 16, dice.randrange(256)))
        content = struct.pack(">BBH", 1, function, address) + dice.randbytes(2)
        if function == 16:
            count = dice.randrange(1, 6)
            content = content[:4] + struct.pack(">HB", count, 2 * count) + dice.randbytes(2 * count)
        host.send(frame(content) if dice.random() < 0.9 else dice.randbytes(9))
        host.run(host.t + 0.1)
    assert host.words(BASE, 2) == [0x5375, 0x6E53]
