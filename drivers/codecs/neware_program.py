"""Step files of the Neware BTS client: the program of a test as XML.

No manual is public. The elements and their units are those that another party's generator
(aurora-unicycler, of a laboratory that owns such machines) writes: current in mA, voltage in
0.1 mV, time in ms; steps are named `Step<n>`, their types are numbers.
"""

from __future__ import annotations

import math
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from drivers.roles.battery_cycler import (
    ConstantCurrent,
    ConstantVoltage,
    Loop,
    ProgramStep,
    Rest,
)

CHARGE, DISCHARGE, VOLTAGE, REST, LOOP, END_STEP, VOLTAGE_DISCHARGE = 1, 2, 3, 4, 5, 6, 19
"""Types of steps."""

KINDS = (CHARGE, DISCHARGE, VOLTAGE, REST, LOOP, END_STEP, VOLTAGE_DISCHARGE)

MA, TENTHS_OF_MV, MS = 1e3, 1e4, 1e3
"""Units of the file, per A, V and s."""

CLIENT = "BTS Client 8.0.0.478(2024.06.24)(R3)"


class NoProgram(ValueError):
    """A step that cannot be, or a file that is no step file."""


@dataclass(frozen=True)
class Demand:
    """What a program asks of a cycler: largest current in A, lowest and highest voltage in V.

    `endless` are the types of steps that charge or discharge and end at no voltage.
    """

    current: float
    lowest: float
    highest: float
    endless: frozenset[int] = frozenset()


def step_file(steps: Sequence[ProgramStep], *, name: str, interval: float, date: str) -> str:
    """The step file of `steps`, recorded every `interval` in s; `date` as YYYYMMDDhhmmss.

    `NoProgram` names a step that cannot be. The same program has the same Guid.
    """
    root = Element("root")
    guid = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{name} {interval} {list(steps)}"))
    config = SubElement(
        root,
        "config",
        {
            "type": "Step File",
            "version": "17",
            "client_version": CLIENT,
            "date": date,
            "Guid": guid,
        },
    )
    head = SubElement(config, "Head_Info")
    SubElement(head, "Operate", Value="66")
    SubElement(head, "Scale", Value="1")
    SubElement(head, "Start_Step", Value="1", Hide_Ctrl_Step="0")
    for key, value in (("Creator", "labctl"), ("Remark", name), ("RateType", "103")):
        SubElement(head, key, Value=value)
    whole = SubElement(config, "Whole_Prt")
    SubElement(SubElement(whole, "Protect"), "Main")
    record = SubElement(SubElement(whole, "Record"), "Main")
    _put(record, "Time", _positive(interval, "interval") * MS)
    table = SubElement(config, "Step_Info", Num=str(len(steps) + 1))
    for number, step in enumerate(steps, 1):
        _write(table, number, step)
    _step(table, len(steps) + 1, END_STEP)
    SubElement(SubElement(config, "SMBUS"), "SMBUS_Info", Num="0", AdjacentInterval="0")
    ElementTree.indent(root)
    return '<?xml version="1.0" ?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def demand(text: str) -> Demand:
    """What the step file asks for; `NoProgram` where it is none, or its numbers are not."""
    if "<!" in text:
        raise NoProgram("a step file with declarations of its own")
    try:
        root = ElementTree.fromstring(text.encode("utf-8"))
    except ElementTree.ParseError as error:
        raise NoProgram(f"this is no XML: {error}") from error
    table = root.find("config/Step_Info")
    if root.tag != "root" or table is None or len(table) == 0:
        raise NoProgram("this is no step file")
    for step in table:
        _refuse_unknown(step)
    currents = [abs(v) / MA for v in _values(table, "Curr", "Stop_Curr")]
    volts = [v / TENTHS_OF_MV for v in _values(table, "Volt", "Stop_Volt")]
    endless = (kind for kind in (CHARGE, DISCHARGE) if _is_endless(table, kind))
    return Demand(
        max(currents, default=0.0),
        min(volts, default=math.inf),
        max(volts, default=0.0),
        frozenset(endless),
    )


