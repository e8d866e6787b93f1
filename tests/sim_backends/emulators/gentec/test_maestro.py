from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.emulators.gentec.maestro import EMULATOR, Maestro
from sim_backends.emulators.gentec.maestro_commands import INVALID, UNKNOWN
from sim_backends.models.reference.photodiode import responsivity
from sim_backends.models.reference.steady_beam import SteadyBeam
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Talk, pieces


def monitor(beam: SteadyBeam | None = None, seed: int = 1, **options: bool) -> Talk:
    light = beam or SteadyBeam(5e-3, 1064e-9)
    return Talk(Maestro(light, serial="SIM-42", rng=stream(seed, "maestro"), **options))


def ask(talk: Talk, command: str) -> str:
    """Answer to a command without terminator, its own CR LF taken off."""
    answer = talk.answer(command.encode("ascii"), 1.0).decode("ascii")
    assert not answer or answer.endswith("\r\n")
    return answer.removesuffix("\r\n")


def power(talk: Talk) -> float:
    return float(ask(talk, "*CVU").rpartition(":")[2])


def test_answers_as_the_manual_prints_them() -> None:
    talk = monitor()
    # User's manual rev. 8.1, pages 63, 64, 70: `Range : 10`, `AutoScale : 1`, `Zero : 0`,
    # `User Multiplier : 1`, `User Offset : 0`.
    assert ask(talk, "*GAS") == "AutoScale : 1" and ask(talk, "*GZO") == "Zero : 0"
    assert ask(talk, "*GUM") == "User Multiplier : 1" and ask(talk, "*GUO") == "User Offset : 0"
    talk.send(b"*SCS10")
    assert ask(talk, "*GCR") == "Range : 10" and ask(talk, "*GAS") == "AutoScale : 0"
    assert ask(talk, "*CVU").startswith("Current Value : ")
    assert ask(talk, "*ver") == "MAESTRO Version 1.00.18"
    assert ask(talk, "*ANO1") == "ACK"


def test_scales_as_the_manual_prints_them() -> None:
    from sim_backends.emulators.gentec.maestro_head import printed, scale

    # Page 64, a UP19K: [22] : 100.0 m ... [27] : 30.0.
    assert [printed(i) for i in range(22, 28)] == [
        "[22] : 100.0 m", "[23] : 300 m", "[24] : 1.000", "[25] : 3.00", "[26] : 10.00",
        "[27] : 30.0",
    ]  # fmt: skip
    assert scale(22) == pytest.approx(0.1) and scale(0) == pytest.approx(1e-12)
    talk = monitor()
    talk.send(b"*DVS")
    lines = talk.run(1.0).decode("ascii").split("\r\n")
    assert lines[0] == "[5] : 300 p" and lines[-2] == "[21] : 30.0 m" and len(lines) == 18


def test_status_is_a_table_of_words_with_the_serial_number() -> None:
    talk = monitor()
    talk.send(b"*PWC00532")
    talk.send(b"*STS")
    lines = talk.run(1.0).decode("ascii").split("\r\n")
    assert lines[-2] == ":100000000" and lines[0] == ":000000000"
    words = [int(line[6:], 16) for line in lines[:-2]]
    assert [int(line[2:6], 16) for line in lines[:-2]] == list(range(len(words)))
    text = b"".join(word.to_bytes(2, "little") for word in words)
    # PC-Gentec-EO manual, page 58: the serial number begins at 002A, low byte first.
    assert text[2 * 0x2A :].rstrip(b"\0") == b"SIM-42"
    assert text[2 * 0x1A :].startswith(b"PH100-Si") and words[0x0C] == 532


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("watts", [1e-7, 2e-4, 5e-3])
def test_power_is_true_within_the_data_sheet(watts: float, seed: int) -> None:
    talk = monitor(SteadyBeam(watts, 1064e-9), seed)
    talk.send(b"*PWC01064")
    assert power(talk) == pytest.approx(watts, abs=0.0225 * watts + 4e-3 * watts)


