""":SOURce group of the 2400: function, level, range, sweeps, delay, clearing."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from sim_backends.emulators.keithley.k2400_state import SOURCES
from sim_backends.emulators.scpi import ScpiError, Table
from sim_backends.emulators.scpi.settings import flag, keep, numeric, word
from sim_backends.emulators.scpi.values import Numeric, choice, matches, short_form, string

if TYPE_CHECKING:
    from sim_backends.emulators.keithley.k2400 import K2400

LEVEL = {"VOLTage": Numeric(-210, 210, 0, "V"), "CURRent": Numeric(-1.05, 1.05, 0, "A")}
_RANGE = {"VOLTage": Numeric(-210, 210, 21, "V"), "CURRent": Numeric(-1.05, 1.05, 1.05e-4, "A")}
_MOST_LIST = 100


def add_source(table: Table) -> None:
    """Add the group to `table`."""
    table.query(":SOURce[1]:FUNCtion[:MODE]", lambda d, _: short_form(d.source))
    table.command(":SOURce[1]:FUNCtion[:MODE]", _select)
    for name in SOURCES:
        _level(table, name)
        _range(table, name)
        _sweep(table, name)
    _shape(table)
    numeric(table, ":SOURce[1]:DELay", Numeric(0, 999.9999, 0, "S"), *_manual_delay())
    flag(table, ":SOURce[1]:DELay:AUTO", *keep("auto_delay"))
    table.command(":SOURce[1]:CLEar[:IMMediate]", lambda d, _: d.switch(False), 0, 0)
    flag(table, ":SOURce[1]:CLEar:AUTO", *keep("clear_auto"))
    table.command(":SOURce[1]:VOLTage:PROTection[:LEVel]", _protect)
    table.query(":SOURce[1]:VOLTage:PROTection[:LEVel]", lambda d, _: f"{d.values['top']:.6E}")


def _select(device: K2400, arguments: tuple[str, ...]) -> None:
    device.select_source(choice(string(arguments[0]), SOURCES))


def _manual_delay() -> tuple[Any, Any]:
    def put(device: K2400, seconds: float) -> None:
        device.values |= {"delay": seconds, "auto_delay": False}

    return (lambda d: d.settle_time() if d.values["auto_delay"] else d.values["delay"]), put


def _protect(device: K2400, arguments: tuple[str, ...]) -> None:
    unlimited = matches(arguments[0], "NONE")
    device.values["top"] = 210.0 if unlimited else Numeric(20, 210, 210, "V").parse(arguments[0])
    device.drive()


def _fits(device: K2400, name: str, level: float) -> None:
    """-222 beyond a fixed range, 826 beyond the power that level and compliance may have."""
    channel, limit = device.stage.sources[name], device.values["compliance", name]
    if not device.values["auto", name] and channel.over(level, device.values["range", name]):
        raise ScpiError(-222, f"{level:g}")
    device.check_power(*((level, limit) if name == "VOLTage" else (limit, level)))


def _level(table: Table, name: str) -> None:
    def put(device: K2400, level: float) -> None:
        _fits(device, name, level)
        device.set_level(name, level)

    root = f":SOURce[1]:{name}"
    get, _ = keep(("level", name))
    numeric(table, f"{root}[:LEVel][:IMMediate][:AMPLitude]", LEVEL[name], get, put)
    numeric(table, f"{root}[:LEVel]:TRIGgered[:AMPLitude]", LEVEL[name], *keep(("triggered", name)))
    word(table, f"{root}:MODE", ("FIXed", "SWEep", "LIST"), *keep(("mode", name)))


def _range(table: Table, name: str) -> None:
    def put(device: K2400, value: float) -> None:
        channel = device.stage.sources[name]
        index = channel.fit(value)
        if channel.over(device.values["level", name], index):
            raise ScpiError(-221)
        device.values |= {("auto", name): False, ("range", name): index}
        device.drive()

    def put_auto(device: K2400, on: bool) -> None:
        device.values["auto", name] = on
        if on:
            fitting = device.stage.sources[name].fit(device.values["level", name])
            device.values["range", name] = fitting

    root = f":SOURce[1]:{name}:RANGe"
    numeric(table, root, _RANGE[name],
            lambda d: d.stage.sources[name].tops[d.values["range", name]], put)  # fmt: skip
    flag(table, f"{root}:AUTO", lambda d: d.values["auto", name], put_auto)


def _sweep(table: Table, name: str) -> None:
    root = f":SOURce[1]:{name}"
    for node, key in (("STARt", "start"), ("STOP", "stop")):
        numeric(table, f"{root}:{node}", LEVEL[name], *keep((key, name)))
    numeric(
        table, f"{root}:STEP", LEVEL[name], *keep(("step", name), lambda d: _count_steps(d, name))
    )

    def put_list(device: K2400, arguments: tuple[str, ...]) -> None:
        device.values["list", name] = tuple(LEVEL[name].parse(one) for one in arguments)

    def shown(device: K2400, _: tuple[str, ...]) -> str:
        return ",".join(f"{level:.6E}" for level in device.values["list", name])

    pattern = f":SOURce[1]:LIST:{name}"
    table.command(pattern, put_list, 1, _MOST_LIST)
    table.query(pattern, shown)
    table.query(f"{pattern}:POINts", lambda d, _: str(len(d.values["list", name])))


def _count_steps(device: K2400, name: str) -> None:
    """Points of a sweep follow from start, stop and step."""
    values = device.values
    start, stop, step = (values[key, name] for key in ("start", "stop", "step"))
    if step:
        values["points"] = math.floor(abs(stop - start) / abs(step) + 1e-9) + 1


def _shape(table: Table) -> None:
    root = ":SOURce[1]:SWEep"
    word(table, f"{root}:SPACing", ("LINear", "LOGarithmic"), *keep("spacing"))
    word(table, f"{root}:RANGing", ("BEST", "AUTO", "FIXed"), *keep("ranging"))
    word(table, f"{root}:DIRection", ("UP", "DOWN"), *keep("direction"))
    word(table, f"{root}:CABort", ("NEVer", "EARLy", "LATE"), *keep("abort"))
    numeric(table, f"{root}:POINts", Numeric(2, 2500, 2500), *keep("points", _step), whole=True)


def _step(device: K2400) -> None:
    """The step of a sweep follows from start, stop and points."""
    values = device.values
    for name in SOURCES:
        values["step", name] = (values["stop", name] - values["start", name]) / (
            values["points"] - 1
        )


def levels(device: K2400) -> tuple[float, ...] | None:
    """What the source steps through by triggers; None where it stays. -222 for a logarithmic
    sweep through zero."""
    values, name = device.values, device.source
    if values["mode", name] == "FIXed":
        return None
    if values["mode", name] == "LIST":
        return values["list", name]
    points = _points(values["start", name], values["stop", name], device)
    return points[::-1] if values["direction"] == "DOWN" else points


def _points(start: float, stop: float, device: K2400) -> tuple[float, ...]:
    count = device.values["points"]
    parts = [index / (count - 1) for index in range(count)]
    if device.values["spacing"] == "LINear":
        step = device.values["step", device.source]
        if step:
            size = math.copysign(abs(step), stop - start)
            return tuple(start + size * index for index in range(count))
        return tuple(start + (stop - start) * part for part in parts)
    if start * stop <= 0.0:
        raise ScpiError(-222, "a logarithmic sweep cannot pass zero")
    return tuple(start * (stop / start) ** part for part in parts)
