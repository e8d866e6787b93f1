from __future__ import annotations

import re

import pytest

from sim_backends.emulators.alicat.element import LITRES, STANDARD
from sim_backends.emulators.alicat.m import EMULATOR
from sim_backends.models.gas_line import NORMAL_TEMPERATURE, GasLine
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Talk

FRAME = r"A \+\d{3}\.\d\d \+\d{3}\.\d\d [+-]\d\d\.\d{3} [+-]\d\d\.\d{3}     N2"


class Host(Talk):
    def __init__(self, flow: float = 5.0, *, totalizer: bool = False) -> None:
        normal = flow / LITRES * NORMAL_TEMPERATURE / STANDARD
        line = GasLine("N2", normal, 250e3, 23.0)
        meter = EMULATOR(line, serial="SIM-5", rng=stream(1, "m"), totalizer=totalizer)
        super().__init__(meter)

    def query(self, command: str) -> list[str]:
        self.send(command.encode("ascii") + b"\r")
        answer = self.run(self.t + 3.0).decode("ascii")
        assert not answer or answer.endswith("\r")
        return answer.split("\r")[:-1]


def test_a_poll_has_the_captured_form() -> None:
    host = Host()
    (frame,) = host.query("A")
    assert re.fullmatch(FRAME, frame)
    assert float(frame.split()[4]) == pytest.approx(5.0, abs=0.06)
    assert host.query("a") and host.query("*")[0].startswith("A +")


def test_only_its_own_letter_is_answered() -> None:
    host = Host()
    assert host.query("B") == [] and host.query("") == [] and host.query("??M*") == []


def test_identity_and_tables() -> None:
    host = Host()
    assert host.query("AVE") == ["A   10v20.0-R24 Jan  9 2025,15:04:07"]
    rows = host.query("A??M*")
    assert rows[4:6] == ["A  M04 Model Number M-20SLPM-D", "A  M05 Serial Number SIM-5"]
    assert host.query("A??M9") == ["A  M09 Software Revision 10v20.0-R24"]
    assert host.query("A??D*")[1].startswith("A D01 700 Unit ID")
    assert host.query("A??G*")[8] == "A G08       N2"
    assert host.query("A??X*") == ["?"] and host.query("A??M77") == ["?"]


def test_gas() -> None:
    host = Host()
    assert host.query("AG 1")[0].endswith("     Ar")
    assert host.query("A$$R46") == ["A 046 = 1"]
    assert host.query("A$$W46=8") == ["A 046 = 8"]
    assert host.query("AGS") == ["A 8 N2 Nitrogen"]
    assert host.query("AGS 4 1") == ["A 4 CO2 Carbon Dioxide"]
    for command in ("AG 99", "AG", "AGM X 236 50 8 50 4", "AW46=500", "AR46=1", "AR999"):
        assert host.query(command) == ["?"]


def test_a_meter_does_not_answer_a_controllers_commands() -> None:
    host = Host()
    for command in ("AS5", "AS 5.0", "ALS", "ALS 3", "AHC", "AHP", "AC", "A32000", "AVD", "ASR"):
        assert host.query(command) == []


def test_refusals() -> None:
    host = Host()
    for command in ("AXYZ", "ANCS x", "AFPF 99", "AT", "A@=12"):
        assert host.query(command) == ["?"]
    assert host.query("AFPF 5") == ["A +20.000 7 SLPM"] and host.query("ADCU 2") == ["A 10 PSIA"]


def test_streaming_has_no_letter_and_its_interval() -> None:
    host = Host()
    assert host.query("ANCS 100") == ["A 100"]
    assert host.query("AW91=200") == ["A 091 = 200"]
    frames = host.query("A@=@")
    assert 13 <= len(frames) <= 15
    assert all(re.fullmatch(" " + FRAME[2:], frame) for frame in frames)
    host.send(b"A\r")
    host.send(b"@@=B\r")
    host.run(host.t + 0.5)
    assert host.run(host.t + 5.0) == b"" and host.emulator.due() is None
    assert host.query("B")[0].startswith("B +")


def test_a_new_letter_is_kept() -> None:
    host = Host()
    assert host.query("A@=C")[0].startswith("C +")
    assert host.query("A") == [] and len(host.query("C")) == 1


def test_flags() -> None:
    host = Host(30.0)
    assert host.query("A")[0].endswith("    N2 MOV")
    assert host.query("AL")[0].endswith(" MOV LCK")
    assert host.query("AU")[0].endswith(" MOV")


def test_tare() -> None:
    host = Host(0.0)
    host.query("AV")
    assert float(host.query("A")[0].split()[4]) == pytest.approx(0.0, abs=0.02)


def test_the_totalizer_counts_and_is_reset() -> None:
    host = Host(6.0, totalizer=True)
    assert float(host.query("AT")[0].split()[5]) == pytest.approx(0.0, abs=0.01)
    host.run(host.t + 600.0)
    assert float(host.query("A")[0].split()[5]) == pytest.approx(60.0, rel=0.02)