def _is_endless(table: Element, kind: int) -> bool:
    """Whether a step of this type ends at no voltage."""
    steps = (step for step in table if step.get("Step_Type") == str(kind))
    return any(step.find("Limit/Main/Stop_Volt") is None for step in steps)


def _refuse_unknown(step: Element) -> None:
    """`NoProgram` for a step of which it is not known what it asks for."""
    kind = step.get("Step_Type", "")
    if kind not in map(str, KINDS):
        raise NoProgram(f"{step.tag} is of type {kind!r}: what it asks for is not known")
    if kind in (str(CHARGE), str(DISCHARGE)) and step.find("Limit/Main/Curr") is None:
        raise NoProgram(f"{step.tag} names no current")


def _write(table: Element, number: int, step: ProgramStep) -> None:
    match step:
        case Rest():
            main = _step(table, number, REST)
            _put(main, "Time", _positive(step.duration, "duration") * MS)
        case ConstantCurrent():
            if not math.isfinite(step.current) or step.current == 0:
                raise NoProgram(f"step {number}: a current of {step.current} A")
            main = _step(table, number, CHARGE if step.current > 0 else DISCHARGE)
            _put(main, "Curr", abs(step.current) * MA)
            _end(main, number, step.duration, "Stop_Volt", step.voltage, TENTHS_OF_MV)
        case ConstantVoltage():
            kind = VOLTAGE if step.current > 0 else VOLTAGE_DISCHARGE
            main = _step(table, number, kind)
            _put(main, "Volt", _positive(step.voltage, "voltage") * TENTHS_OF_MV)
            _put(main, "Curr", _positive(abs(step.current), "current") * MA)
            end = None if step.end_current is None else abs(step.end_current)
            _end(main, number, step.duration, "Stop_Curr", end, MA)
        case Loop():
            if not 1 <= step.to < number or step.times < 1:
                raise NoProgram(f"step {number}: back to step {step.to}, {step.times} times")
            other = _limit(table, number, LOOP, "Other")
            SubElement(other, "Start_Step", Value=str(step.to))
            SubElement(other, "Cycle_Count", Value=str(step.times))


def _end(
    main: Element,
    number: int,
    duration: float | None,
    name: str,
    value: float | None,
    unit: float,
) -> None:
    """How a step ends: by time, by the value `name`, or by what comes first."""
    if duration is None and value is None:
        raise NoProgram(f"step {number} never ends")
    if duration is not None:
        _put(main, "Time", _positive(duration, "duration") * MS)
    if value is not None:
        _put(main, name, _positive(value, name) * unit)


def _step(table: Element, number: int, kind: int) -> Element:
    if kind == END_STEP:
        return SubElement(table, f"Step{number}", Step_ID=str(number), Step_Type=str(kind))
    return _limit(table, number, kind, "Main")


def _limit(table: Element, number: int, kind: int, part: str) -> Element:
    step = SubElement(table, f"Step{number}", Step_ID=str(number), Step_Type=str(kind))
    return SubElement(SubElement(step, "Limit"), part)


def _put(main: Element, name: str, value: float) -> None:
    SubElement(main, name, Value=f"{value:f}")


def _positive(value: float, what: str) -> float:
    if not math.isfinite(value) or value <= 0:
        raise NoProgram(f"{what} is {value}, expected a number above 0")
    return value


def _values(table: Element, *names: str) -> list[float]:
    try:
        found = [float(row.get("Value", "")) for name in names for row in table.iter(name)]
    except ValueError as error:
        raise NoProgram(f"a value of {' or '.join(names)} is no number: {error}") from error
    if not all(map(math.isfinite, found)):
        raise NoProgram(f"a value of {' or '.join(names)} is no number")
    return found
