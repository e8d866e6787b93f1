"""Trace commands of the AQ6370D (remote control manual, 7-78 and 7-93 to 7-95)."""

from __future__ import annotations

from typing import Any

from sim_backends.emulators.scpi import ScpiError, Table
from sim_backends.emulators.scpi.values import number
from sim_backends.emulators.yokogawa.aq6370_analysis import Trace
from sim_backends.emulators.yokogawa.aq6370_scale import displayed
from sim_backends.emulators.yokogawa.aq6370_words import (
    TRACES,
    listed,
    numbers,
    sequential,
    trace_name,
)

_ATTRIBUTES = (("WRITe", 0), ("FIX", 1), ("MAX", 2), ("MIN", 3), ("RAVG", 4), ("CALC", 5))
_FORMS = {"ASCII": "ASCII", "ASC": "ASCII", "REAL": "REAL,64", "REAL,64": "REAL,64",
          "REAL,32": "REAL,32"}  # fmt: skip


def add_traces(table: Table) -> None:
    """Traces A to G: their points, which is written, which are kept, and the format of answers."""

    def data(get: Any) -> Any:
        def query(device: Any, arguments: tuple[str, ...]) -> str:
            trace = device.trace(trace_name(arguments[0]))
            first, last = _part(arguments[1:], len(trace.level))
            return numbers(device.values["form"], get(device, trace)[first:last].tolist())

        return sequential(query)

    table.query(":TRACe[:DATA]:X", data(lambda _, trace: trace.wavelength), 1, 3)
    table.query(":TRACe[:DATA]:Y", data(_levels), 1, 3)
    table.query(":TRACe[:DATA]:SNUMber", sequential(_count), 1, 1)
    table.query(":TRACe:ACTive", lambda d, _: d.values["active"])
    table.command(":TRACe:ACTive", sequential(_activate))
    table.command(":TRACe:COPY", sequential(_copy), 2, 2)
    table.command(":TRACe:DELete", sequential(_delete))
    table.command(":TRACe:DELete:ALL", sequential(lambda d, _: d.traces.clear()), 0, 0)
    for name in TRACES:
        listed(table, f":TRACe:ATTRibute:{name}", ("attribute", name), _ATTRIBUTES)
        listed(table, f":TRACe:STATe:{name}", ("shown", name), (("OFF", 0), ("ON", 1)))
    table.query(":FORMat[:DATA]", lambda d, _: d.values["form"])
    table.command(":FORMat[:DATA]", _form, 1, 2)


def _levels(device: Any, trace: Trace) -> Any:
    """Levels in the unit of the level axis."""
    return displayed(trace.level, device.values["unit"], trace.bandwidth)


def _part(arguments: tuple[str, ...], count: int) -> tuple[int, int]:
    """`<start point>,<stop point>`, counted from 1, as a slice."""
    if not arguments:
        return 0, count
    ends = [round(number(token)) for token in arguments]
    first, last = ends[0], ends[-1] if len(ends) > 1 else count
    if not 1 <= first <= last <= count:
        raise ScpiError(-222, ",".join(arguments))
    return first - 1, last


def _count(device: Any, arguments: tuple[str, ...]) -> str:
    trace = device.traces.get(trace_name(arguments[0]))
    return "0" if trace is None else str(len(trace.level))


def _activate(device: Any, arguments: tuple[str, ...]) -> None:
    device.values["active"] = trace_name(arguments[0])


def _copy(device: Any, arguments: tuple[str, ...]) -> None:
    source, destination = (trace_name(token) for token in arguments)
    device.traces[destination] = device.trace(source)


def _delete(device: Any, arguments: tuple[str, ...]) -> None:
    device.traces.pop(trace_name(arguments[0]), None)


def _form(device: Any, arguments: tuple[str, ...]) -> None:
    form = ",".join(arguments).upper().replace(" ", "")
    if form not in _FORMS:
        raise ScpiError(-224, form)
    device.values["form"] = _FORMS[form]
