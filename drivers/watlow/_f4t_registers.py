"""Registers and words of the Watlow F4T (data map 1) as data.

Sources: setup and operations user's guide 0600-0093, appendix (identity, alarms, loops, profiles);
TestEquity F4T manual, pages 46 and 52 (set points, manual ramp); ChamberConnectLibrary of ESPEC
(loop offset, words, units of the lines, alarm states). The clearing of alarms (1364) and the states
high and low are remembered from the EZ-ZONE controllers of the same maker.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from drivers.links.registers import Field, RegisterMap

WordOrder = Literal["low_first", "high_first"]

HARDWARE_ID = 124
"""What every F4T answers at register 0."""

PART_NUMBER, PART_LENGTH = 16, 15
NAME, NAME_LENGTH = 46, 32
UNITS_ETHERNET, UNITS_SERIAL, CELSIUS = 6730, 14080, 15

OFF, AUTOMATIC = 62, 10
MINUTES, BOTH = 57, 13
"""Scale of the manual ramp in degrees a minute; it ramps at start-up and at a new set point."""

START, RESUME, PAUSE, TERMINATE = 1782, 147, 146, 148
NONE, CLEAR = 61, 129
IDLE_ALARMS = frozenset({61, 88, 12})
ALARM_WORDS = {7: "high", 8: "low", 28: "error", 65: "open", 127: "shorted"}
PROFILE_WORDS = {
    146: "paused",
    149: "running",
    251: "not started",
    252: "complete",
    253: "terminated",
    1783: "timed start",
}
ACTIVE_PROFILES = frozenset({"running", "paused"})

LOOP_STEP, ALARM_STEP = 160, 100
FIRST_ALARM_STATE, FIRST_ALARM_CLEAR = 1356, 1364

ALARMS_BY_OPTION = {"A": 6, "B": 8, "C": 14, "D": 6, "E": 8, "F": 14}
PROFILE_OPTIONS = frozenset("DEF")
LOOP_UNITS = {1: "degC", 2: "%", 3: "", 4: ""}
"""Temperature and humidity of the air; what the others control is the chamber's affair."""

LOOPS_BY_OPTION = {"1": 1, "2": 2, "3": 3, "4": 4}
"""By the 7th and the 12th character of the part number; a cascade has another letter."""


@dataclass(frozen=True)
class Fitted:
    """What a part number says: how many alarms and loops, whether there are profiles."""

    alarms: int
    loops: int
    profiles: bool


def fitted(part_number: str) -> Fitted:
    """What the controller is fitted with; ValueError for a part number that says something else."""
    if len(part_number) < 12 or not part_number.startswith("F4T"):
        raise ValueError(f"{part_number!r} is no part number of an F4T")
    alarms, loops = part_number[6], part_number[11]
    if alarms not in ALARMS_BY_OPTION:
        raise ValueError(f"{alarms!r} names no profile and function blocks")
    if loops not in LOOPS_BY_OPTION:
        raise ValueError(f"{loops!r} names no plain control loops (cascades are not driven)")
    return Fitted(ALARMS_BY_OPTION[alarms], LOOPS_BY_OPTION[loops], alarms in PROFILE_OPTIONS)


def register_map(order: WordOrder) -> RegisterMap:
    """The map with 32-bit values in `order`; loop n adds n to the names, `setpoint_1`."""
    low_first = order == "low_first"

    def number(name: str, register: int, unit: str = "") -> Field:
        return Field(name, register, "float32", unit, low_word_first=low_first)

    def whole(name: str, register: int) -> Field:
        return Field(name, register, "int32", low_word_first=low_first)

    fields = [
        whole("hardware", 0),
        whole("release", 4),
        whole("serial", 12),
        Field("profile", 16558),
        Field("profile_step", 16560),
        Field("profile_action", 16562),
        Field("profile_resume", 16564),
        Field("profile_pause", 16566),
        Field("profile_state", 16568),
    ]
    for loop, unit in LOOP_UNITS.items():
        at = (loop - 1) * LOOP_STEP
        fields += [
            Field(f"mode_{loop}", 2730 + at),
            number(f"low_{loop}", 2774 + at, unit),
            number(f"high_{loop}", 2776 + at, unit),
            number(f"setpoint_{loop}", 2782 + at, unit),
            Field(f"ramp_action_{loop}", 2794 + at),
            Field(f"ramp_scale_{loop}", 2796 + at),
            number(f"ramp_rate_{loop}", 2798 + at, f"{unit}/min"),
            number(f"output_{loop}", 2808 + at, "%"),
            number(f"closed_loop_{loop}", 2810 + at, unit),
            Field(f"mode_now_{loop}", 2814 + at),
            number(f"value_{loop}", 2820 + at, unit),
        ]
    return RegisterMap(fields, gap=0)
