from __future__ import annotations

import re

import pytest

from sim_backends.emulators.mettler_toledo.mt_sics import ADJUSTING, EMULATOR
from sim_backends.models.weighing_pan import WeighingPan
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Talk


class Host(Talk):
    def __init__(self, grams: float = 100.0, seed: int = 1) -> None:
        self.pan = WeighingPan(grams * 1e-3)
        super().__init__(EMULATOR(self.pan, serial="SIM-7", rng=stream(seed, "balance")))

    def query(self, command: str, patience: float = 60.0) -> str:
        answer = self.answer(command.encode("latin-1") + b"\r\n", patience).decode("ascii")
        assert not answer or answer.endswith("\r\n")
        return answer.removesuffix("\r\n")

    def grams(self, command: str = "SI") -> tuple[str, float]:
        match = re.fullmatch(r"(\w+ [SD]) ([ \d.-]{10}) g", self.query(command))
        assert match is not None
        return match.group(1), float(match.group(2))


def test_it_tells_what_it_is() -> None:
    host = Host()
    assert host.query("I1") == 'I1 A "01" "2.30" "2.22" "2.33" "2.20"'
    assert host.query("I2") == 'I2 A "XS204 Excellence 220.0090 g"'
    assert host.query("I4") == 'I4 A "SIM-7"'
    assert host.query("@") == 'I4 A "SIM-7"'
    host.send(b"I0\r\n")
    rows = host.run(host.t + 2.0).decode("ascii").splitlines()
    assert rows[0] == 'I0 B 0 "I0"' and rows[-1] == 'I0 A 2 "M21"' and len(rows) == 22


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_load_at_rest_is_weighed_at_once(seed: int) -> None:
    host = Host(100.0, seed)
    head, grams = host.grams("S")
    assert head == "S S" and grams == pytest.approx(100.0, abs=1.2e-3)
    assert host.t < 0.1
    assert host.grams("SI")[0] == "S S"


def test_a_stable_value_is_waited_for_and_a_dynamic_one_is_not() -> None:
    host = Host(0.0)
    host.run(10.0)
    host.pan.put(0.05, host.t)
    head, early = host.grams("SI")
    assert head == "S D" and early < 49.0
    began = host.t
    head, grams = host.grams("S")
    assert head == "S S" and grams == pytest.approx(50.0, abs=1e-3)
    assert 2.0 < host.t - began < 6.0


def test_while_it_waits_it_does_nothing_else() -> None:
    host = Host(0.0)
    host.pan.pour(1e-4, 1.0)
    host.send(b"S\r\n")
    host.run(2.0)
    assert host.query("SI", 1.0) == "S I" and host.query("Z", 1.0) == "Z I"
    assert host.query("@", 1.0) == 'I4 A "SIM-7"'
    assert host.query("SI", 1.0).startswith("S D")


def test_without_stability_a_command_gives_up() -> None:
    host = Host(0.0)
    host.run(1.0)
    host.pan.pour(1e-5, 1.0)
    began = host.t
    assert host.query("S", 100.0) == "S I"
    assert host.t - began == pytest.approx(40.0, abs=0.1)


def test_overload_and_underload() -> None:
    host = Host(0.0)
    host.pan.put(0.23, 1.0)
    host.run(20.0)
    assert host.query("S") == "S +" and host.query("SI") == "S +" and host.query("T") == "T +"
    host.pan.put(-0.25, host.t)
    host.run(40.0)
    assert host.query("S") == "S -" and host.query("SI") == "S -"


def test_tare() -> None:
    host = Host(50.0)
    head, tare = host.grams("T")
    assert head == "T S" and tare == pytest.approx(50.0, abs=1e-3)
    assert host.grams()[1] == pytest.approx(0.0, abs=5e-4)
    assert host.query("TA") == f"TA A {tare:>10.4f} g"
    assert host.query("TA 12.5 g") == "TA A    12.5000 g"
    assert host.grams()[1] == pytest.approx(37.5, abs=2e-3)
    assert host.query("TAC") == "TAC A"
    assert host.grams()[1] == pytest.approx(50.0, abs=1e-3)
    host.pan.put(0.01, host.t)
    assert host.query("TI").startswith("TI D ")


def test_zero() -> None:
    host = Host(1.0)
    assert host.query("Z") == "Z A"
    assert host.grams()[1] == pytest.approx(0.0, abs=5e-4)
    host.pan.put(1e-3, host.t)
    assert host.query("ZI") == "ZI D"
    host.pan.put(0.1, host.t)
    assert host.query("Z") == "Z +"


def test_values_keep_coming_until_another_command() -> None:
    host = Host()
    host.send(b"SIR\r\n")
    rows = host.run(host.t + 1.05).decode("ascii").splitlines()
    assert 9 <= len(rows) <= 12 and all(row.startswith("S S ") for row in rows)
    host.query("SI")
    assert host.run(host.t + 1.0) == b""


def test_values_on_change() -> None:
    host = Host(10.0)
    host.send(b"SR\r\n")
    assert host.run(host.t + 3.0).startswith(b"S S    10.00")
    host.pan.put(0.02, host.t)
    rows = host.run(host.t + 8.0).decode("ascii").splitlines()
    assert [row[:3] for row in rows] == ["S D", "S S"]
    assert float(rows[1][4:14]) == pytest.approx(30.0, abs=1e-3)
    host.emulator.clear(host.t)
    assert host.emulator.due() is None


def test_units() -> None:
    host = Host(100.0)
    assert host.query("M21 0 1") == "M21 A"
    assert re.fullmatch(r"S S  0\.\d{7} kg", host.query("S"))
    assert host.query("TA 0.05 kg") == "TA A  0.0500000 kg"
    host.send(b"M21\r\n")
    assert host.run(host.t + 1.0) == b"M21 B 0 1\r\nM21 A 1 0\r\n"


def test_the_internal_adjustment() -> None:
    assert Host(100.0).query("C3") == "C3 I"
    host = Host(0.0)
    assert host.query("C3") == "C3 B"
    assert host.query("S", 1.0) == "S I"
    began = host.t
    assert host.run(began + ADJUSTING + 1.0) == b"C3 A\r\n"


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("s", "ES"),
        ("Q", "ES"),
        ("S 1", "EL"),
        ("TA x g", "TA L"),
        ("TA 5 oz", "TA L"),
        ("TA 500 g", "TA L"),
        ("M21 0 9", "M21 L"),
        ("D text", "D L"),
        ('D "text"', "D A"),
        ("DW", "DW A"),
        ("\xe4", "ET"),
    ],
)
def test_what_cannot_be_done(command: str, answer: str) -> None:
    assert Host().query(command) == answer


def test_power_on_zeroes_and_tells_the_serial_number() -> None:
    host = Host(20.0)
    host.emulator.power_on(5.0)  # type: ignore[attr-defined]
    assert host.run(6.0) == b'I4 A "SIM-7"\r\n'
    assert host.grams()[1] == pytest.approx(0.0, abs=5e-4)
