"""When check blocks are run, and how the cycles between are parted."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from procedures.methods.battery.cycle_life import CHECKED, CHECKS, PART, RUN_IN, parts_of, schedule


def test_the_first_block_follows_the_run_in_and_the_last_ends_the_life() -> None:
    begins = schedule(9000)
    assert begins[0] == RUN_IN and begins[-1] + CHECKED == 9000 and len(begins) == CHECKS
    assert all(after - before > CHECKED for before, after in pairwise(begins))


@settings(derandomize=True, max_examples=50)
@given(st.integers(0, 20_000))
def test_parts_add_up_and_are_nearly_alike(cycles: int) -> None:
    parts = parts_of(cycles)
    assert sum(parts) == cycles
    assert all(0 < part <= PART for part in parts)
    assert not parts or max(parts) - min(parts) <= 1
