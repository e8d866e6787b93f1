from __future__ import annotations

from procedures.methods.caching.replaying import Replay
from procedures.methods.caching.utilisation import mean_used


def test_the_second_half_counts() -> None:
    assert mean_used(Replay("", (1.0, 2.0, 30.0, 50.0))) == 40.0
