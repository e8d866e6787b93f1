from __future__ import annotations

from procedures.methods.photocharging.profile import PORTABLE


def test_the_profile_has_dark_times_and_whole_bursts() -> None:
    assert PORTABLE.seconds == 4 * 3600.0
    assert PORTABLE.levels == (1000.0, 600.0, 300.0)
    assert [PORTABLE.light(t) for t in (0.0, 3599.0, 3600.0, 7200.0, 14400.0)] == [
        1000.0, 1000.0, 300.0, 0.0, 0.0
    ]  # fmt: skip
    bursts = [t for t in range(0, 14401, 120) if PORTABLE.bursts(float(t))]
    assert len(bursts) == 60 and bursts[:3] == [0, 240, 480]


def test_a_burst_ends_before_the_next_reading() -> None:
    assert PORTABLE.width < PORTABLE.reading
    assert all(length % PORTABLE.reading == 0.0 for _, length in PORTABLE.phases)
