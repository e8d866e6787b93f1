from __future__ import annotations

import pytest

from sim_backends.emulators.newport.esp301 import EMULATOR
from sim_backends.models.linear_axis import LinearAxis
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Talk


class Host(Talk):
    def __init__(self, position: float = 0.0, *, on: bool = True, seed: int = 1) -> None:
        self.axis = LinearAxis(position)
        super().__init__(EMULATOR(self.axis, serial="SIM-3", rng=stream(seed, "esp301")))
        if on:
            self.tell("1MO")

    def tell(self, text: str) -> None:
        self.send(text.encode("ascii") + b"\r")

    def question(self, text: str, patience: float = 1.0) -> str:
        answer = self.answer(text.encode("ascii") + b"\r", patience).decode("latin-1")
        assert not answer or answer.endswith("\r\n")
        return answer.removesuffix("\r\n")

    def position(self) -> float:
        return float(self.question("1TP?"))

    def finish(self) -> None:
        while self.question("1MD?") == "0":
            self.run(self.t + 0.1)


def test_identity() -> None:
    host = Host()
    assert host.question("VE?").startswith("ESP301 Version ")
    assert host.question("1ID?") == "UTS100CC, SIM-3"
    assert host.question("2ID?") == "Unknown"


def test_a_move_follows_its_profile() -> None:
    host = Host()
    host.tell("1VA10;1AC20;1AG20")
    host.tell("1PA20")
    assert host.question("1MD?") == "0"
    host.run(1.0)
    assert host.question("TS") == "Q" and host.question("TX") == "P"
    assert float(host.question("1TV?")) == pytest.approx(10.0)
    host.run(2.4)
    assert host.question("1MD?") == "0"
    host.run(2.6)
    assert host.question("1MD?") == "1" and host.question("TS") == "P"
    assert host.position() == pytest.approx(20.0, abs=2e-4)
    assert host.axis.position(host.t) == pytest.approx(0.02, rel=5e-5)
    host.tell("1PR-5")
    host.finish()
    assert host.position() == pytest.approx(15.0, abs=2e-4)
    assert host.question("1PA?") == "15.0000" and host.question("TE?") == "0"


def test_a_wait_holds_back_what_comes_after() -> None:
    host = Host()
    host.tell("1PA10;1WS100;1TP?")
    assert host.run(0.5) == b""
    assert host.question("", 5.0) == "10.0000"
    assert host.t > 0.6
    began = host.t
    host.tell("WT500")
    assert host.question("1MD?", 2.0) == "1" and host.t - began > 0.5


def test_stop_brakes() -> None:
    host = Host()
    host.tell("1VA10;1AC20;1AG20;1PA40")
    host.run(1.0)
    host.tell("1ST")
    host.finish()
    # 2.5 mm up, 5 mm at 10 mm/s, 2.5 mm down.
    assert host.position() == pytest.approx(10.0, abs=0.2)
    host.tell("1PA40")
    host.run(host.t + 1.0)
    host.tell("ST")
    host.run(host.t + 1.0)
    assert host.question("1MD?") == "1"


def test_a_new_target_in_motion_is_reached_after_braking() -> None:
    host = Host()
    host.tell("1PA30")
    host.run(0.8)
    host.tell("1PA-5")
    host.finish()
    assert host.position() == pytest.approx(-5.0, abs=2e-4)


@pytest.mark.parametrize("start", [-0.02, 0.013])
@pytest.mark.parametrize("seed", [1, 2])
def test_a_home_search_finds_the_switch(start: float, seed: int) -> None:
    host = Host(start, seed=seed)
    assert host.position() == 0.0
    host.tell("1OR1")
    assert host.question("1PA1") == "" and host.question("TB?").startswith("130, ")
    host.finish()
    assert host.position() == pytest.approx(0.0, abs=2e-4)
    assert host.axis.position(host.t) == pytest.approx(0.0, abs=3e-6)
    host.tell("1PA10")
    host.finish()
    assert host.axis.position(host.t) == pytest.approx(0.01, abs=5e-6)


