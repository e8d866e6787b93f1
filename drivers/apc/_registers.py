"""The Smart-UPS's registers, from `smart_ups.toml`, and what their bits mean."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Literal

from drivers.links.registers import Field, RegisterMap

TABLE = Path(__file__).with_name("smart_ups.toml")
GAP = 16
"""Registers in between that are read along: they answer zeros inside a block (note 4)."""

NOT_ACTIVE = -1
"""A countdown that does not run."""

UpsState = Literal["online", "on_battery", "bypass", "off", "fault"]
TestState = Literal["none", "running", "passed", "failed", "refused"]

FEEDS: dict[str, UpsState] = {
    "online": "online",
    "on_battery": "on_battery",
    "bypass": "bypass",
    "output_off": "off",
}
TESTS: dict[str, TestState] = {
    "pending": "running",
    "in_progress": "running",
    "refused": "refused",
    "failed": "failed",
    "passed": "passed",
    "aborted": "none",
}
"""What a battery test's bits mean, the first that is set; an aborted one has no result."""


def load_map() -> RegisterMap:
    """The map as data, with blocks that the unit answers."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return RegisterMap((Field(**row) for row in table["fields"]), gap=GAP)


def state_of(status: frozenset[str]) -> UpsState:
    """What feeds the load; ValueError where the bits say nothing or two things at once."""
    if "fault" in status:
        return "fault"
    feeds: list[UpsState] = [state for bit, state in FEEDS.items() if bit in status]
    if len(feeds) != 1:
        raise ValueError(f"{len(feeds)} states at once: {', '.join(feeds) or 'none'}")
    return feeds[0]


def test_of(status: frozenset[str]) -> TestState:
    """State or result of the last battery test."""
    for bit, state in TESTS.items():
        if bit in status:
            return state
    return "none"
