"""TDMS written byte by byte after NI's description of the format."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.codecs import tdms
from drivers.imported.tdms import Tdms
from tests.drivers.imported.folders import refusal, result, source, whole_or_refused

CHANNEL = "/'log'/'T''1'"


def text(words: str) -> bytes:
    data = words.encode("utf-8")
    return struct.pack("<I", len(data)) + data


def prop(name: str, value: str | float | int) -> bytes:
    if isinstance(value, str):
        return text(name) + struct.pack("<I", 0x20) + text(value)
    if isinstance(value, int):  # a time stamp: seconds of 1904
        return text(name) + struct.pack("<IQq", 0x44, 2**63, value + 2082844800)
    return text(name) + struct.pack("<Id", 10, value)


def obj(path: str, index: bytes, properties: Mapping[str, str | float | int]) -> bytes:
    parts = [text(path), index, struct.pack("<I", len(properties))]
    return b"".join([*parts, *(prop(*one) for one in properties.items())])


def segment(mask: int, metadata: bytes, raw: bytes) -> bytes:
    sizes = struct.pack("<QQ", len(metadata) + len(raw), len(metadata))
    return b"TDSm" + struct.pack("<II", mask, 4713) + sizes + metadata + raw


NO_DATA = struct.pack("<I", 0xFFFFFFFF)
ROOT = {"name": "S1", "Method": "soak", "Model": "cDAQ", "Serial number": "SIM-6"}
WAVE: dict[str, str | float | int] = {
    "unit_string": "degC",
    "wf_start_time": 1767323045,
    "wf_start_offset": 1.0,
    "wf_increment": 0.5,
}


def index(count: int, kind: int = 10) -> bytes:
    return struct.pack("<IIIQ", 20, kind, 1, count)


def file(values: Sequence[float] = (1.0, 2.0), wave: Mapping = WAVE, root: Mapping = ROOT) -> bytes:
    metadata = struct.pack("<I", 2) + obj("/", NO_DATA, root)
    metadata += obj(CHANNEL, index(len(values)), wave)
    return segment(0xE, metadata, struct.pack(f"<{len(values)}d", *values))


def test_channels_of_two_segments() -> None:
    more = segment(0x8, b"", struct.pack("<4d", 3.0, float("nan"), 5.0, 6.0))
    found = result(Tdms, source(file() + more, "a.tdms"))
    (channel,) = found.result
    assert (channel.channel, channel.values.unit) == ("log/T'1", "degC")
    np.testing.assert_array_equal(channel.values.values, [1, 2, 3, np.nan, 5, 6])
    np.testing.assert_allclose(channel.time, 1767323046.5 + 0.5 * np.arange(6))
    assert (found.file.sample, found.file.method) == ("S1", "soak")
    assert found.file.instrument.serial == "SIM-6"
    assert "1 of 6 values of log/T'1 are nan" in found.file.remarks


def test_other_types_and_the_other_byte_order() -> None:
    metadata = struct.pack(">I", 1) + struct.pack(">I", 5) + b"/'g'/"
    metadata = struct.pack(">II", 1, 8) + b"/'g'/'c'" + struct.pack(">IIIQI", 20, 2, 1, 3, 0)
    sizes = struct.pack(">QQ", len(metadata) + 6, len(metadata))
    data = b"TDSm" + struct.pack("<I", 0x4E) + struct.pack(">I", 4713) + sizes + metadata
    objects = tdms.objects(data + struct.pack(">3h", 1, -2, 300))
    np.testing.assert_array_equal(objects["/'g'/'c'"].values(), [1, -2, 300])


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (file(wave={k: v for k, v in WAVE.items() if k != "unit_string"}), "no unit of log/T'1"),
        (file(wave={k: v for k, v in WAVE.items() if k != "wf_increment"}), "no interval"),
        (file(wave={k: v for k, v in WAVE.items() if k != "wf_start_time"}), "when log/T'1 began"),
        (file(root={"Model": "cDAQ"}), "no method"),
        (file(root={"Method": "soak"}), "no instrument"),
        (b"TDSm" + file()[4:12] + b"\xff" * 8 + file()[20:], "not finished"),
        (file() + b"TDSx", "no segment begins"),
        (b"", "empty"),
        (segment(0x2E, b"\0\0\0\0", b""), "interleaved"),
        (segment(0xE, struct.pack("<I", 1) + obj(CHANNEL, index(1, 0x20), {}), b""), "0x20"),
    ],
)
def test_what_is_missing_is_named(data: bytes, why: str) -> None:
    assert why in refusal(Tdms, source(data, "a.tdms"))


def test_the_number_of_values_may_stand_beside() -> None:
    more = file() + segment(0x8, b"", struct.pack("<2d", 3.0, 4.0))
    assert len(result(Tdms, source(more, "a", points=4)).result[0].time) == 4
    assert "[2] of 4 values" in refusal(Tdms, source(file(), "a", points=4))


@given(st.integers(0, len(file()) - 1))
def test_a_cut_file_is_refused(length: int) -> None:
    assert whole_or_refused(Tdms, source(file(), "a.tdms"), length) is None
