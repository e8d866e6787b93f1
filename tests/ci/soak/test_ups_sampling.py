"""How late samples are, in virtual time."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pytest

from ci.soak.ups_sampling import COUNT, Sampled, sample
from labctl import clock


async def answered(delays: list[float]) -> Sequence[int]:
    await clock.sleep(delays.pop(0) if len(delays) > 1 else delays[0])
    return [0] * COUNT


def sampled(*units: list[float], seconds: float = 1.0) -> Sampled:
    reads = [partial(answered, delays) for delays in units]
    return clock.run(sample(reads, 50.0, seconds), virtual=True)


def test_answers_in_time_miss_no_deadline() -> None:
    found = sampled(*[[5e-3] for _ in range(10)])
    assert found.wanted == 500 and found.missed == 0 == found.skipped
    assert found.took == pytest.approx(5e-3) and found.late == pytest.approx(0.0, abs=1e-9)


def test_an_answer_after_the_next_deadline_misses_it_and_what_is_passed_over() -> None:
    found = sampled([5e-3, 5e-3, 51e-3, 5e-3])
    # The two that were due in the 51 ms of the third are never asked for; the next is in time.
    assert found.wanted == 50 and found.skipped == 2 and found.missed == 3
    assert max(found.took) == pytest.approx(51e-3) and max(found.late) < 1e-9


def test_an_answer_of_another_length_is_an_error() -> None:
    async def short() -> Sequence[int]:
        return [0]

    with pytest.raises(ValueError, match="length"):
        clock.run(sample([short], 50.0, 1.0), virtual=True)
