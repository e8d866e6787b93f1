from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from labctl.web.view.envelope import BLOCK, RAW, Array, Envelope, Points, Read, thinned

VALUES = st.lists(st.floats(-1e6, 1e6, allow_nan=False, width=32), min_size=1, max_size=900)


def points(values: list[float]) -> Points:
    """Readings one second apart, in rows that another channel shares."""
    count = len(values)
    return at(3.0, np.arange(count, dtype=np.float64), np.array(values, dtype=np.float64))


def at(step: float, t: Array, values: Array) -> Points:
    """Readings at run times `t` in s, each `step` rows behind the one before."""
    rows = np.linspace(step, step * t.size, t.size, dtype=np.float64)
    return Points(rows, t, values)


def filled(all: Points, sizes: list[int]) -> tuple[Envelope, Read]:
    """An envelope that was given `all` in parts of `sizes`, and what reads the journal for it."""
    envelope, done = Envelope(), 0
    for size in [*sizes, all.size]:
        envelope.extend(Points(*(column[done : done + size] for column in all)))
        done += size

    def read(first: int, last: int) -> Points:
        mask = (all.row >= first) & (all.row <= last)
        return Points(*(column[mask] for column in all))

    return envelope, read


@given(VALUES, st.lists(st.integers(0, 200), max_size=5), st.integers(4, 60))
def test_the_whole_keeps_extremes_and_ends(
    values: list[float], sizes: list[int], most: int
) -> None:
    all = points(values)
    envelope, read = filled(all, sizes)
    found = envelope.window(-1.0, 1e9, most, read)
    assert found.size <= most
    assert found.value.min() == all.value.min() and found.value.max() == all.value.max()
    assert (found.t[0], found.t[-1]) == (all.t[0], all.t[-1])
    assert set(zip(found.t, found.value, strict=True)) <= set(zip(all.t, all.value, strict=True))
    assert np.all(np.diff(found.row) > 0)
    assert envelope.count == len(values) and envelope.span == (all.t[0], all.t[-1])


@given(VALUES, st.floats(-10, 1000), st.floats(0, 1000), st.integers(4, 60))
def test_a_window_keeps_its_own_extremes_and_ends(
    values: list[float], t0: float, width: float, most: int
) -> None:
    all = points(values)
    envelope, read = filled(all, [50, 7])
    inside = (all.t >= t0) & (all.t <= t0 + width)
    found = envelope.window(t0, t0 + width, most, read)
    assert found.size <= most and bool(found.size) == bool(inside.any())
    if inside.any():
        assert found.value.min() == all.value[inside].min()
        assert found.value.max() == all.value[inside].max()
        assert (found.t[0], found.t[-1]) == (all.t[inside][0], all.t[inside][-1])


@given(VALUES, st.integers(0, 2800), st.integers(4, 60))
def test_what_is_new_is_sent_once(values: list[float], row: int, most: int) -> None:
    all = points(values)
    envelope, read = filled(all, [100])
    new, found = all.row > row, envelope.after(row, most, read)
    assert found.size <= most and bool(found.size) == bool(new.any())
    if new.any():
        assert found.row.min() > row and found.row[-1] == all.row[-1]
        assert found.value.max() == all.value[new].max()


def test_a_long_channel_is_drawn_from_its_blocks() -> None:
    count = 200 * RAW
    values = np.sin(np.linspace(0, 80, count))
    values[123_456], values[654_321] = 5.0, -7.0
    all = at(1.0, np.linspace(0, 0.1 * (count - 1), count, dtype=np.float64), values)
    envelope, read = filled(all, [])
    asked: list[int] = []

    def counted(first: int, last: int) -> Points:
        asked.append(last - first + 1)
        return read(first, last)

    found = envelope.window(0.0, 1e9, 1000, counted)
    assert sum(asked) <= 4 * BLOCK and found.size <= 1000
    assert found.value.max() == 5.0 and found.value.min() == -7.0
    near = envelope.window(12_344.95, 12_346.05, 1000, counted)
    assert near.size == 11 and near.value.max() == 5.0 and sum(asked) <= RAW


def test_readings_without_a_value_are_counted_and_not_drawn() -> None:
    envelope = Envelope()
    assert envelope.span is None and envelope.newest is None
    all = points([1.0, np.nan, 3.0])
    envelope.extend(all)
    assert (envelope.count, envelope.missing) == (2, 1)
    assert envelope.newest == (9, 2.0, 3.0)
    found = envelope.window(0.0, 9.0, 10, lambda first, last: all)
    assert found.value.tolist() == [1.0, 3.0]


def test_a_burst_beside_a_slow_log_keeps_both() -> None:
    burst, slow = np.linspace(0, 1, 5000), np.linspace(3600, 356400, 99)
    t = np.concatenate([burst, slow])
    found = thinned(at(1.0, t, np.zeros(t.size)), 300)
    assert np.count_nonzero(found.t > 1) == slow.size
