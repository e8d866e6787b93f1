"""Command table of the Sequoia grid simulators."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import TYPE_CHECKING

from sim_backends.emulators.california_instruments.sequoia_lists import (
    DWELL_LIST,
    FREQUENCY_LIST,
    FUNCTIONS,
    MARKS,
    PHASE,
    VOLTAGE,
)
from sim_backends.emulators.california_instruments.sequoia_specs import (
    ANGLE,
    ANGLES,
    COUNT,
    DELAY,
    DWELL,
    FREQUENCY,
    PHASES,
    POINTS,
    RANGES,
)
from sim_backends.emulators.scpi import ScpiError, Table
from sim_backends.emulators.scpi.common import common_table
from sim_backends.emulators.scpi.settings import flag, numeric, whole_number, word
from sim_backends.emulators.scpi.values import Numeric, boolean

if TYPE_CHECKING:
    from sim_backends.emulators.california_instruments.sequoia import Sequoia

_LEVEL = "[:LEVel][:IMMediate][:AMPLitude]"
_ROOT = "[:SOURce]"


def nr2(value: float) -> str:
    """A number with two places."""
    return f"{value:.2f}"


def build_table() -> Table:
    """The command table of the series."""
    table = common_table()
    for add in (_output, _levels, _current, _regenerative, _lists, _trigger, _measure, _status):
        add(table)
    return table


def _output(table: Table) -> None:
    def put(device: Sequoia, arguments: tuple[str, ...]) -> Generator[float, None, None] | None:
        if not boolean(arguments[0]):
            return device.turn_off()
        device.turn_on()
        return None

    def put_pulses(device: Sequoia, on: bool) -> None:
        device.pulses = on

    def put_source(device: Sequoia, name: str) -> None:
        device.pulse_at = name

    def clear(device: Sequoia, _: tuple[str, ...]) -> None:
        device.output.tripped = 0

    table.command(":OUTPut[:STATe]", put)
    table.query(":OUTPut[:STATe]", lambda d, _: str(int(d.output.on)))
    table.command(":OUTPut:PROTection:CLEar", clear, 0, 0)
    table.query(":OUTPut:RI:STATe", lambda _d, _: "INAC")
    flag(table, ":OUTPut:TTLTrg[:STATe]", lambda d: d.pulses, put_pulses)
    sources = ("BOT", "EOT", "LIST")
    word(table, ":OUTPut:TTLTrg:SOURce", sources, lambda d: d.pulse_at, put_source)


def _chosen(device: Sequoia) -> range:
    """The phases that a setting is for."""
    return range(PHASES) if device.coupled else range(device.phase, device.phase + 1)


def _voltage(device: Sequoia) -> Numeric:
    return Numeric(0.0, device.output.top, 0.0, "V")


def _levels(table: Table) -> None:
    def put_volts(device: Sequoia, value: float) -> None:
        for phase in _chosen(device):
            device.output.volts[phase] = round(value, 2)
        device.changed()

    def put_hertz(device: Sequoia, value: float) -> None:
        device.output.frequency = round(value, 2)
        device.changed()

    def put_angle(device: Sequoia, value: float) -> None:
        if not device.coupled and device.phase:
            raise ScpiError(-221)
        device.output.phase = value
        device.changed()

    def put_range(device: Sequoia, arguments: tuple[str, ...]) -> Generator[float, None, None]:
        asked = Numeric(1.0, RANGES[1], RANGES[0], "V").parse(arguments[0])
        return device.take_range(RANGES[0] if asked <= RANGES[0] else RANGES[1])

    name = f"{_ROOT}:VOLTage{_LEVEL}"
    numeric(table, name, _voltage, lambda d: d.output.volts[d.phase], put_volts, show=nr2)
    table.command(f"{_ROOT}:VOLTage:RANGe", put_range)
    table.query(f"{_ROOT}:VOLTage:RANGe", lambda d, _: whole_number(d.output.top))
    name = f"{_ROOT}:FREQuency[:CW][:IMMediate]"
    numeric(table, name, FREQUENCY, lambda d: d.output.frequency, put_hertz, show=nr2)
    name = f"{_ROOT}:PHASe[:IMMediate]"
    numeric(table, name, ANGLE, _angle, put_angle, show=nr2)
    for function in FUNCTIONS:
        _mode(table, function)
    _phases(table)


def _angle(device: Sequoia) -> float:
    return device.output.phase + ANGLES[device.phase]


def _mode(table: Table, function: str) -> None:
    def put(device: Sequoia, mode: str) -> None:
        device.lists.active[function] = mode == "LIST"

    def get(device: Sequoia) -> str:
        return "LIST" if device.lists.active[function] else "FIX"

    word(table, f"{_ROOT}:{function}:MODE", ("FIXed", "LIST"), get, put)


def _phases(table: Table) -> None:
    def put_coupling(device: Sequoia, name: str) -> None:
        device.coupled = name == "ALL"

    def put_phase(device: Sequoia, value: float) -> None:
        device.phase = int(value) - 1

    coupling = ("ALL", "NONE")
    word(table, ":INSTrument:COUPle", coupling, lambda d: coupling[not d.coupled], put_coupling)
    number = Numeric(1, PHASES, 1)
    numeric(table, ":INSTrument:NSELect", number, lambda d: d.phase + 1, put_phase, whole=True)


def _current(table: Table) -> None:
    def put(device: Sequoia, value: float) -> None:
        for phase in _chosen(device):
            device.output.protection.limits[phase] = round(value, 2)
        device.changed()

    def put_trips(device: Sequoia, on: bool) -> None:
        device.output.protection.trips = on

    def put_delay(device: Sequoia, seconds: float) -> None:
        device.output.protection.delay = seconds

    def limits(device: Sequoia) -> Numeric:
        return device.output.rating.current(device.output.top)

    def get(device: Sequoia) -> float:
        return device.output.protection.limits[device.phase]

    numeric(table, f"{_ROOT}:CURRent{_LEVEL}", limits, get, put, show=nr2)
    name = f"{_ROOT}:CURRent:PROTection"
    flag(table, f"{name}:STATe", lambda d: d.output.protection.trips, put_trips)
    delay: Callable[[Sequoia], float] = lambda d: d.output.protection.delay  # noqa: E731
    numeric(table, f"{name}:DELay", DELAY, delay, put_delay, show=nr2)


def _regenerative(table: Table) -> None:
    def put_state(device: Sequoia, on: bool) -> None:
        device.output.protection.regenerates = on
        device.watch(device.t)

    def put_current(device: Sequoia, value: float) -> None:
        device.output.protection.fed_back = value
        device.watch(device.t)

    def put_under(device: Sequoia, value: float) -> None:
        device.output.protection.under = value

    def put_over(device: Sequoia, value: float) -> None:
        device.output.protection.over = value

    def most(device: Sequoia) -> Numeric:
        return device.output.rating.current(device.output.top)

    root = f"{_ROOT}:REGenerate"
    flag(table, f"{root}:STATe", lambda d: d.output.protection.regenerates, put_state)
    fed_back: Callable[[Sequoia], float] = lambda d: d.output.protection.fed_back  # noqa: E731
    numeric(table, f"{root}:CURRent", most, fed_back, put_current, show=nr2)
    under: Callable[[Sequoia], float] = lambda d: d.output.protection.under  # noqa: E731
    numeric(table, f"{root}:UNDer[:VOLTage]", _voltage, under, put_under, show=nr2)
    over: Callable[[Sequoia], float] = lambda d: d.output.protection.over  # noqa: E731
    numeric(table, f"{root}:OVER[:VOLTage]", _voltage, over, put_over, show=nr2)


def _lists(table: Table) -> None:
    def put_count(device: Sequoia, value: float) -> None:
        device.lists.count = int(value)

    root = f"{_ROOT}:LIST"
    limits: dict[str, Callable[[Sequoia], Numeric]] = {
        VOLTAGE: _voltage,
        FREQUENCY_LIST: lambda _: FREQUENCY,
        PHASE: lambda _: ANGLE,
        DWELL_LIST: lambda _: DWELL,
        MARKS: lambda _: Numeric(0, 1, 0),
    }
    for name, what in limits.items():
        _list(table, f"{root}:{name}", name, what)
    numeric(table, f"{root}:COUNt", COUNT, lambda d: d.lists.count, put_count, whole=True)
    word(table, f"{root}:STEP", ("AUTO",), lambda _: "AUTO", lambda _d, _n: None)


def _list(table: Table, root: str, name: str, limits: Callable[[Sequoia], Numeric]) -> None:
    def put(device: Sequoia, arguments: tuple[str, ...]) -> None:
        allowed = limits(device)
        device.lists.values[name] = [allowed.parse(one) for one in arguments]

    def show(device: Sequoia, _: tuple[str, ...]) -> str:
        return ",".join(f"{value:g}" for value in device.lists.values[name])

    level = "[:LEVel]" if name in FUNCTIONS else ""
    table.command(f"{root}{level}", put, 1, POINTS)
    table.query(f"{root}{level}", show)
    table.query(f"{root}:POINts", lambda d, _: str(len(d.lists.values[name])))


def _trigger(table: Table) -> None:
    def put_source(device: Sequoia, name: str) -> None:
        device.source = "IMM" if name == "IMMediate" else name

    table.command("*TRG", lambda d, _: d.trigger(), 0, 0)
    table.command(":INITiate[:IMMediate]", lambda d, _: d.arm(), 0, 0)
    table.command(":ABORt", lambda d, _: d.abandon(), 0, 0)
    sources = ("IMMediate", "BUS")
    word(table, ":TRIGger:SOURce", sources, lambda d: d.source, put_source)


def _measure(table: Table) -> None:
    shown: dict[str, Callable[[Sequoia], str]] = {
        ":VOLTage[:AC]": lambda d: nr2(d.acquired.flows[d.phase].voltage),
        ":CURRent[:AC]": lambda d: nr2(d.acquired.flows[d.phase].current),
        ":POWer[:AC][:REAL]": lambda d: nr2(d.acquired.flows[d.phase].power),
        ":POWer[:AC]:REACtive": lambda d: nr2(d.acquired.flows[d.phase].reactive_power),
        ":POWer[:AC]:APParent": _apparent,
        ":FREQuency": lambda d: nr2(d.acquired.frequency),
    }
    for name, tell in shown.items():
        table.query(f":MEASure[:SCALar]{name}", _after_new_data(tell))
        table.query(f":FETCh[:SCALar]{name}", _of_old_data(tell))


def _apparent(device: Sequoia) -> str:
    flow = device.acquired.flows[device.phase]
    return nr2(flow.voltage * flow.current)


def _after_new_data(
    tell: Callable[[Sequoia], str],
) -> Callable[[Sequoia, tuple[str, ...]], Generator[float, None, str]]:
    def measure(device: Sequoia, _: tuple[str, ...]) -> Generator[float, None, str]:
        yield from device.acquire()
        return tell(device)

    return measure


def _of_old_data(
    tell: Callable[[Sequoia], str],
) -> Callable[[Sequoia, tuple[str, ...]], str]:
    return lambda device, _: tell(device)


def _status(table: Table) -> None:
    table.query(":STATus:OPERation:CONDition", lambda d, _: str(d.operation))
    table.query(":STATus:QUEStionable:CONDition", lambda d, _: str(d.questionable))