def test_an_aborted_home_search_is_an_error() -> None:
    host = Host(0.02)
    host.tell("1OR1")
    host.run(0.5)
    host.tell("1ST")
    host.finish()
    assert host.question("TB?").endswith("HOMING ABORTED")


def test_home_at_a_limit_switch() -> None:
    host = Host(0.01)
    host.tell("1OR4")
    host.finish()
    assert host.axis.position(host.t) == pytest.approx(-0.05, abs=1e-6)
    assert host.position() == pytest.approx(0.0, abs=2e-4)
    assert host.question("PH") == "100H, 1H"
    assert host.question("TE?") == "0"


def test_software_limits() -> None:
    host = Host()
    host.tell("1SL-10;1SR10")
    assert host.question("1SR?") == "10.0000"
    host.tell("1PA11")
    host.tell("1PA-11")
    assert host.question("TB?").endswith("POSITIVE SOFTWARE LIMIT DETECTED")
    assert host.question("TB?").endswith("NEGATIVE SOFTWARE LIMIT DETECTED")
    host.tell("1MV+")
    host.finish()
    assert host.position() == pytest.approx(10.0, abs=2e-4)


def test_a_limit_switch_in_the_way_switches_the_motor_off() -> None:
    host = Host(0.04)
    host.tell("1PA30")
    host.finish()
    assert host.question("TB?").endswith("POSITIVE HARDWARE LIMIT DETECTED")
    assert host.question("1MO?") == "0" and host.axis.position(host.t) == 0.05


def test_a_stall_is_a_following_error() -> None:
    host = Host()
    host.axis.block(0.005)
    host.tell("1PA20")
    host.finish()
    assert host.question("TB?").endswith("FOLLOWING ERROR THRESHOLD EXCEEDED")
    assert host.question("1MO?") == "0"
    assert host.position() == pytest.approx(5.0, abs=1e-3)


def test_the_counter_is_set() -> None:
    host = Host()
    host.tell("1PA5;1WS;1DH0")
    host.run(3.0)
    assert host.position() == pytest.approx(0.0, abs=2e-4)
    host.tell("1DH12.5")
    assert host.position() == pytest.approx(12.5, abs=2e-4)


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("XX", 6),
        ("1XX", 6),
        ("hello world", 6),
        ("TP?", 37),
        ("4TP?", 9),
        ("1PA", 38),
        ("1PAx", 101),
        ("1VA41", 110),
        ("1AC1000", 111),
        ("1VA-1", 101),
        ("1OR9", 101),
        ("1SN7", 101),
        ("1SR-60", 101),
        ("2MO", 208),
        ("2PA1", 213),
        ("WT99999999", 7),
        ("1PA" + "0" * 90, 6),
    ],
)
def test_errors(command: str, code: int) -> None:
    host = Host()
    assert host.question(command) == ""
    assert host.question("TE?") == str(code)
    assert host.question("TE?") == "0"


def test_nothing_moves_with_the_motor_off() -> None:
    host = Host(on=False)
    assert host.question("1MO?") == "0" and host.question("TS") == "@"
    host.tell("1PA5")
    assert host.question("TB?").endswith("MOTOR NOT ENABLED")
    host.tell("1MO;1PA5")
    host.run(0.3)
    host.tell("AB")
    assert host.question("1MD?") == "1" and host.question("1MF?") == "0"
    still = host.position()
    host.run(host.t + 5.0)
    assert 0.0 < host.position() == still


def test_case_and_blanks_do_not_count() -> None:
    host = Host()
    host.tell(" 1 pa 2.5 ; ; 1ws")
    assert host.question("1 tp ?", 3.0) == "2.5000"


def test_clear_leaves_the_motion_alone() -> None:
    host = Host()
    host.tell("1PA5;1WS;1TP?")
    host.emulator.clear(0.1)
    host.run(3.0)
    assert host.position() == pytest.approx(5.0, abs=2e-4)
