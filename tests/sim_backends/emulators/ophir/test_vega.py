from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.emulators.ophir.vega import EMULATOR
from sim_backends.emulators.ophir.vega_head import printed
from sim_backends.models.reference.photodiode import responsivity
from sim_backends.models.reference.steady_beam import SteadyBeam
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Talk, pieces


def display(beam: SteadyBeam | None = None, seed: int = 1) -> Talk:
    light = beam or SteadyBeam(1e-3, 635e-9)
    return Talk(EMULATOR(light, serial="SIM-9", rng=stream(seed, "vega")))


def ask(talk: Talk, command: str) -> str:
    answer = talk.answer(command.encode("ascii") + b"\r\n", 1.0).decode("ascii")
    assert answer.endswith("\r\n")
    return answer.removesuffix("\r\n")


def power(talk: Talk) -> float:
    return float(ask(talk, "$SP").removeprefix("*"))


def test_who_it_is_and_which_head() -> None:
    talk = display()
    assert ask(talk, "$HI") == "*SI SIM-9-H PD300 00000003"
    assert ask(talk, "$HP") == "*"
    assert ask(talk, "$II") == "*VEGA SIM-9 VEGA" and ask(talk, "$si") == "*W"


def test_numbers_have_the_digits_of_their_range() -> None:
    assert printed(1.0023e-3, 3e-3) == " 1.002E-3" and printed(12.344e-3, 30e-3) == " 12.34E-3"
    assert printed(250.04e-6, 300e-6) == " 250.0E-6" and printed(-1e-12, 30e-9) == "-0.00E-9"


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("watts", [2e-8, 5e-6, 1e-3, 20e-3])
def test_power_is_true_within_the_data_sheet(watts: float, seed: int) -> None:
    assert power(display(SteadyBeam(watts, 635e-9), seed)) == pytest.approx(watts, rel=0.0345)


def test_wavelengths_by_place_and_by_value() -> None:
    talk = display()
    # As pylablib takes them: mode, shortest, longest, active place (from 1), places or NONE.
    assert ask(talk, "$AW") == "*CONTINUOUS 350 1100 2 488 635 850 980 1064 NONE"
    right = power(talk)
    assert ask(talk, "$WI3") == "*"
    assert power(talk) / right == pytest.approx(responsivity(635) / responsivity(850), rel=3e-3)
    assert ask(talk, "$WL532") == "*"
    assert ask(talk, "$AW") == "*CONTINUOUS 350 1100 3 488 635 532 980 1064 NONE"
    for command in ("$WL1550", "$WI6", "$WI0", "$WLabc", "$WL"):
        assert ask(talk, command) == "?BAD PARAM", command


def test_ranges_and_overload() -> None:
    talk = display()
    assert ask(talk, "$AR") == "*-1 dBm AUTO 30.0mW 3.00mW 300uW 30.0uW 3.00uW 300nW 30.0nW"
    assert ask(talk, "$WN2") == "*" and ask(talk, "$RN") == "*2"
    assert ask(talk, "$SP") == "*OVER"
    assert ask(talk, "$WN0") == "*" and len(ask(talk, "$SP")) == len("* 1.00E-3")
    assert ask(talk, "$WN7") == "?BAD PARAM" and ask(talk, "$WN-1") == "*"
    assert power(talk) == pytest.approx(1e-3, rel=0.035)
    assert ask(display(SteadyBeam(0.1, 635e-9)), "$SP") == "*OVER"


def test_the_filter_that_is_not_there_makes_readings_ten_times_too_large() -> None:
    talk = display()
    right = power(talk)
    assert ask(talk, "$FQ") == "*1 OUT IN" and ask(talk, "$FQ2") == "*2 OUT IN"
    assert ask(talk, "$AR").startswith("*-1 dBm AUTO 300mW 30.0mW")
    assert power(talk) == pytest.approx(10 * right, rel=5e-3)


def test_zero_needs_a_dark_head() -> None:
    beam = SteadyBeam(1e-3, 635e-9)
    talk = display(beam)
    assert ask(talk, "$ZQ") == "*ZEROING NOT STARTED"
    for state in ("FAILED", "COMPLETED"):
        assert ask(talk, "$ZE") == "*" and ask(talk, "$ZQ") == "*ZEROING IN PROGRESS"
        talk.run(talk.t + 30.0)
        assert ask(talk, "$ZQ") == f"*ZEROING {state}"
        beam.blocked = True
    assert abs(power(talk)) < 3e-11
    assert ask(talk, "$ZE") == "*" and ask(talk, "$ZA") == "*"
    assert ask(talk, "$ZQ") == "*ZEROING NOT STARTED"


def test_what_a_photodiode_cannot_do_and_what_is_no_command() -> None:
    talk = display()
    assert {ask(talk, name) for name in ("$SE", "$SF", "$EF")} == {"?NOT MEASURING ENERGY"}
    assert ask(talk, "$XX") == "?UC" and ask(talk, "SP") == "?UC"
    talk.send(b"$WL5")
    talk.emulator.clear(talk.t)
    assert ask(talk, "$RE") == "*" and ask(talk, "$AW").split()[3] == "2"


def test_an_answer_takes_the_time_of_its_bytes() -> None:
    talk = display()
    began = talk.t
    ask(talk, "$AR")
    assert talk.t - began > 60 * 10 / 9600


@settings(max_examples=30, derandomize=True, deadline=None)
@given(st.lists(st.integers(0, 60), max_size=8))
def test_any_split_gives_the_same_answers(cuts: list[int]) -> None:
    script = b"$HI\r\n$SP\r$WL532\n$AW\r\n$FOO\r\n$AR\r\n"
    whole, split = display(), display()
    whole.send(script)
    for piece in pieces(script, cuts):
        split.send(piece)
    assert split.run(5.0) == whole.run(5.0) != b""


def test_random_bytes_never_break_it() -> None:
    dice, talk = random.Random(5), display()
    words = [b"$SP", b"$WL", b"635", b"$WN", b"-1", b"$ZE", b"$FQ", b"2", b"\r", b"\n", b"$"]
    for _ in range(500):
        talk.send(b"".join(dice.choices(words, k=4)) + dice.randbytes(2) + b"\r")
        talk.run(talk.t + 0.2)
    talk.emulator.clear(talk.t)
    assert ask(talk, "$RE") == "*" and power(talk) == pytest.approx(1e-3, rel=0.035)
