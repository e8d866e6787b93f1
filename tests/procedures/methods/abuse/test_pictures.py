"""Storyboards: what is flame, what is smoke, what is gone, and who was blind."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from procedures.methods.abuse.pictures import (
    FRAMES,
    FULL,
    Blind,
    frames_of,
    lasting,
    shown,
    view_of,
    wall_of,
)

Frames = NDArray[np.float64]


def board(seed: int = 1) -> Frames:
    """Frames in which nothing happens, drawn by hand."""
    rng = np.random.default_rng(seed)
    frames = np.full((FRAMES, 14, 20), 5000.0)
    frames[:, 8:13, 6:14] = 12000.0
    frames[0::2, 1:3, 16:18] = 40000.0
    return frames + 150.0 * rng.standard_normal(frames.shape)


def read(frames: Frames) -> tuple[str, str, float]:
    quiet = board(2)
    view = view_of(quiet)
    found = shown(frames, view, wall_of(quiet, view))
    flags = ["".join("1" if one else "0" for one in each) for each in (found.flame, found.seen)]
    return flags[0], flags[1], found.case


def test_lamp_and_sample_are_found() -> None:
    view = view_of(frames_of(board().reshape(-1, 20)))
    assert view.lamp.sum() == 4 and view.lamp[1:3, 16:18].all()
    assert view.case.sum() == 40 and view.case[8:13, 6:14].all()
    assert view.contrast == pytest.approx(7000.0, rel=0.05)


def test_a_quiet_board_shows_nothing() -> None:
    flame, seen, case = read(board())
    assert "1" not in flame and "0" not in seen
    assert case == pytest.approx(1.0, abs=0.05)


def test_a_flame_is_seen_where_it_is() -> None:
    frames = board()
    frames[50:58, 2:7, 8:12] = FULL
    flame, seen, _ = read(frames)
    assert flame == "0" * 50 + "1" * 8 + "0" * (FRAMES - 58)
    assert lasting(flame) == 1 and "0" not in seen


def test_a_spark_is_no_fire() -> None:
    frames = board()
    frames[70, 2:7, 8:12] = FULL
    assert lasting(read(frames)[0]) == 0


def test_a_burst_case_is_gone() -> None:
    frames = board()
    frames[40:, 8:13, 6:14] -= 7000.0
    assert read(frames)[2] < 0.2


def test_thin_smoke_hides_nothing() -> None:
    frames = 0.7 * board() + 0.3 * 9000.0
    _, seen, case = read(frames)
    assert "0" not in seen and 0.6 < case < 0.8


@pytest.mark.parametrize("blind", ["covered", "frozen", "saturated"])
def test_a_blind_camera_is_told(blind: str) -> None:
    frames = board()
    if blind == "covered":
        frames[100:] = 300.0
    if blind == "frozen":
        frames[100:] = frames[100]
    if blind == "saturated":
        frames[100:] = FULL
    assert "0" in read(frames)[1][101:]


def test_without_lamp_or_sample_there_is_no_view() -> None:
    dark = board()
    dark[:, 1:3, 16:18] = 5000.0
    with pytest.raises(Blind, match="lamp"):
        view_of(dark)
    empty = board()
    empty[:, 8:13, 6:14] = 5000.0
    with pytest.raises(Blind, match="sample"):
        view_of(empty)
    with pytest.raises(Blind, match="storyboard"):
        frames_of(np.zeros((FRAMES * 3 + 1, 20)))


@given(st.lists(st.booleans(), max_size=300))
@settings(max_examples=50, derandomize=True, deadline=None)
def test_every_fire_has_two_frames_of_flame(flames: list[bool]) -> None:
    text = "".join("1" if one else "0" for one in flames)
    assert (lasting(text) > 0) == ("11" in text)
    assert lasting(text) <= text.count("11") + text.count("111")
