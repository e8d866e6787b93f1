"""Analysis commands of the AQ6370D (remote control manual, 7-49 to 7-52, 7-58 to 7-69)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sim_backends.emulators.scpi import ScpiError, Table
from sim_backends.emulators.scpi.errors import DeviceError
from sim_backends.emulators.scpi.values import number
from sim_backends.emulators.yokogawa import aq6370_analysis as analysis
from sim_backends.emulators.yokogawa.aq6370_analysis import Trace
from sim_backends.emulators.yokogawa.aq6370_words import (
    bounded,
    listed,
    nr3,
    numbers,
    sequential,
    trace_name,
)

_CATEGORIES = (
    "SWTHresh", "SWENvelope", "SWRMs", "SWPKrms", "NOTCh", "DFBLd", "FPLD", "LED", "SMSR", "POWer",
    "PMD", "WDM", "NF", "FILPk", "FILBtm", "WFPeak", "WFBtm",
)  # fmt: skip
_SIDES = (("SMSR1", 1), ("SMSR2", 2), ("SMSR3", 3), ("SMSR4", 4))
_Values = dict[Any, Any]


def add_analyses(table: Table) -> None:
    """Analyses and their parameters."""
    listed(table, ":CALCulate:CATegory", "category",
           tuple((name, index) for index, name in enumerate(_CATEGORIES)))  # fmt: skip
    for name in _CATEGORIES:
        table.command(f":CALCulate:PARameter:CATegory:{name}", _select(name), 0, 0)
    table.command(":CALCulate[:IMMediate]", sequential(lambda d, _: analyse(d)), 0, 0)
    table.query(":CALCulate:DATA", sequential(_data))
    table.query(":CALCulate:DATA:CSNR", sequential(_column(6)))
    table.query(":CALCulate:DATA:CWAVelengths", sequential(_column(1)))
    table.query(":CALCulate:DATA:CPOWers", sequential(_column(2)))
    table.query(":CALCulate:DATA:NCHannels", sequential(lambda d, _: str(len(_rows(d)))))
    table.query(":CALCulate:ARESolution", sequential(_bandwidths), 1, 3)
    listed(table, ":CALCulate:AUTO", "auto_analysis", (("OFF", 0), ("ON", 1)))
    _parameters(table)


def _select(name: str) -> Callable[[Any, tuple[str, ...]], None]:
    def select(device: Any, _: tuple[str, ...]) -> None:
        device.values["category"] = _CATEGORIES.index(name)

    return select


def _width(trace: Trace, values: _Values) -> list[float]:
    return analysis.width(trace, values["threshold"], values["difference"])


def _laser(trace: Trace, values: _Values) -> list[float]:
    return analysis.laser(trace, values["difference"])


def _side_modes(trace: Trace, values: _Values) -> list[float]:
    if values["side"] > 2:
        raise ScpiError(-221, "only SMSR1 and SMSR2 are emulated")
    return analysis.side_modes(trace, values["difference"], values["mask"], values["side"] == 2)


def _power(trace: Trace, values: _Values) -> list[float]:
    return analysis.total_power(trace, values["power_offset"])


def _channels(trace: Trace, values: _Values) -> list[float]:
    rows = analysis.channels(trace, values["wdm_threshold"], values["difference"],
                             values["noise_area"], values["noise_bandwidth"])  # fmt: skip
    return [value for row in rows for value in row]


_ANALYSES: dict[str, Callable[[Trace, _Values], list[float]]] = {
    "SWTHresh": _width,
    "DFBLd": _laser,
    "SMSR": _side_modes,
    "POWer": _power,
    "WDM": _channels,
}


def analyse(device: Any) -> None:
    """Analyse the active trace; -221 for what is not emulated, -230 where the trace is empty."""
    name = _CATEGORIES[device.values["category"]]
    if name not in _ANALYSES:
        raise ScpiError(-221, f"{name} is not emulated")
    trace = device.trace(device.values["active"])
    device.result = _ANALYSES[name](trace, device.values)


def _data(device: Any, _: tuple[str, ...]) -> str:
    """The last result; a query error where there is none."""
    if device.result is None:
        raise DeviceError(-400, "Query error")
    return ",".join(nr3(value) for value in device.result)


def _rows(device: Any) -> list[list[float]]:
    if device.result is None or _CATEGORIES[device.values["category"]] != "WDM":
        raise DeviceError(-400, "Query error")
    return [device.result[start : start + 7] for start in range(0, len(device.result), 7)]


def _column(index: int) -> Callable[[Any, tuple[str, ...]], str]:
    def query(device: Any, _: tuple[str, ...]) -> str:
        return numbers(device.values["form"], [row[index] for row in _rows(device)])

    return query


def _bandwidths(device: Any, arguments: tuple[str, ...]) -> str:
    trace = device.trace(trace_name(arguments[0]))
    return numbers(device.values["form"], [trace.bandwidth] * len(trace.level))


def _parameters(table: Table) -> None:
    root = ":CALCulate:PARameter[:CATegory]"
    listed(table, f"{root}:SMSR:MODE", "side", _SIDES)
    for node, key, unit, limits in (
        ("SMSR:MASK", "mask", "M", (0.0, 99.99e-9)),
        ("POWer:OFFSet", "power_offset", "DB", (-10.0, 10.0)),
        ("SWTHresh:TH", "threshold", "DB", (0.01, 50.0)),
        ("WDM:TH", "wdm_threshold", "DB", (0.1, 99.9)),
        ("WDM:NARea", "noise_area", "M", (0.01e-9, 10e-9)),
        ("WDM:NBW", "noise_bandwidth", "M", (0.01e-9, 1e-9)),
    ):
        _parameter(table, f"{root}:{node}", key, unit, limits)
    for node in (f"{root}:WDM:MDIFf", ":CALCulate:PARameter:COMMON:MDIFf"):
        _parameter(table, node, "difference", "DB", (0.01, 50.0))


def _parameter(
    table: Table, pattern: str, key: str, unit: str, limits: tuple[float, float]
) -> None:
    bounded(table, pattern, limits, lambda d: d.values[key],
            lambda d, v: d.values.__setitem__(key, v),
            lambda token: number(token, unit))  # fmt: skip
