"""The watchdog of LLP1 instruments, by its page."""

from __future__ import annotations

import pytest

from sim_backends.emulators.llp.bend1 import EMULATOR as BENDER
from sim_backends.emulators.llp.sol1 import EMULATOR as LAMP
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Clamp, Optics, Talk


def lamp() -> tuple[Talk, Optics]:
    optics = Optics()
    talk = Talk(LAMP(optics, serial="SIM-5", rng=stream(1, "sol1")))
    assert talk.llp("LAMP 1") == "OK" and talk.llp("SHUT 1") == "OK"
    return talk, optics


def silent(talk: Talk, seconds: float) -> bytes:
    """What the instrument sends by itself in so many seconds, asked whenever it is due."""
    end, sent = talk.t + seconds, b""
    while (due := talk.emulator.due()) is not None and due <= end:
        talk.t = max(talk.t, due)
        sent += talk.emulator.send(talk.t)
    talk.t = end
    return sent


def test_it_is_off_at_power_on_and_takes_a_time() -> None:
    talk, _ = lamp()
    assert talk.llp("DOG?") == "= 0 0"
    assert talk.llp("DOG 2.5") == "OK" and talk.llp("DOG?") == "= 2.5 0"
    assert talk.llp("DOG 0") == "OK" and talk.llp("DOG?") == "= 0 0"
    assert silent(talk, 1e4) == b"" and talk.llp("LAMP?") == "= 1"


@pytest.mark.parametrize(("asked", "answer"), [("0.5", "!4"), ("3601", "!4"), ("x", "!3")])
def test_what_it_does_not_take(asked: str, answer: str) -> None:
    talk, _ = lamp()
    assert talk.llp(f"DOG {asked}").startswith(answer) and talk.llp("DOG?") == "= 0 0"


def test_it_stops_the_lamp_and_says_nothing() -> None:
    talk, optics = lamp()
    talk.llp("DOG 5")
    assert silent(talk, 4.9) == b"" and optics.calls[-1][:2] == ("shutter", 1.0)
    assert silent(talk, 1.0) == b""
    assert [call[:2] for call in optics.calls[-2:]] == [("emit", 0.0), ("shutter", 0.0)]
    assert talk.llp("DOG?") == "= 0 1"
    assert talk.llp("LAMP?") == "= 0" and talk.llp("SHUT?") == "= 0"


def test_every_line_with_a_right_check_starts_the_time_anew() -> None:
    talk, _ = lamp()
    talk.llp("DOG 5")
    for command in ("DOG?", "LEVEL 1", "NOTHING"):
        silent(talk, 4.0)
        talk.llp(command)
    silent(talk, 4.0)
    assert talk.llp("DOG?") == "= 5 0"


def test_noise_on_the_line_is_not_heard() -> None:
    talk, _ = lamp()
    talk.llp("DOG 5")
    for _ in range(3):
        silent(talk, 2.0)
        talk.emulator.receive(b"LAMP?*00\n", talk.t)
    silent(talk, 0.1)
    assert talk.llp("DOG?") == "= 0 1"


def test_the_bend_in_progress_is_ended_first() -> None:
    talk = Talk(BENDER(Clamp(), serial="SIM-6", rng=stream(1, "bend1")))
    talk.llp("FREQ 0.1")
    talk.llp("RUN 100")
    began = talk.t
    talk.llp("DOG 2")
    assert silent(talk, 3.0) == b""
    assert talk.llp("RUN?") == "= 0" and talk.t == pytest.approx(began + 10.0, abs=0.1)
    assert talk.llp("COUNT?") == "= 1" and talk.llp("DOG?") == "= 0 1"
