"""What the Keithley touch-screen instruments have in common: buffers, acquisition, system."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, ClassVar

from sim_backends.emulators.keithley.buffers import Buffers, Reading, ReadingBuffer
from sim_backends.emulators.keithley.elements import parse_selection, render, wall
from sim_backends.emulators.scpi import ScpiError, ScpiInstrument, Table
from sim_backends.emulators.scpi.common import common_table
from sim_backends.emulators.scpi.settings import numeric, word
from sim_backends.emulators.scpi.values import Numeric, select, string

LINE_FREQUENCY = 50.0
"""Power line frequency in Hz; one power line cycle is 20 ms."""

_LANGUAGES = {"SCPI": "SCPI", "TSP": "TSP", "SCPI2000": "", "SCPI2400": "", "SCPI34401": ""}
_TERMINALS = {"FRONt": "FRON", "REAR": "REAR"}


class KeithleyInstrument(ScpiInstrument):
    """Base of the Keithley emulators; a model gives `ready_at`, `reading_time` and `take`."""

    NO_ERROR: ClassVar[str]
    CAPACITY: ClassVar[int] = 100_000

    def __init__(self, model: str, serial: str, firmware: str) -> None:
        super().__init__(("KEITHLEY INSTRUMENTS", f"MODEL {model}", serial, firmware))
        self.buffers = Buffers(self.CAPACITY)
        self.count = 1
        self.terminals = "FRON"
        self.decimals = 6

    def ready_at(self) -> float:
        """Run time in s from which a reading may start (settling of the source)."""
        return self.t

    def reading_time(self) -> float:
        """Seconds that one reading takes."""
        raise NotImplementedError

    def take(self) -> Reading:
        """The reading that ends now."""
        raise NotImplementedError

    def select_function(self, mnemonic: str) -> None:
        """Make `mnemonic` (as in `MEASure:<function>?`) the measuring function."""
        raise NotImplementedError

    def select_terminals(self, terminals: str) -> None:
        """Use the front or the rear terminals; the device is wired to the front ones."""
        self.terminals = terminals

    def acquire(self, buffer: ReadingBuffer) -> Generator[float, None, Reading]:
        """Take `count` readings into `buffer`, each at the time it ends; the last one."""
        planned = self.ready_at()
        for _ in range(self.count):
            planned += self.reading_time()
            yield planned
            buffer.readings.append(self.take())
        return buffer.readings[-1]

    def reset(self) -> None:
        """`*RST`: buffers emptied, one reading a measurement."""
        super().reset()
        self.buffers.reset()
        self.count = 1
        self.decimals = 6

    def error_text(self) -> str:
        """As the event log prints it: number, text, severity, time."""
        event = self.status.errors.pop()
        if event is None:
            return self.NO_ERROR
        moment = wall(event.t)
        stamp = f"{moment:%Y/%m/%d %H:%M:%S}.{moment.microsecond // 1000:03d}"
        return f'{event.code},"{event.text};1;{stamp}"'


def read(device: Any, arguments: tuple[str, ...]) -> Generator[float, None, str]:
    """`READ? [<bufferName>[, <bufferElements>]]`: measure, store, answer the last reading."""
    name, elements = parse_selection(arguments)
    buffer = device.buffers.find(name)
    reading = yield from device.acquire(buffer)
    return render(reading, elements, buffer.readings[0].t, device.decimals)


def fetch(device: Any, arguments: tuple[str, ...]) -> str:
    """`FETCh? [...]`: the latest reading of a buffer; -230 where it is empty."""
    name, elements = parse_selection(arguments)
    readings = device.buffers.find(name).readings
    if not readings:
        raise ScpiError(-230, f"{name} is empty")
    return render(readings[-1], elements, readings[0].t, device.decimals)


def measure_as(mnemonic: str) -> Any:
    """Handler of `MEASure:<function>?`: select the function, then `READ?`."""

    def measure(device: Any, arguments: tuple[str, ...]) -> Generator[float, None, str]:
        device.select_function(mnemonic)
        return read(device, arguments)

    return measure


def keithley_table(functions: tuple[str, ...]) -> Table:
    """READ, FETCh, MEASure for `functions` and the SYSTem commands of these models."""
    table = common_table()
    table.query(":READ", read, 0, 15)
    table.query(":FETCh", fetch, 0, 15)
    table.query(":MEASure", read, 0, 15)
    for function in functions:
        table.query(f":MEASure:{function}", measure_as(function), 0, 15)
    numeric(
        table, "[:SENSe[1]]:COUNt", Numeric(1, 1_000_000, 1),
        lambda d: d.count, _set_count, whole=True,
    )  # fmt: skip
    _system(table)
    _display(table)
    _format(table)
    return table


def _set_count(device: Any, count: int) -> None:
    device.count = count


def _system(table: Table) -> None:
    # A bus trigger: no trigger model that is emulated waits for one.
    table.command("*TRG", lambda _d, _: None, 0, 0)
    table.query("*LANG", lambda _d, _: "SCPI")
    table.command("*LANG", _language)
    table.query(":SYSTem:LFRequency", lambda _d, _: f"{LINE_FREQUENCY:.0f}")
    table.command(":SYSTem:CLEar", lambda d, _: d.status.errors.clear(), 0, 0)
    table.command(":SYSTem:BEEPer[:IMMediate]", lambda _d, _: None, 2, 2)
    table.command(":SYSTem:PRESet", lambda d, _: d.reset(), 0, 0)
    table.query(":SYSTem:TIME", lambda d, _: f"{wall(d.t):%a %b %d %H:%M:%S %Y}", 0, 1)
    table.query(":ROUTe:TERMinals", lambda d, _: d.terminals)
    table.command(":ROUTe:TERMinals", lambda d, a: d.select_terminals(select(a[0], _TERMINALS)))


def _language(_device: Any, arguments: tuple[str, ...]) -> None:
    name = string(arguments[0]).upper()
    if name not in _LANGUAGES:
        raise ScpiError(-224, name)
    if name != "SCPI":
        # Another command set is active only after the instrument was switched off and on.
        raise ScpiError(-221, "only the SCPI command set is emulated")


def _display(table: Table) -> None:
    for node in ("SCReen", "USER1:TEXT[:DATA]", "USER2:TEXT[:DATA]"):
        table.command(f":DISPlay:{node}", lambda _d, _: None)
    table.command(":DISPlay:CLEar", lambda _d, _: None, 0, 0)


def _format(table: Table) -> None:
    word(table, ":FORMat[:DATA]", ("ASCii",), lambda _d: "ASCii", lambda _d, _v: None)
    numeric(
        table, ":FORMat:ASCii:PRECision", Numeric(0, 16, 0),
        lambda d: 0 if d.decimals == 6 else d.decimals + 1, _set_precision, whole=True,
    )  # fmt: skip


def _set_precision(device: Any, digits: int) -> None:
    device.decimals = digits - 1 if digits else 6
