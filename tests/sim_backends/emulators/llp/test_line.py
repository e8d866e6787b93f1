from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.emulators.llp.line import crc8
from sim_backends.emulators.llp.sol1 import EMULATOR
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Optics, Talk, pieces, sealed


def lamp() -> Talk:
    return Talk(EMULATOR(Optics(), serial="SIM-5", rng=stream(1, "sol1")))


def test_check_values_of_the_page() -> None:
    assert crc8(b"ID?") == 0x0E and crc8(b"123456789") == 0xF4


def test_identity_within_20_ms() -> None:
    talk = lamp()
    answer = talk.answer(b"ID?*0E\n")
    assert answer.startswith(b"= labctl LLP-SOL1 SIM-5 1.0*") and answer.endswith(b"\r\n")
    assert talk.t <= 0.02


def test_carriage_return_is_ignored() -> None:
    assert lamp().answer(b"ID?*0E\r\n") == lamp().answer(b"ID?*0E\n")


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        (b"ID?*0F\n", "!1 CHECK"), (b"ID?\n", "!1 CHECK"), (b"\n", "!1 CHECK"),
        (b"ID?*0e\n", "!1 CHECK"), (b"ID?*0E \n", "!1 CHECK"),
        (sealed("FOO?"), "!2 UNKNOWN"), (sealed("lamp 1"), "!2 UNKNOWN"),
        (sealed("ID"), "!2 UNKNOWN"), (sealed("MON 1"), "!2 UNKNOWN"),
        (sealed(""), "!2 UNKNOWN"), (sealed(" ID?"), "!2 UNKNOWN"),
        (sealed("LEVEL"), "!3 ARGUMENT"), (sealed("LEVEL 1 2"), "!3 ARGUMENT"),
        (sealed("LEVEL abc"), "!3 ARGUMENT"), (sealed("LEVEL nan"), "!3 ARGUMENT"),
        (sealed("LEVEL? 1"), "!3 ARGUMENT"), (sealed("LAMP ON"), "!3 ARGUMENT"),
        (sealed("STOP 1"), "!3 ARGUMENT"), (sealed("LAMP 0.5"), "!3 ARGUMENT"),
        (sealed("LEVEL 99.9"), "!4 RANGE"), (sealed("LEVEL 1e9"), "!4 RANGE"),
        (sealed("LAMP 2"), "!4 RANGE"), (sealed("SHUT 1"), "!5 STATE"),
        (sealed("X" * 80), "!6 LINE"), (b"Y" * 500 + b"\n", "!6 LINE"),
    ],
)  # fmt: skip
def test_refusals(line: bytes, answer: str) -> None:
    talk = lamp()
    assert talk.answer(line)[:-5].decode("ascii") == answer
    assert talk.llp("ERR?") == "= 1" and talk.llp("ERR?") == "= 0"
    assert talk.llp("LEVEL?") == "= 1000.0" and talk.llp("LAMP?") == "= 0"


def test_a_line_of_80_characters_is_taken() -> None:
    assert lamp().answer(sealed("LEVEL " + "0" * 68 + "500")) == lamp().answer(sealed("LEVEL 500"))


def test_numbers() -> None:
    for text, shown in (("5e2", "500.0"), ("+250.26", "250.3"), ("1.2E+03", "1200.0")):
        talk = lamp()
        assert talk.llp(f"LEVEL {text}") == "OK" and talk.llp("LEVEL?") == f"= {shown}"


def test_what_comes_early_waits_and_what_overflows_is_lost() -> None:
    talk = lamp()
    talk.send(b"ID?*0E\n" * 3)
    assert talk.run(1.0).count(b"LLP-SOL1") == 3
    talk.send(b"ID?*0E\n" * 100)
    # One is taken at once; 256 bytes hold 36 more and the head of a 37th.
    assert talk.run(2.0).count(b"LLP-SOL1") == 37


def test_a_broken_line_is_forgotten() -> None:
    talk = lamp()
    talk.send(b"ID?*0E\nLEV")
    talk.emulator.clear(talk.t)
    assert talk.emulator.due() is None
    assert talk.llp("LAMP?") == "= 0"


@settings(max_examples=50, derandomize=True)
@given(st.lists(st.integers(0, 300), max_size=20))
def test_any_split_gives_the_same_answers(cuts: list[int]) -> None:
    script = b"".join(map(sealed, ("ID?", "LAMP 1", "SHUT 1", "LEVEL 5", "MON?", "ERR?", "STOP")))
    script += b"garbage\n" + sealed("ID?") * 40
    whole, split = lamp(), lamp()
    whole.send(script)
    for piece in pieces(script, cuts):
        split.send(piece)
    assert split.run(10.0) == whole.run(10.0) != b""


def test_random_lines_never_break_it() -> None:
    dice, talk = random.Random(8), lamp()
    words = ["LAMP", "SHUT", "LEVEL", "MON?", "WARM?", "STOP", "ERR?", "1", "0", "500", "?", "x"]
    for number in range(2000):
        text = " ".join(dice.choices(words, k=dice.randrange(1, 4)))
        talk.send(sealed(text) if number % 4 else dice.randbytes(dice.randrange(120)))
        talk.run(talk.t + 0.01)
    talk.send(b"\n")
    talk.run(talk.t + 5.0)
    assert talk.llp("ID?").startswith("= labctl")
