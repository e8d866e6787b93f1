from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labctl.report.curves import Sweep, logs, sweeps
from labctl.report.decimate import min_max

from .conftest import Record


def test_channels_are_paired_to_sweeps(record: Record) -> None:
    tracked = ("mpp/voltage", "mpp/current", "odd/voltage")
    found = sweeps([*record.logged, *tracked], record.logged.__getitem__)
    assert [sweep.name for sweep in found] == [
        "before/forward",
        "before/reverse",
        "after/forward",
        "after/reverse",
    ]
    assert len(found[0].voltage) == len(found[0].current) == 60


def test_the_power_point_is_where_the_cell_delivers_most(record: Record) -> None:
    sweep = sweeps(record.logged, record.logged.__getitem__)[0]
    voltage, current = sweep.power_point
    powers = [-v * i for v, i in zip(sweep.voltage, sweep.current, strict=True)]
    assert sweep.sign == -1
    assert -voltage * current == max(powers) > 0.02
    assert 0.9 < voltage < 1.05


def test_repetitions_have_their_kind_in_common() -> None:
    names = ("before/forward", "before/2/forward", "iv/3/reverse", "dark", "forward")
    assert [Sweep(name, (), ()).kind for name in names] == [
        ("before", "forward"),
        ("before", "forward"),
        ("iv", "reverse"),
        ("dark", ""),
        ("", "forward"),
    ]


def test_the_sign_of_the_current_does_not_matter() -> None:
    volts = (0.0, 0.5, 1.0)
    one, other = Sweep("a", volts, (1.0, 0.9, 0.0)), Sweep("a", volts, (-1.0, -0.9, 0.0))
    assert one.power_point == (0.5, 0.9)
    assert other.power_point == (0.5, -0.9)


def test_slow_logs_are_found_by_their_prefix(record: Record) -> None:
    (log,) = logs(record.logged, record.logged.__getitem__)
    assert (log.channel, log.unit, log.count) == ("soak/irradiance", "W/m**2", 6000)
    assert log.hours[0] == 0
    assert log.hours[-1] == pytest.approx(5999 / 6)
    assert len(log.values) <= 802


def test_an_empty_log_is_left_out() -> None:
    assert logs(["soak/power"], lambda channel: []) == []


values = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=300)


@settings(derandomize=True, max_examples=50, deadline=None)
@given(values, st.integers(1, 20))
def test_decimation_keeps_ends_and_extremes(y: list[float], buckets: int) -> None:
    x = [float(i) for i in range(len(y))]
    few_x, few_y = min_max(x, y, buckets)
    assert len(few_y) <= max(2 * buckets + 2, 1)
    assert (min(few_y), max(few_y)) == (min(y), max(y))
    assert (few_x[0], few_x[-1]) == (x[0], x[-1])
    assert few_x == sorted(few_x)
    assert all(y[int(i)] == v for i, v in zip(few_x, few_y, strict=True))


def test_a_short_log_is_not_thinned() -> None:
    assert min_max([0.0, 1.0], [5.0, 6.0], 400) == ([0.0, 1.0], [5.0, 6.0])


def test_records_differ_by_their_value(record_of: Callable[..., Record]) -> None:
    first, second = (record_of(value).items[0].verdict for value in (6.8, 14.0))
    assert first is not None and second is not None
    assert first.outcome != second.outcome
