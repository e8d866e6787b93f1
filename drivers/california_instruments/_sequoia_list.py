"""Events of a grid simulator as the transient list of a Sequoia (programming manual, 6.4.3)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from drivers.roles.grid_simulator import GridEvent

MOST_POINTS = 100
"""Points of a list (p. 92)."""

SHORTEST, LONGEST = 0.001, 9e4
"""Seconds that a point may last (p. 93)."""

FIRST_PHASE = ":INST:COUP NONE;:INST:NSEL 1"
"""B and C are set relative to A (p. 101), so a jump of A takes them along."""


class Base(NamedTuple):
    """What the output is at before and after: V rms, Hz, degrees of phase A."""

    voltage: float
    frequency: float
    phase: float


def points(events: Sequence[GridEvent], nominal: float, base: Base) -> list[tuple[float, ...]]:
    """Voltage in V, frequency in Hz, phase in degrees and dwell in s of each point.

    The last point is the output as it was: manuals of this family say both that the last point
    stays and that the immediate level comes back, and so both are the same.
    """
    played = [
        (
            one.voltage * nominal,
            one.frequency,
            base.phase + math.degrees(one.phase),
            one.duration,
        )
        for one in events
    ]
    return [*played, (*base, SHORTEST)]


def commands(found: Sequence[Sequence[float]], jumps: bool) -> tuple[str, ...]:
    """The settings that load the points and wait for a trigger of the bus; the trigger output
    pulses when they begin (p. 72)."""
    voltages, frequencies, phases, dwells = (
        ",".join(f"{value:.7g}" for value in column) for column in zip(*found, strict=True)
    )
    shift = (":PHAS:MODE LIST", f":LIST:PHAS {phases}") if jumps else (":PHAS:MODE FIX",)
    return (
        ":ABOR",
        *(FIRST_PHASE, *shift, ":INST:COUP ALL"),
        *(":VOLT:MODE LIST", ":FREQ:MODE LIST", ":LIST:STEP AUTO", ":LIST:COUN 1"),
        *(f":LIST:VOLT {voltages}", f":LIST:FREQ {frequencies}", f":LIST:DWEL {dwells}"),
        *(":OUTP:TTLT:SOUR BOT", ":OUTP:TTLT 1", ":TRIG:SOUR BUS", ":INIT"),
    )
