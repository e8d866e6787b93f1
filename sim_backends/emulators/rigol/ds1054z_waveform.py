""":WAVeform group of the DS1054Z: preamble and blocks of points.

MSO1000Z/DS1000Z programming guide, 2-212 to 2-226. Assumed: a read of more points than the format
allows, or of the memory while the oscilloscope runs, is refused (-222, -221) and not answered; a
channel without a record gives an empty block. Remembered: ASCii data has the header of a block.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim_backends.emulators.rigol import ds1054z_specs as specs
from sim_backends.emulators.rigol.ds1054z_acquire import STOP
from sim_backends.emulators.rigol.ds1054z_record import Codes, Record
from sim_backends.emulators.rigol.ds1054z_setup import Setup, Vertical
from sim_backends.emulators.scpi import ScpiError, Table
from sim_backends.emulators.scpi.settings import keep, numeric, word
from sim_backends.emulators.scpi.values import Numeric

if TYPE_CHECKING:
    from sim_backends.emulators.rigol.ds1054z import DS1054Z

FORMATS = ("BYTE", "WORD", "ASCii")
MODES = ("NORMal", "MAXimum", "RAW")


def tmc(data: bytes) -> str:
    """`data` behind its header `#9<nine digits>`, as characters of one byte each."""
    return f"#9{len(data):09d}" + data.decode("latin-1")


def add_waveform(table: Table) -> None:
    """Add the group to `table`."""
    word(table, ":WAVeform:MODE", MODES, *keep("wave_mode", _whole))
    word(table, ":WAVeform:FORMat", FORMATS, *keep("wave_format"))
    for node, key in (("STARt", "start"), ("STOP", "stop")):
        numeric(table, f":WAVeform:{node}", _points, *keep(key), whole=True)
    table.query(":WAVeform:DATA", lambda d, _: _data(d))
    table.query(":WAVeform:PREamble", lambda d, _: _preamble(d))
    for node, index in (("XINCrement", 4), ("XORigin", 5), ("XREFerence", 6),
                        ("YINCrement", 7), ("YORigin", 8), ("YREFerence", 9)):  # fmt: skip
        _part(table, node, index)


def _part(table: Table, node: str, index: int) -> None:
    table.query(f":WAVeform:{node}", lambda d, _: _preamble(d).split(",")[index])


def _setup(device: DS1054Z) -> Setup:
    device.acquisition.look(device.t)
    record = device.acquisition.record
    return device.acquisition.setup if record is None else record.setup


def _from_memory(device: DS1054Z) -> bool:
    mode = device.values["wave_mode"]
    return mode == "RAW" or (mode == "MAXimum" and device.acquisition.state == STOP)


def _whole(device: DS1054Z) -> None:
    """A new mode selects all points of the screen."""
    device.values |= {"start": 1, "stop": specs.SCREEN_POINTS}


def _points(device: DS1054Z) -> Numeric:
    top = _setup(device).depth if _from_memory(device) else specs.SCREEN_POINTS
    return Numeric(1, top, 1)


def _preamble(device: DS1054Z) -> str:
    setup, memory = _setup(device), _from_memory(device)
    channel = setup.channels[device.values["wave_source"] - 1]
    step = 1.0 / setup.rate if memory else setup.time_scale / 100.0
    points = setup.depth if memory else specs.SCREEN_POINTS
    count = device.values["averages"] if device.values["acquire"] == "AVERages" else 1
    head = FORMATS.index(device.values["wave_format"]), MODES.index(device.values["wave_mode"])
    fields = (
        *(str(number) for number in (*head, points, count)),
        f"{step:.6e}", f"{setup.delay - points * step / 2.0:.6e}", "0",
        f"{channel.increment:.6e}", str(channel.origin), str(specs.REFERENCE),
    )  # fmt: skip
    return ",".join(fields)


def _data(device: DS1054Z) -> str:
    device.acquisition.look(device.t)
    record, source = device.acquisition.record, device.values["wave_source"]
    if device.values["wave_mode"] == "RAW" and device.acquisition.state != STOP:
        raise ScpiError(-221, "the memory is read while stopped")
    if record is None or not record.setup.channels[source - 1].on:
        return tmc(b"")
    start, stop = device.values["start"], device.values["stop"]
    kind = device.values["wave_format"]
    if not start <= stop or stop - start + 1 > specs.READ_LIMITS[kind]:
        raise ScpiError(-222, f"points {start} to {stop}")
    codes = _codes(device, record, source, start, stop)
    return _formatted(codes, kind, record.setup.channels[source - 1])


def _codes(device: DS1054Z, record: Record, source: int, start: int, stop: int) -> Codes:
    if not _from_memory(device):
        return record.screen(source)[start - 1 : stop]
    return record.memory(source, start, min(stop, record.setup.depth))


def _formatted(codes: Codes, kind: str, channel: Vertical) -> str:
    if kind == "BYTE":
        return tmc(codes.tobytes())
    if kind == "WORD":
        return tmc(codes.astype("<u2").tobytes())
    volts = (codes.astype(float) - channel.origin - specs.REFERENCE) * channel.increment
    return tmc(",".join(f"{value:.6e}" for value in volts).encode("ascii"))
