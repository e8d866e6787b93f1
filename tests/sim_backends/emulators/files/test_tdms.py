"""The bytes of a TDMS file, taken apart by National Instruments' description of the format."""

from __future__ import annotations

import struct
from typing import Any

import numpy as np
import pytest

from tests.sim_backends.emulators.files.test_pulling import check_pull
from tests.sim_backends.emulators.files.written import SEEDS, SERIAL, first


class Cursor:
    """Reads values one after another."""

    def __init__(self, data: bytes, at: int) -> None:
        self.data, self.at = data, at

    def take(self, form: str) -> Any:
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values[0] if len(values) == 1 else values

    def text(self) -> str:
        size = self.take("I")
        self.at += size
        return self.data[self.at - size : self.at].decode("utf-8")

    def value(self) -> Any:
        match self.take("I"):
            case 3:
                return self.take("i")
            case 10:
                return self.take("d")
            case 0x20:
                return self.text()
            case 0x44:
                return self.take("Qq")[1]
        raise AssertionError("a type that is not written")


def taken_apart(data: bytes) -> tuple[dict[str, dict[str, Any]], dict[str, Any]]:
    """Properties and raw data by the path of the object."""
    assert data[:4] == b"TDSm"
    cursor = Cursor(data, 4)
    contents, version, size, raw = cursor.take("IIQQ")
    assert (contents, version, size) == (0x0E, 4713, len(data) - 28)
    properties: dict[str, dict[str, Any]] = {}
    counts: dict[str, int] = {}
    for _ in range(cursor.take("I")):
        path, index = cursor.text(), cursor.take("I")
        if index != 0xFFFFFFFF:
            kind, dimension, counts[path] = cursor.take("IIQ")
            assert (index, kind, dimension) == (20, 10, 1)
        properties[path] = {cursor.text(): cursor.value() for _ in range(cursor.take("I"))}
    assert cursor.at == 28 + raw
    arrays: dict[str, Any] = {}
    at = cursor.at
    for path, count in counts.items():
        arrays[path] = np.frombuffer(data, "<f8", count, at)
        at += 8 * count
    assert at == len(data)
    return properties, arrays


@pytest.mark.parametrize("seed", SEEDS)
def test_a_tensile_curve(seed: int) -> None:
    properties, arrays = taken_apart(first("tdms", seed))
    assert list(properties)[:2] == ["/", "/'Test'"]
    assert properties["/"]["Serial number"] == SERIAL
    load = properties["/'Test'/'Load'"]
    assert load["unit_string"] == "N" and load["wf_samples"] == arrays["/'Test'/'Load'"].size
    check_pull(arrays["/'Test'/'Load'"], arrays["/'Test'/'Strain'"])
