"""What Gentec-EO meters answer: structures whole or refused, frames however they come."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.codecs import gentec
from tests.golden.transcripts import exchanges

STATUS = bytes.fromhex(exchanges("gentec.maestro", "sensor")[0]["answer_hex"])


def test_the_structure_of_a_photodiode() -> None:
    found = gentec.status(STATUS)
    assert (found.head, found.serial) == ("PH100-Si-HA-OD1-D0", "199672")
    assert (found.mode, found.scale, found.scales) == (0, 20, (5, 21))
    assert (found.wavelength, found.wavelengths) == (1064, (350, 1080))


@given(st.integers(0, len(STATUS) - 1))
def test_a_cut_structure_has_no_end(length: int) -> None:
    assert gentec.structure_frame(STATUS[:length]) is None
    assert gentec.structure_frame(STATUS + b":0") == len(STATUS)


@given(st.integers(0, 0x2B))
def test_a_structure_that_lacks_a_row_is_refused(row: int) -> None:
    rows = STATUS.splitlines(keepends=True)
    with pytest.raises(ValueError, match="row"):
        gentec.status(b"".join(rows[:row] + rows[row + 1 :]))


@given(st.binary(max_size=60))
def test_any_bytes_are_a_structure_or_refused(data: bytes) -> None:
    with pytest.raises(ValueError):
        gentec.status(data)


@given(st.lists(st.sampled_from([b"ACK\r\n", b"\r\n"]), max_size=4), st.integers(0, 12))
def test_the_first_line_beside_acknowledges_is_the_answer(before: list[bytes], cut: int) -> None:
    data = b"".join(before) + b"PWC : 1064\r\n"
    assert gentec.answer_frame(data) == len(data)
    if cut:
        assert gentec.answer_frame(data[:-cut]) is None
    assert gentec.last_line(data) == "PWC : 1064"


def test_scales_go_in_steps_of_one_and_three() -> None:
    assert [gentec.full_scale(i) for i in (22, 23, 24, 25)] == pytest.approx([0.1, 0.3, 1.0, 3.0])
    for index in (-1, 42):
        with pytest.raises(ValueError, match="no scale"):
            gentec.full_scale(index)


@given(st.text(max_size=30))
def test_any_text_is_a_value_or_refused(text: str) -> None:
    with contextlib.suppress(ValueError):
        assert isinstance(gentec.value("Range", text), float)


@given(st.floats(-1e6, 1e6))
def test_values_come_with_their_label_or_without(number: float) -> None:
    for text in (f"{number:.9e}", f"Range: {number:.9e}", f"Range : {number:.9e}"):
        assert gentec.value("Range", text) == pytest.approx(number)
    with pytest.raises(ValueError, match="no Zero"):
        gentec.value("Zero", f"Range : {number:.3e}")
