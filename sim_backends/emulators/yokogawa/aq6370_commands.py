"""Commands of the AQ6370D (AQ637x remote control manual, 7-39 to 7-99) and its settings."""

from __future__ import annotations

from typing import Any

from sim_backends.emulators.scpi import ScpiError, Table
from sim_backends.emulators.scpi.common import common_table
from sim_backends.emulators.scpi.values import boolean, number
from sim_backends.emulators.yokogawa import aq6370_specs as specs
from sim_backends.emulators.yokogawa.aq6370_markers import add_markers
from sim_backends.emulators.yokogawa.aq6370_results import add_analyses
from sim_backends.emulators.yokogawa.aq6370_scale import add_scale
from sim_backends.emulators.yokogawa.aq6370_traces import add_traces
from sim_backends.emulators.yokogawa.aq6370_words import (
    TRACES,
    bounded,
    listed,
    sequential,
    wavelength,
    whole,
)

SINGLE = 1
_MODES = (("SINGle", SINGLE), ("REPeat", 2), ("AUTO", 3), ("SEGMent", 4))
_SENSITIVITIES = tuple((name, each.number) for name, each in specs.SENSITIVITIES.items())
_ON = (("OFF", 0), ("ON", 1))


def delivered() -> dict[Any, Any]:
    """Settings as delivered; wavelengths in m."""
    values: dict[Any, Any] = {
        "start": specs.SHORTEST, "stop": specs.LONGEST, "resolution": 1e-9, "sensitivity": 0,
        "averages": 1, "auto_points": 1, "points": 1001, "speed": 0, "mode": 2, "medium": 1,
        "form": "ASCII", "active": "TRA", "category": 0, "auto_zero": 1, "reference": -10.0,
        "position": 8.0, "division": 10.0, "unit": 0, "spacing": 0, "axis": 0, "side": 1,
        "mask": 0.0, "auto_analysis": 0, "power_offset": 0.0, "threshold": 3.0, "difference": 3.0,
        "wdm_threshold": 20.0, "noise_area": 0.4e-9, "noise_bandwidth": 0.1e-9, "chopper": 0,
        "wavelength_shift": 0.0, "level_shift": 0.0,
    }  # fmt: skip
    for name in TRACES:
        values["attribute", name] = 0 if name == "TRA" else 1
        values["shown", name] = int(name == "TRA")
    return values


def build_table() -> Table:
    """The command table of the model."""
    table = common_table()
    _sweeping(table)
    _axis(table)
    _sensing(table)
    add_traces(table)
    _status(table)
    _calibration(table)
    _display(table)
    add_scale(table)
    add_analyses(table)
    add_markers(table)
    return table


def _sweeping(table: Table) -> None:
    for pattern in (":INITiate[:IMMediate]", "*TRG"):
        table.command(pattern, sequential(lambda d, _: _restart(d)), 0, 0)
    listed(table, ":INITiate:SMODe", "mode", _MODES)
    table.command(":ABORt", lambda d, _: d.stop(), 0, 0)


def _restart(device: Any) -> None:
    device.stop()
    device.sweep()


def _axis(table: Table) -> None:
    """Start, stop, centre and span: each pair keeps the other's sense (7-87, 7-88)."""

    def centre(device: Any) -> float:
        return 0.5 * (device.values["start"] + device.values["stop"])

    def put(device: Any, middle: float, span: float) -> None:
        device.values["start"], device.values["stop"] = middle - span / 2, middle + span / 2

    def put_end(device: Any, key: str, value: float) -> None:
        other = device.values["stop" if key == "start" else "start"]
        if (value > other) == (key == "start"):
            raise ScpiError(-222)
        device.values[key] = value

    root = ":SENSe:WAVelength"
    bounded(table, f"{root}:CENTer", (specs.SHORTEST, specs.LONGEST), centre,
            lambda d, v: put(d, v, d.span), wavelength)  # fmt: skip
    bounded(table, f"{root}:SPAN", (0.0, 1100e-9), lambda d: d.span,
            lambda d, v: put(d, centre(d), v), lambda token: number(token, "M"))  # fmt: skip
    bounded(table, f"{root}:STARt", (50e-9, specs.LONGEST), lambda d: d.values["start"],
            lambda d, v: put_end(d, "start", v), wavelength)  # fmt: skip
    bounded(table, f"{root}:STOP", (specs.SHORTEST, 2250e-9), lambda d: d.values["stop"],
            lambda d, v: put_end(d, "stop", v), wavelength)  # fmt: skip


