from __future__ import annotations

import re

import pytest

from sim_backends.emulators.alicat.mc import EMULATOR
from sim_backends.models.gas_line import GasLine
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Talk


class Host(Talk):
    def __init__(self, most: float = 5e-4, *, totalizer: bool = False) -> None:
        line = GasLine("N2", most, 250e3, 23.0)
        device = EMULATOR(line, serial="SIM-6", rng=stream(1, "mc"), totalizer=totalizer)
        super().__init__(device)

    def query(self, command: str, wait: float = 0.5) -> str:
        answer = self.answer(command.encode("ascii") + b"\r", 1.0).decode("ascii")
        self.run(self.t + wait)
        return answer.removesuffix("\r")

    def flow(self) -> float:
        return float(self.query("A").split()[4])


def test_a_frame_has_the_set_point() -> None:
    host = Host()
    frame = host.query("A")
    assert re.fullmatch(r"A( [+-][\d.]{6}){5}     N2", frame)
    assert frame.split()[5] == "+00.000" and host.flow() == pytest.approx(0.0, abs=0.05)


def test_the_flow_follows_the_set_point() -> None:
    host = Host()
    at_once = host.query("AS5.5", 3.0)
    assert at_once.split()[5] == "+05.500" and float(at_once.split()[4]) < 1.0
    assert host.flow() == pytest.approx(5.5, abs=0.03)
    assert host.query("AS 7", 3.0).split()[5] == "+07.000"
    assert host.query("ALS") == "A +07.000 +07.000 7 SLPM"
    assert host.query("ALS 3.25", 3.0) == "A +03.250 +03.250 7 SLPM"
    assert host.flow() == pytest.approx(3.25, abs=0.03)
    assert host.query("A32000", 3.0).split()[5] == "+10.000"
    assert host.query("AS 99").split()[5] == "+20.000"
    for command in ("AS -1", "AS", "ALS -2", "AS x", "ALV 36", "AW122=34"):
        assert host.query(command) == "?"


def test_a_ramp() -> None:
    host = Host()
    assert host.query("ASR 60 5") == "A 60.0 7 5 SLPM/m"
    assert host.query("ASR") == "A 60.0 7 5 SLPM/m"
    host.query("AS 10", 0.0)
    began = host.t
    host.run(began + 4.0)
    assert float(host.query("ALS").split()[1]) == pytest.approx(4.0, abs=0.1)
    assert host.query("ALS").split()[2] == "+10.000"
    assert host.query("ASR 0.655 4") == "A 0.655 7 4 SLPM/s"
    assert host.query("ASR 0 4") == "A 0.0 7 4 SLPM/s"
    assert host.query("ASR 1 9") == "?" and host.query("ASR 1") == "?"


def test_the_valve_is_held_and_let_go() -> None:
    host = Host()
    host.query("AS 8", 3.0)
    drive = host.query("AVD")
    assert re.fullmatch(r"A \+0\d\d\.\d\d( \+000\.00){3}", drive)
    assert host.query("AHP").endswith(" HLD")
    host.query("AS 2", 3.0)
    assert host.flow() == pytest.approx(8.0, abs=0.05)
    assert host.query("AHC", 3.0).endswith(" HLD")
    assert host.flow() == pytest.approx(0.0, abs=0.05)
    assert "HLD" not in host.query("AC", 3.0)
    assert host.flow() == pytest.approx(2.0, abs=0.03)
    assert host.query("A$$H").endswith(" HLD") and host.query("AHX") == "?"


def test_a_weak_line_leaves_the_flow_below_the_set_point() -> None:
    host = Host(1e-4)
    host.query("AS 15", 5.0)
    # 1e-4 m3/s in the normal state are 6.549 SLPM.
    assert host.flow() == pytest.approx(6.549, abs=0.07)
    assert host.query("AVD").split()[1] == "+100.00"


def test_registers_and_modes() -> None:
    host = Host()
    assert host.query("AR122") == "A 122 = 37" and host.query("AW122=37") == "A 122 = 37"
    assert host.query("A$$w21=300") == "A 021 = 300" and host.query("A$$r21") == "A 021 = 300"
    assert host.query("ALSS") == "A S" and host.query("ALV") == "A 37"
    assert host.query("A$$R46") == "A 046 = 8"


def test_power_on_shuts_the_valve() -> None:
    host = Host()
    host.query("AG 1")
    host.query("AS 5", 3.0)
    host.emulator.power_on(host.t)  # type: ignore[attr-defined]
    frame = host.query("A")
    assert frame.split()[5:] == ["+00.000", "Ar"]
    assert float(frame.split()[4]) == pytest.approx(0.0, abs=0.05)


def test_the_totalizer_counts_what_is_shown() -> None:
    host = Host(totalizer=True)
    host.query("AS 6", 5.0)
    host.query("AT")
    host.run(host.t + 600.0)
    assert float(host.query("A").split()[6]) == pytest.approx(60.0, rel=0.01)