def test_the_wavelength_sets_the_responsivity() -> None:
    talk = monitor()
    right = power(talk)
    talk.send(b"*PWC00800")
    assert ask(talk, "*GWL") == "PWC : 800"
    assert power(talk) / right == pytest.approx(responsivity(1064) / responsivity(800), rel=5e-3)
    for command in ("*PWC01550", "*SCS99", "*PWCxxxxx", "*MUL1.00e+99", "*SAS7"):
        assert ask(talk, command) == INVALID, command
    assert ask(talk, "*GWL") == "PWC : 800" and ask(talk, "*XYZ") == UNKNOWN


def test_a_scale_too_low_saturates_and_autoscale_finds_one() -> None:
    talk = monitor()
    talk.send(b"*SCS18")
    assert power(talk) == pytest.approx(1.1e-3)
    talk.send(b"*SSU")
    assert ask(talk, "*GCR") == "Range : 19"
    talk.send(b"*SAS1")
    assert power(talk) == pytest.approx(5e-3, rel=0.03) and ask(talk, "*GCR") == "Range : 20"


def test_zero_takes_away_what_is_shown_then_multiplier_and_offset() -> None:
    beam = SteadyBeam(5e-3, 1064e-9)
    talk = monitor(beam)
    lit = power(talk)
    beam.blocked = True
    talk.send(b"*SOU")
    assert ask(talk, "*GZO") == "Zero : 1" and power(talk) == pytest.approx(0.0, abs=2e-12)
    beam.blocked = False
    talk.send(b"*MUL2.000000*OFF1.500e-3")
    assert power(talk) == pytest.approx(2 * lit + 1.5e-3, rel=2e-3)
    talk.send(b"*COU")
    assert ask(talk, "*GZO") == "Zero : 0"


def test_new_values_come_ten_times_a_second_and_are_downloaded() -> None:
    talk = monitor()
    assert ask(talk, "*NVU") == "New Data Available"
    power(talk)
    assert ask(talk, "*NVU") == "New Data Not Available"
    talk.run(talk.t + 0.2)
    assert ask(talk, "*NVU") == "New Data Available"
    began = talk.t
    talk.send(b"*CAU")
    values = talk.run(began + 1.05).decode("ascii").split()
    assert len(values) == 10 and float(values[0]) == pytest.approx(5e-3, rel=0.03)
    talk.send(b"*CSU")
    assert talk.run(talk.t + 1.0) == b""


def test_firmware_that_sends_bare_numbers_and_acknowledges() -> None:
    talk = monitor(terse=True, acknowledges=True)
    assert float(ask(talk, "*CVU")) == pytest.approx(5e-3, rel=0.03)
    assert ask(talk, "*PWC00532") == "ACK" and ask(talk, "*GWL") == "532"


def test_a_terminator_is_passed_over_and_ends_what_is_short() -> None:
    talk = monitor()
    assert ask(talk, "*GWL\r\n") == "PWC : 1064"
    assert ask(talk, "*PWC800\r\n") == "" and ask(talk, "noise*GWL\n") == "PWC : 800"
    assert EMULATOR is Maestro


@settings(max_examples=30, derandomize=True, deadline=None)
@given(st.lists(st.integers(0, 60), max_size=8))
def test_any_split_gives_the_same_answers(cuts: list[int]) -> None:
    script = b"*VER\r\n*PWC00532*GWL*CVU\r*SCS21*GCR*ZZZ*MUL2.0\r\n*GUM"
    whole, split = monitor(), monitor()
    whole.send(script)
    for piece in pieces(script, cuts):
        split.send(piece)
    assert split.run(5.0) == whole.run(5.0) != b""


def test_random_bytes_never_break_it() -> None:
    dice, talk = random.Random(5), monitor()
    words = [b"*CVU", b"*PWC", b"00532", b"*SCS", b"21", b"*SOU", b"*CAU", b"*CSU", b"*STS", b"\r",
             b"*MUL", b"nan     ", b"*"]  # fmt: skip
    for _ in range(500):
        talk.send(b"".join(dice.choices(words, k=4)) + dice.randbytes(2))
        talk.run(talk.t + 0.05)
    talk.emulator.clear(talk.t)
    talk.send(b"*CSU")
    talk.run(talk.t + 1.0)
    assert ask(talk, "*VER").startswith("MAESTRO")
