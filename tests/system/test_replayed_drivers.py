"""What a driver said and read on each role of the bench `reference`, again from its trace."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.links.trace import TraceWriter
from tests.system.faulted import Outcome, bench, replayed, session

NO_REPLAY = ("sim:ble", "sim:mqtt", "sim:files")
"""Doors whose traces cannot be replayed."""

NO_REPLAY_DRIVERS = ("vaisala.gmp252",)
"""Drivers that ask for the Modbus device identification, which a replay does not answer."""

ROLES = [
    role
    for role, entry in bench().roles.items()
    if entry.address not in NO_REPLAY and entry.driver not in NO_REPLAY_DRIVERS
]


def values(outcome: Outcome) -> dict[str, list[float]]:
    return {name: [each.value for each in read] for name, read in outcome.read.items()}


@pytest.mark.parametrize("role", ROLES)
def test_the_same_readings_from_the_trace(role: str, tmp_path: Path) -> None:
    path = tmp_path / f"{role}.jsonl"
    first = session(role, 1, trace=TraceWriter(path))
    again = replayed(role, path)
    assert [type(each.error) for each in again.errors] == [
        type(each.error) for each in first.errors
    ]
    seen, expected = values(again), values(first)
    assert list(seen) == list(expected)
    for name, read in expected.items():
        # A clock in the driver (time left, energy) is a matter of the line's time, not of words.
        assert seen[name] == pytest.approx(
            read, rel=1e-3, abs=0.5 if name == "warm_up_left" else 0.0
        )
