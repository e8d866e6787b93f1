"""ROUTe: channels closed and opened, scans (DAQ6510-901-01, "ROUTe subsystem")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim_backends.emulators.keithley.channel_list import channels, listed
from sim_backends.emulators.keithley.elements import buffer_name
from sim_backends.emulators.scpi import ScpiError, Table
from sim_backends.emulators.scpi.settings import numeric
from sim_backends.emulators.scpi.values import Numeric, number, string

if TYPE_CHECKING:
    from sim_backends.emulators.keithley.daq6510 import DAQ6510

_COUNT = Numeric(0, 100_000_000, 1)
_INTERVAL = Numeric(0, 100_000, 0, "S")


def add_route(table: Table) -> None:
    """Add the ROUTe subsystem to `table`."""
    _switching(table)
    _scanning(table)


def _switching(table: Table) -> None:
    root = ":ROUTe[:CHANnel]"
    table.command(f"{root}:CLOSe", _close)
    table.query(f"{root}:CLOSe", lambda d, _: listed([d.closed] if d.closed else []), 0, 1)
    table.command(f"{root}:OPEN", _open)
    table.command(f"{root}:OPEN:ALL", lambda d, _: d.close_channel(0), 0, 0)
    table.query(f"{root}:STATe", _state, 1, 1)
    table.command(f"{root}:DELay", _set_delay, 2, 2)
    table.query(f"{root}:DELay", lambda d, a: _each(d, a[0], lambda s: f"{s.delay:g}"), 1, 1)
    table.command(f"{root}:LABel", _set_label, 2, 2)
    table.query(f"{root}:LABel", lambda d, a: _each(d, a[0], lambda s: s.label), 1, 1)


def _each(device: DAQ6510, token: str, show: object) -> str:
    assert callable(show)
    return ";".join(str(show(device.setup(channel))) for channel in channels(token))


def _close(device: DAQ6510, arguments: tuple[str, ...]) -> None:
    numbers = channels(arguments[0])
    for channel in numbers:
        device.setup(channel)
    # Only one channel at a time can be measured: the last of the list stays closed.
    device.close_channel(numbers[-1])


def _open(device: DAQ6510, arguments: tuple[str, ...]) -> None:
    numbers = channels(arguments[0])
    for channel in numbers:
        device.setup(channel)
    if device.closed in numbers:
        device.close_channel(0)


def _state(device: DAQ6510, arguments: tuple[str, ...]) -> str:
    numbers = channels(arguments[0])
    for channel in numbers:
        device.setup(channel)
    return ",".join("1" if channel == device.closed else "0" for channel in numbers)


def _set_delay(device: DAQ6510, arguments: tuple[str, ...]) -> None:
    seconds = number(arguments[0], "S")
    if not 0.0 <= seconds <= 60.0:
        raise ScpiError(-222, arguments[0])
    for channel in channels(arguments[1]):
        device.setup(channel).delay = seconds


def _set_label(device: DAQ6510, arguments: tuple[str, ...]) -> None:
    text = string(arguments[0])
    for channel in channels(arguments[1]):
        device.setup(channel).label = text


def _scanning(table: Table) -> None:
    root = ":ROUTe:SCAN"

    def put_count(device: DAQ6510, count: int) -> None:
        device.scan.count = count

    def put_interval(device: DAQ6510, seconds: float) -> None:
        device.scan.interval = seconds

    def put_pause(device: DAQ6510, seconds: float) -> None:
        device.scan.pause = seconds

    for tail in ("", ":CREate"):
        table.command(root + tail, _create)
        table.query(root + tail, lambda d, _: listed(d.scan.channels))
    table.command(f"{root}:ADD", lambda d, a: d.scan.channels.extend(_checked(d, a[0])))
    table.query(f"{root}:COUNt:STEP", lambda d, _: str(len(d.scan.channels)))
    numeric(table, f"{root}:COUNt:SCAN", _COUNT, lambda d: d.scan.count, put_count, whole=True)
    numeric(table, f"{root}:INTerval", _INTERVAL, lambda d: d.scan.interval, put_interval)
    numeric(table, f"{root}:MEASure:INTerval", _INTERVAL, lambda d: d.scan.pause, put_pause)
    # Times of a scan are answered in the shortest form.
    table.query(f"{root}:INTerval", lambda d, _: f"{d.scan.interval:g}")
    table.query(f"{root}:MEASure:INTerval", lambda d, _: f"{d.scan.pause:g}")
    table.command(f"{root}:BUFFer", _set_buffer)
    table.query(f"{root}:BUFFer", lambda d, _: d.scan.buffer)


def _checked(device: DAQ6510, token: str) -> list[int]:
    numbers = channels(token)
    for channel in numbers:
        device.setup(channel)
    return numbers


def _create(device: DAQ6510, arguments: tuple[str, ...]) -> None:
    empty = arguments[0].replace(" ", "") == "(@)"
    device.scan.channels = [] if empty else _checked(device, arguments[0])


def _set_buffer(device: DAQ6510, arguments: tuple[str, ...]) -> None:
    name = buffer_name(arguments[0])
    device.buffers.find(name)
    device.scan.buffer = name