def _sensing(table: Table) -> None:
    def keep(key: str) -> Any:
        return lambda d, v: d.values.__setitem__(key, v)

    def put_points(device: Any, count: float) -> None:
        device.values["points"], device.values["auto_points"] = round(count), 0

    def nearest(device: Any, bandwidth: float) -> None:
        device.values["resolution"] = min(specs.RESOLUTIONS, key=lambda r: abs(r - bandwidth))

    for node in ("BANDwidth", "BWIDth"):
        bounded(table, f":SENSe:{node}[:RESolution]", (specs.RESOLUTIONS[0], specs.RESOLUTIONS[-1]),
                lambda d: d.values["resolution"], nearest,
                lambda token: number(token, "M"))  # fmt: skip
    listed(table, ":SENSe:SENSe", "sensitivity", _SENSITIVITIES)
    bounded(table, ":SENSe:AVERage:COUNt", (1, 999), lambda d: d.values["averages"],
            lambda d, v: d.values.__setitem__("averages", round(v)), show=whole)  # fmt: skip
    bounded(table, ":SENSe:SWEep:POINts", (specs.LEAST_POINTS, specs.MOST_POINTS),
            lambda d: d.points, put_points, show=whole)  # fmt: skip
    listed(table, ":SENSe:SWEep:POINts:AUTO", "auto_points", _ON)
    bounded(table, ":SENSe:SWEep:STEP", (1e-12, 1e-9), lambda d: d.span / (d.points - 1),
            _put_step, lambda token: number(token, "M"))  # fmt: skip
    bounded(table, ":SENSe:CORRection:WAVelength:SHIFt", (-5e-9, 5e-9),
            lambda d: d.values["wavelength_shift"], keep("wavelength_shift"),
            lambda token: number(token, "M"))  # fmt: skip
    bounded(table, ":SENSe:CORRection:LEVel:SHIFt", (-60.0, 60.0),
            lambda d: d.values["level_shift"], keep("level_shift"),
            lambda token: number(token, "DB"))  # fmt: skip
    listed(table, ":SENSe:SWEep:SPEed", "speed", (("1X", 0), ("2X", 1)))
    listed(table, ":SENSe:CORRection:RVELocity:MEDium", "medium", (("AIR", 0), ("VACuum", 1)))
    listed(table, ":SENSe:CHOPper", "chopper", (("OFF", 0), ("SWITch", 2)))


def _put_step(device: Any, step: float) -> None:
    count = min(max(round(device.span / step) + 1, specs.LEAST_POINTS), specs.MOST_POINTS)
    device.values["points"], device.values["auto_points"] = count, 0


def _status(table: Table) -> None:
    root = ":STATus:OPERation"
    table.query(f"{root}:CONDition", lambda d, _: str(d.operation.condition(d.busy)))
    table.query(f"{root}[:EVENt]", lambda d, _: str(d.operation.read_event()))
    table.query(f"{root}:ENABle", lambda d, _: str(d.operation.enable))
    table.command(f"{root}:ENABle", _enable)
    table.command("*CLS", _clear, 0, 0)
    for node in (":CONDition", "[:EVENt]"):
        table.query(f":STATus:QUEStionable{node}", lambda _d, _: "0")


def _enable(device: Any, arguments: tuple[str, ...]) -> None:
    device.operation.enable = round(number(arguments[0])) & 0x7FFF


def _clear(device: Any, _: tuple[str, ...]) -> None:
    device.status.clear()
    device.operation.event = 0


def _calibration(table: Table) -> None:
    def start(operation: Any) -> Any:
        return sequential(lambda d, _: d.run("calibration", operation(d)))

    table.command(":CALibration:WAVelength:INTernal[:IMMediate]",
                  start(lambda d: d.calibrate()), 0, 0)  # fmt: skip
    for node in (":CALibration:ALIGn[:IMMediate]", ":CALibration:ALIGn:INTernal[:IMMediate]"):
        table.command(node, start(lambda d: d.idle_for(specs.ALIGNMENT_TIME)), 0, 0)
    zero = start(lambda d: d.idle_for(specs.ZERO_TIME))

    def auto(device: Any, arguments: tuple[str, ...]) -> Any:
        if arguments[0].upper() == "ONCE":
            return zero(device, ())
        device.values["auto_zero"] = int(boolean(arguments[0]))
        return None

    table.command(":CALibration:ZERO[:AUTO]", auto)
    table.query(":CALibration:ZERO[:AUTO]", lambda d, _: str(d.values["auto_zero"]))


def _display(table: Table) -> None:
    """What is kept for the screen alone."""
    root = ":DISPlay:TRACe:Y1[:SCALe]"
    for node, key, limits in (("RLEVel", "reference", (-90.0, 30.0)),
                              ("RPOSition", "position", (0.0, 12.0)),
                              ("PDIVision", "division", (0.1, 10.0))):  # fmt: skip
        show = whole if key == "position" else None
        options = {} if show is None else {"show": show}
        bounded(table, f"{root}:{node}", limits, lambda d, key=key: d.values[key],
                lambda d, v, key=key: d.values.__setitem__(key, v),
                lambda token, key=key: number(token, {"reference": "DBM", "division": "DB",
                                                      "position": "DIV"}[key]),
                **options)  # fmt: skip
    listed(table, ":UNIT:X", "axis", (("WAVelength", 0), ("FREQuency", 1), ("WNUMber", 2)))
    table.command(":SYSTem:PRESet", sequential(lambda d, _: d.reset()), 0, 0)
    table.command(":SYSTem:COMMunicate:CFORmat", lambda _d, _: None)
