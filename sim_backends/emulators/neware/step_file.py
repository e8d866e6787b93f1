"""Step files of BTS 8.0: what a channel is to do.

Structure, step types and units as aurora-unicycler writes them for BTS 8.0 (MIT,
`_formats/neware.py`): voltages in 0.1 mV, currents in mA, times in ms, charges in mA s. Types 1 CC
charge, 2 CC discharge, 3 CV charge, 4 rest, 5 cycle, 6 end, 7 CC-CV charge, 19 CV (or CC-CV)
discharge; 7 from public readers of Neware files. Others are refused.
"""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from enum import IntEnum

from sim_backends.emulators.neware.messages import parse

MOST_STEPS = 1000


class StepType(IntEnum):
    """Step_Type of a step file."""

    CC_CHARGE = 1
    CC_DISCHARGE = 2
    CV_CHARGE = 3
    REST = 4
    CYCLE = 5
    END = 6
    CCCV_CHARGE = 7
    CV_DISCHARGE = 19


CHARGES = (StepType.CC_CHARGE, StepType.CV_CHARGE, StepType.CCCV_CHARGE)
CONSTANT_CURRENT = (StepType.CC_CHARGE, StepType.CC_DISCHARGE)
WORDS = {
    StepType.CC_CHARGE: "cc",
    StepType.CC_DISCHARGE: "dc",
    StepType.CV_CHARGE: "cv",
    StepType.REST: "rest",
    StepType.CYCLE: "cycle",
    StepType.END: "finish",
    StepType.CCCV_CHARGE: "cccv",
    StepType.CV_DISCHARGE: "dccv",
}
"""Step types in answers. `cc`, `dc`, `cv` and `rest` are in a real machine's answers; the others
are assumed."""


class Unusable(Exception):
    """A step file that cannot be run; the text says why."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `current` A and `voltage` V to hold (inf: no limit, nan: none), and what ends it:
    `seconds`, `stop_voltage` V, `stop_current` A. Of a cycle: `first` step (from 1), `count`."""

    kind: StepType
    current: float = math.inf
    voltage: float = math.nan
    seconds: float = math.inf
    stop_voltage: float = math.nan
    stop_current: float = math.nan
    first: int = 0
    count: int = 0

    @property
    def sign(self) -> float:
        """1 where it charges, -1 where it discharges, 0 at rest."""
        if self.kind is StepType.REST:
            return 0.0
        return 1.0 if self.kind in CHARGES else -1.0


@dataclass(frozen=True, slots=True)
class Protection:
    """Bounds in V, A (signed) and Ah that end the test when they are passed for `delay` s."""

    high: float = math.inf
    low: float = -math.inf
    most: float = math.inf
    least: float = -math.inf
    charge: float = math.inf
    delay: float = 0.0


@dataclass(frozen=True, slots=True)
class Record:
    """When a point is kept: every `seconds`, and after changes by `voltage` V or `current` A."""

    seconds: float = 60.0
    voltage: float = math.inf
    current: float = math.inf


@dataclass(frozen=True, slots=True)
class Program:
    """A step file."""

    steps: tuple[Step, ...]
    protection: Protection
    record: Record


def read_program(text: str) -> Program:
    """The program in a step file; `Unusable` where it cannot be run."""
    root = parse(text)
    config = None if root is None else root.find("config")
    info = None if config is None else config.find("Step_Info")
    if config is None or info is None or config.get("type") != "Step File":
        raise Unusable("not a step file")
    if not 1 <= len(info) <= MOST_STEPS:
        raise Unusable(f"{len(info)} steps")
    steps = tuple(_step(number, each) for number, each in enumerate(info, 1))
    return Program(steps, _protection(config), _record(config))


def _step(number: int, each: ET.Element) -> Step:
    try:
        kind = StepType(int(each.get("Step_Type", "")))
    except ValueError:
        raise Unusable(f"step {number}: type {each.get('Step_Type')!r}") from None
    step = Step(
        kind,
        current=_number(each, "Limit/Main/Curr", math.inf) / 1000.0,
        voltage=_number(each, "Limit/Main/Volt", math.nan) / 1e4,
        seconds=_number(each, "Limit/Main/Time", math.inf) / 1000.0,
        stop_voltage=_number(each, "Limit/Main/Stop_Volt", math.nan) / 1e4,
        stop_current=_number(each, "Limit/Main/Stop_Curr", math.nan) / 1000.0,
        first=round(_number(each, "Limit/Other/Start_Step", 0.0)),
        count=round(_number(each, "Limit/Other/Cycle_Count", 0.0)),
    )
    _check(number, step)
    return step


def _check(number: int, step: Step) -> None:
    kind = step.kind
    if kind is StepType.CYCLE:
        usable = 1 <= step.first < number and step.count >= 1
    elif kind is StepType.REST:
        usable = step.seconds < math.inf
    elif kind in CONSTANT_CURRENT:
        ends = step.seconds < math.inf or not math.isnan(step.stop_voltage)
        usable = 0.0 < step.current < math.inf and ends
    elif kind is StepType.END:
        usable = True
    else:
        ends = step.seconds < math.inf or not math.isnan(step.stop_current)
        usable = not math.isnan(step.voltage) and step.current > 0.0 and ends
    if not usable:
        raise Unusable(f"step {number}: limits are missing or wrong")


def _protection(config: ET.Element) -> Protection:
    main = "Whole_Prt/Protect/Main/"
    return Protection(
        high=_number(config, main + "Volt/Upper", math.inf) / 1e4,
        low=_number(config, main + "Volt/Lower", -math.inf) / 1e4,
        most=_number(config, main + "Curr/Upper", math.inf) / 1000.0,
        least=_number(config, main + "Curr/Lower", -math.inf) / 1000.0,
        charge=_number(config, main + "Cap/Upper", math.inf) / 3600e3,
        delay=_number(config, main + "Delay_Time", 0.0) / 1000.0,
    )


def _record(config: ET.Element) -> Record:
    main = "Whole_Prt/Record/Main/"
    return Record(
        seconds=max(_number(config, main + "Time", 60e3) / 1000.0, 0.1),
        voltage=_number(config, main + "Volt", math.inf) / 1e4,
        current=_number(config, main + "Curr", math.inf) / 1000.0,
    )


def _number(where: ET.Element, path: str, absent: float) -> float:
    found = where.find(path)
    if found is None:
        return absent
    try:
        value = float(found.get("Value", ""))
    except ValueError:
        raise Unusable(f"{path}: {found.get('Value')!r}") from None
    if not math.isfinite(value):
        raise Unusable(f"{path}: {found.get('Value')!r}")
    return value
