from __future__ import annotations

from math import pi

import pytest

from sim_backends.emulators.new_era.ne1000 import EMULATOR
from sim_backends.emulators.new_era.numbers import OutOfRange, number, shown
from sim_backends.models.syringe import Syringe
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Talk

BORE = 14.43e-3


class Host(Talk):
    def __init__(self, *, seed: int = 1, alarm: bool = False, address: int = 0) -> None:
        self.syringe = Syringe(BORE)
        rng = stream(seed, "ne1000")
        super().__init__(EMULATOR(self.syringe, serial="SIM-1", rng=rng, address=address))
        if not alarm:
            assert self.question(f"{address}") == "A?R"

    def question(self, text: str) -> str:
        answer = self.answer(text.encode("ascii") + b"\r", 1.0).decode("ascii")
        if not answer:
            return ""
        assert answer[0] == "\x02" and answer[-1] == "\x03" and answer[1:3].isdigit()
        return answer[3:-1]

    def tell(self, *commands: str) -> None:
        for command in commands:
            assert "?" not in self.question(command)


def test_power_on_alarm_is_told_once() -> None:
    host = Host(alarm=True)
    assert host.question("DIA 10") == "A?R"
    assert host.question("DIA") == "S26.59"
    assert host.question("") == "S"
    assert host.question("ver") == "SNE1000V3.928"


def test_a_pump_answers_to_its_address_alone() -> None:
    host = Host(address=7)
    assert host.answer(b"07DIA\r", 1.0) == b"\x0207S26.59\x03"
    assert host.answer(b"06DIA\r", 1.0) == b""


@pytest.mark.parametrize("seed", range(5))
def test_a_volume_is_delivered_at_its_rate_within_one_percent(seed: int) -> None:
    host = Host(seed=seed)
    host.tell("DIA 14.43", "RAT 2.5 MM", "VOL 5", "DIR INF")
    assert host.question("RUN") == "I"
    host.run(host.t + 60.0)
    assert host.question("DIS").startswith("II2.5")
    assert host.syringe.flow() == pytest.approx(2.5e-6 / 60, rel=0.0101)
    host.run(host.t + 70.0)
    assert host.question("") == "S"
    assert host.question("DIS") == "SI5.000W0.000ML"
    assert host.syringe.delivered(host.t) == pytest.approx(5e-6, rel=0.0101)
    assert host.syringe.flow() == 0.0


def test_true_errors_differ_from_pump_to_pump() -> None:
    flows = set()
    for seed in range(4):
        host = Host(seed=seed)
        host.tell("DIA 14.43", "RAT 1 MM", "RUN")
        flows.add(host.syringe.flow())
    assert len(flows) == 4


def test_paused_goes_on_and_stopped_begins_anew() -> None:
    host = Host()
    host.tell("DIA 20", "RAT 6 MM", "VOL 1", "RUN")
    host.run(host.t + 5.0)
    assert host.question("STP") == "P"
    done = host.question("DIS")
    host.run(host.t + 30.0)
    assert host.question("DIS") == "P" + done[1:]
    assert host.question("RUN") == "I"
    host.run(host.t + 6.0)
    assert host.question("DIS") == "SI1.000W0.000ML"
    host.tell("RUN")
    assert host.question("STP") == "P" and host.question("STP") == "S"
    assert host.question("STP") == "S?NA"
    host.tell("CLD INF", "CLD WDR")
    assert host.question("DIS") == "SI0.000W0.000ML"


def test_drawing_back_counts_by_itself() -> None:
    host = Host()
    host.tell("DIA 20", "RAT 6 MM", "DIR WDR", "RUN")
    host.run(host.t + 10.0)
    assert host.question("DIR REV") == "I"
    assert host.syringe.flow() > 0.0
    host.tell("STP")
    infused, withdrawn = host.question("DIS")[2:].removesuffix("ML").split("W")
    assert float(withdrawn) == pytest.approx(1.0, abs=0.05) and float(infused) > 0.0


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("XYZ", "S?"),
        ("RAT 12345 MH", "S?OOR"),
        ("RAT 9999 MM", "S?OOR"),
        ("RAT 1 XX", "S?"),
        ("RUN", "S?NA"),
        ("DIR UP", "S?"),
        ("VOL 1 L", "S?"),
        ("DIA 80", "S?OOR"),
        ("CLD ALL", "S?"),
        ("DIS 1", "S?"),
    ],
)
def test_what_is_refused(command: str, answer: str) -> None:
    assert Host().question(command) == answer


def test_what_is_refused_while_it_pumps() -> None:
    host = Host()
    host.tell("DIA 20", "RAT 100 MH", "VOL 5", "RUN")
    for command in ("DIA 10", "VOL 1", "RAT 1 MM", "DIR WDR", "CLD INF", "RUN"):
        assert host.question(command) == "I?NA"
    assert host.question("RAT 200") == "I" and host.question("RAT") == "I200.0MH"


def test_units_of_volume_follow_the_diameter() -> None:
    host = Host()
    host.tell("DIA 4.7", "VOL 50")
    assert host.question("VOL") == "S50.00UL"
    host.tell("VOL ML")
    assert host.question("VOL") == "S50.00ML"
    fastest = 5.1005e-2 / 60 * pi / 4 * 4.7e-3**2 * 3600 * 1e6
    assert host.question(f"RAT {fastest * 0.99:.1f} MH") == "S"
    assert host.question(f"RAT {fastest * 1.01:.1f} MH") == "S?OOR"


def test_numbers_have_four_digits() -> None:
    assert [shown(v) for v in (0.5, 26.59, 100.0, 1699.0)] == ["0.500", "26.59", "100.0", "1699."]
    assert number(".5") == 0.5 and number("1000.") == 1000.0
    for text in ("12345", "1.2345", "", ".", "1e3"):
        with pytest.raises(OutOfRange):
            number(text)
