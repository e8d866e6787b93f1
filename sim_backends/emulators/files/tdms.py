"""Data logger on a tensile machine that writes TDMS, by National Instruments' public "TDMS File
Format Internal Structure" (version 4713, TDMS 2.0).

One segment: lead-in, metadata of the file, of the group `Test` and of its channels, then the raw
data of one channel after another, little-endian. Channels `Load`, `Extension`, `Strain` carry the
waveform properties (`wf_start_time`, `wf_increment` in s, `wf_samples`) and `unit_string`. Left
out: interleaved data, DAQmx raw data, scaling, several segments, index files.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np

from sim_backends.emulators.files.notes import toml
from sim_backends.emulators.files.pulling import INTERVAL, MAKER, MODEL, TensileMachine
from sim_backends.emulators.files.station import FileStation, Shot
from sim_backends.models.specimens.tensile import SpecimenPort

METADATA, NEW_OBJECTS, RAW_DATA = 1 << 1, 1 << 2, 1 << 3
"""Bits of the table of contents."""

VERSION = 4713
NO_RAW_DATA = 0xFFFFFFFF
INT32, DOUBLE, STRING, TIMESTAMP = 3, 10, 0x20, 0x44
"""Numbers of the data types."""

EPOCH = datetime(1904, 1, 1, tzinfo=UTC)
"""Time stamps are seconds since then, and 2^-64 s."""

Value = str | int | float | datetime
GROUP = "Test"


@dataclass(frozen=True, eq=False)
class Item:
    """An object of the file: `path` of its names, `properties`, and `data` where it has some."""

    path: Sequence[str]
    properties: Mapping[str, Value]
    data: Any = None


class TdmsLogger(FileStation):
    """A logger on the machine with the specimen in `port` in its grips."""

    suffix = ".tdms"

    def __init__(self, port: SpecimenPort, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__(serial=serial, rng=rng)
        self._port = port
        self._machine = TensileMachine(port, rng)
        self.lasting = self._machine.seconds
        self.notes = toml({"points": self._machine.points})

    def document(self, shot: Shot) -> bytes:
        """One test."""
        curve = self._machine.pull()
        return segment([
            Item((), self._about(shot)),
            Item((GROUP,), {"description": "tensile to break"}),
            channel(shot, GROUP, "Load", "N", curve.force),
            channel(shot, GROUP, "Extension", "mm", curve.displacement * 1e3),
            channel(shot, GROUP, "Strain", "mm/mm", curve.strain),
        ])

    def _about(self, shot: Shot) -> dict[str, Value]:
        return {
            "name": shot.stem,
            "title": shot.sample,
            "author": "operator",
            "datetime": shot.moment,
            "Sample": shot.sample,
            "Manufacturer": MAKER,
            "Model": MODEL,
            "Serial number": shot.serial,
            "description": "tensile to break, ISO 6892-1 A1",
            "Area_mm2": self._port.area * 1e6,
            "Gauge_length_mm": self._port.length * 1e3,
        }


def channel(
    shot: Shot, group: str, name: str, unit: str, values: Any, interval: float = INTERVAL
) -> Item:
    """`values` in `unit`, `interval` s apart, as a channel that began with the shot."""
    waveform: dict[str, Value] = {
        "wf_start_time": shot.moment,
        "wf_start_offset": 0.0,
        "wf_increment": interval,
        "wf_samples": int(values.size),
        "unit_string": unit,
        "NI_ChannelName": name,
    }
    return Item((group, name), waveform, values)


def segment(items: Sequence[Item]) -> bytes:
    """Lead-in, metadata, raw data."""
    metadata = struct.pack("<I", len(items)) + b"".join(map(_metadata, items))
    raw = b"".join(item.data.astype("<f8").tobytes() for item in items if item.data is not None)
    contents = METADATA | NEW_OBJECTS | RAW_DATA
    lead = struct.pack("<IIQQ", contents, VERSION, len(metadata) + len(raw), len(metadata))
    return b"TDSm" + lead + metadata + raw


def _metadata(item: Item) -> bytes:
    path = "/" + "/".join("'" + name.replace("'", "''") + "'" for name in item.path)
    index = struct.pack("<I", NO_RAW_DATA)
    if item.data is not None:
        # Length of the index, data type, dimension 1, number of values.
        index = struct.pack("<IIIQ", 20, DOUBLE, 1, item.data.size)
    properties = b"".join(_text(name) + _property(value) for name, value in item.properties.items())
    return _text(path) + index + struct.pack("<I", len(item.properties)) + properties


def _property(value: Value) -> bytes:
    if isinstance(value, str):
        return struct.pack("<I", STRING) + _text(value)
    if isinstance(value, datetime):
        return struct.pack("<IQq", TIMESTAMP, 0, int((value - EPOCH).total_seconds()))
    if isinstance(value, int):
        return struct.pack("<Ii", INT32, value)
    return struct.pack("<Id", DOUBLE, value)


def _text(text: str) -> bytes:
    data = text.encode("utf-8")
    return struct.pack("<I", len(data)) + data


EMULATOR = TdmsLogger
