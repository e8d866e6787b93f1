"""The simulated power bench whose grid dies in the midst of an event, and what is left on then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from sim_backends.models.grid_port import SourcePort
from sim_backends.models.power_ports import GridSegment
from tests.system.photovoltaic_bench import Benches

DIES = 0.5
"""Seconds after the begin of an event at which the grid simulator loses its output."""

LOST = """
[[interlocks]]
name = "grid lost"
watch = "site.grid"
is = "lost"
action = "trip"
every = { value = 0.5, unit = "s" }
lost_after = { value = 5, unit = "s" }
"""


def dying_grid(monkeypatch: pytest.MonkeyPatch, event: int) -> None:
    """The grid has no voltage from `DIES` s after the begin of event number `event` (from 1) on."""
    whole, seen = SourcePort.play, [0]

    def play(self: SourcePort, segments: Sequence[GridSegment], t: float) -> None:
        if len(segments) > 2:
            seen[0] += 1
            if seen[0] == event:
                first, second, *_ = segments
                dead = GridSegment((0.0,), second.frequency)
                segments = (first, replace(second, duration=DIES), dead)
        whole(self, segments, t)

    monkeypatch.setattr(SourcePort, "play", play)


def left_on(benches: Benches) -> dict[str, bool]:
    """By role whether it can still drive something: read off the world, not off what was told."""
    site, storage = benches.ports["site"], benches.emulators["storage"]
    now = benches.emulators["grid"].t
    return {
        "units": any(abs(unit.power) > 1.0 for unit in site.state(now).units),
        "grid": benches.ports["grid"].frequency(now) > 0.0,
        "storage": storage.bms.closed,
    }
