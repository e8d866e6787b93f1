"""TDMS 1.0 and 2.0: segments of metadata and raw data (NI, "TDMS File Format Internal Structure").

A segment begins with 28 bytes: the tag `TDSm`, a mask, the version, where the next segment begins
and where the raw data begin, both counted from the end of these bytes. Metadata name objects by
path, `/'group'/'channel'`, with properties; an object's index says how many values of which type a
chunk holds. Interleaved and DAQmx data and strings as raw data are refused by name.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TAG, LEAD_IN = b"TDSm", 28
METADATA, NEW_LIST, RAW, INTERLEAVED, BIG_ENDIAN, DAQMX = 2, 4, 8, 32, 64, 128
UNFINISHED = 2**64 - 1
NO_DATA, AS_BEFORE = 0xFFFFFFFF, 0

TYPES: Mapping[int, str] = {
    **{1: "b", 2: "h", 3: "i", 4: "q", 5: "B", 6: "H", 7: "I", 8: "Q", 9: "f", 10: "d"},
    **{0x19: "f", 0x1A: "d", 0x21: "?"},
}
"""Numbers by tdsDataType, as `struct` calls them; 0x19 and 0x1A have a unit as a property."""

STRING, TIME = 0x20, 0x44
EPOCH = -2082844800.0
"""1904-01-01 UTC, from which time stamps count, as Unix time in s."""


@dataclass
class Channel:
    """An object of the file: its properties, and its raw values in the order of the segments."""

    properties: dict[str, Any] = field(default_factory=dict)
    parts: list[NDArray[np.float64]] = field(default_factory=list)

    def values(self) -> NDArray[np.float64]:
        """All its values, shape (n,), in its own unit."""
        import numpy as np

        return np.concatenate(self.parts) if self.parts else np.empty(0)


@dataclass(frozen=True)
class _Index:
    code: str
    count: int

    @property
    def size(self) -> int:
        return self.count * struct.calcsize(f"<{self.code}")


class _Bytes:
    """Reads metadata; `ValueError` where they end too early."""

    def __init__(self, data: bytes, order: str) -> None:
        self._data, self._at, self._order = data, 0, order

    def number(self, code: str) -> Any:
        size = struct.calcsize(f"<{code}")
        return struct.unpack(self._order + code, self._take(size))[0]

    def text(self) -> str:
        return self._take(self.number("I")).decode("utf-8")

    def value(self) -> Any:
        """A property's value; a time stamp as Unix time in s."""
        kind = self.number("I")
        if kind == STRING:
            return self.text()
        if kind == TIME:
            fraction, seconds = self.number("Q"), self.number("q")
            return EPOCH + seconds + fraction / 2.0**64
        if kind not in TYPES:
            raise ValueError(f"has a property of the type {kind:#x}, which is not read")
        return self.number(TYPES[kind])

    def _take(self, size: int) -> bytes:
        found = self._data[self._at : self._at + size]
        if len(found) < size:
            raise ValueError("is cut within its metadata")
        self._at += size
        return found


class _File:
    def __init__(self) -> None:
        self.objects: dict[str, Channel] = {}
        self.indexes: dict[str, _Index] = {}
        self.order: list[str] = []

    def segment(self, data: bytes) -> int:
        """Take in the segment at the beginning of `data`; the bytes that it takes."""
        if len(data) < LEAD_IN or data[:4] != TAG:
            raise ValueError("is cut or torn: no segment begins where one ends")
        (mask,) = struct.unpack_from("<I", data, 4)
        sign = ">" if mask & BIG_ENDIAN else "<"
        next_at, raw_at = struct.unpack_from(f"{sign}QQ", data, 12)
        if next_at == UNFINISHED or len(data) < LEAD_IN + next_at:
            raise ValueError("is cut: its last segment was not finished")
        if mask & (INTERLEAVED | DAQMX):
            raise ValueError("holds interleaved or DAQmx data, which are not read")
        if mask & METADATA:
            self._metadata(_Bytes(data[LEAD_IN : LEAD_IN + raw_at], sign), bool(mask & NEW_LIST))
        if mask & RAW:
            self._raw(data[LEAD_IN + raw_at : LEAD_IN + next_at], sign)
        return LEAD_IN + next_at

    def _metadata(self, found: _Bytes, new: bool) -> None:
        if new:
            self.order = []
        for _ in range(found.number("I")):
            path = found.text()
            if self._index(path, found.number("I"), found) and path not in self.order:
                self.order.append(path)
            properties = self.objects.setdefault(path, Channel()).properties
            for _ in range(found.number("I")):
                name = found.text()
                properties[name] = found.value()

    def _index(self, path: str, length: int, found: _Bytes) -> bool:
        """Whether the object has raw data in this segment."""
        if length == NO_DATA:
            if path in self.order:
                self.order.remove(path)
            return False
        if length == AS_BEFORE:
            if path not in self.indexes:
                raise ValueError(f"has no index of {path}")
            return True
        kind, _, count = found.number("I"), found.number("I"), found.number("Q")
        if kind not in TYPES:
            raise ValueError(f"has raw data of the type {kind:#x} in {path}, which are not read")
        self.indexes[path] = _Index(TYPES[kind], count)
        return True

    def _raw(self, data: bytes, sign: str) -> None:
        """Chunks of all channels in their order, as many as the bytes hold."""
        import numpy as np

        size = sum(self.indexes[path].size for path in self.order)
        if not size or len(data) % size:
            raise ValueError(f"is torn: {len(data)} bytes of raw data in chunks of {size}")
        at = 0
        while at < len(data):
            for path in self.order:
                index = self.indexes[path]
                kind = np.dtype(sign + index.code)
                values = np.frombuffer(data, kind, index.count, at)
                self.objects[path].parts.append(values.astype(np.float64))
                at += index.size


def objects(data: bytes) -> Mapping[str, Channel]:
    """The objects of a file by their path; `ValueError` for a cut file or an unknown type."""
    file, at, view = _File(), 0, memoryview(data)
    if not data:
        raise ValueError("is empty")
    while at < len(data):
        at += file.segment(bytes(view[at:]))
    return file.objects
