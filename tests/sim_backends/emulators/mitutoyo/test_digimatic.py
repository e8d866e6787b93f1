from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.emulators.mitutoyo.digimatic import EMULATOR, OPEN
from sim_backends.models.gauged_length import GaugedLength
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Talk, pieces


class Host(Talk):
    def __init__(self, metres: float, seed: int = 1) -> None:
        self.caliper = EMULATOR(
            GaugedLength(metres), serial="SIM-1", rng=stream(seed, "digimatic", "test")
        )
        super().__init__(self.caliper)


@settings(derandomize=True, max_examples=50)
@given(st.floats(0.0, 0.15), st.integers(0, 20))
def test_a_length_is_read_within_the_limit_of_error(metres: float, seed: int) -> None:
    answer = Host(metres, seed).answer(b"1\r").decode("ascii")
    assert len(answer) == 13 and answer[:3] == "01A" and answer[-1] == "\r"
    # Limit of error, half a digit and five standard deviations of the scatter.
    assert float(answer[3:]) == pytest.approx(metres * 1e3, abs=0.02 + 0.005 + 5 * 0.004)


def test_the_line_has_eight_characters_with_the_point_floating() -> None:
    answer = Host(0.01234).answer(b"1\r")
    assert answer.startswith(b"01A+00012.3") and answer[9:10] == b"."


@settings(derandomize=True, max_examples=30)
@given(st.lists(st.integers(0, 40), max_size=5))
def test_any_split_asks_as_often(cuts: list[int]) -> None:
    host = Host(0.02)
    for piece in pieces(b"1\r\n7\r1\rQ\r", cuts):
        host.send(piece)
    assert host.run(60.0).count(b"\r") == 2


def test_no_data_is_told_as_an_error() -> None:
    assert Host(math.nan).answer(b"1\r") == b"911\r"


def test_what_does_not_fit_in_reads_as_the_open_jaws() -> None:
    answer = Host(0.4).answer(b"1\r").decode("ascii")
    assert float(answer[3:]) == pytest.approx(OPEN, abs=0.05)


def test_the_key_sends_unasked_and_a_broken_line_forgets() -> None:
    host = Host(0.05)
    host.caliper.press(0.0)
    assert host.caliper.answering and host.run(1.0).startswith((b"01A+0004", b"01A+0005"))
    host.send(b"1\r")
    host.caliper.clear(host.t)
    assert host.run(5.0) == b"" and not host.caliper.answering
