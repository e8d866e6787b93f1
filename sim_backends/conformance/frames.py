"""What a host sends, from the exchanges of a golden file."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from typing import Any

from sim_backends.emulators.llp.line import crc8
from sim_backends.emulators.modbus_rtu import frame

UNIT, READ, WRITE = 1, 3, 16
"""Unit and function codes of the Modbus frames."""

FIRST_READS = tuple(frame(struct.pack(">BBHH", UNIT, READ, at, 1)) for at in (0, 128, 40000))
"""Sent where there is no golden file: reads of a Modbus device, noise to any other."""


def frames_of(exchanges: Iterable[Mapping[str, Any]], *, checked: bool) -> tuple[bytes, ...]:
    """Different frames of `exchanges`, in their order; `checked` lines carry the check of LLP1."""
    frames = [_frame(one, checked) for one in exchanges]
    return tuple(dict.fromkeys(one for one in frames if one)) or FIRST_READS


def _frame(exchange: Mapping[str, Any], checked: bool) -> bytes:
    if "send_hex" in exchange:
        return bytes.fromhex(exchange["send_hex"])
    if "send_text" in exchange:
        return exchange["send_text"].encode("latin-1")
    if "send" in exchange:
        data = exchange["send"].encode("latin-1")
        return sealed(data) if checked else data + b"\n"
    if "read" in exchange:
        return frame(struct.pack(">BBHH", UNIT, READ, exchange["read"], len(exchange["answer"])))
    if "write" in exchange:
        return _write(exchange["write"], [value & 0xFFFF for value in exchange["values"]])
    return b""


def _write(register: int, values: list[int]) -> bytes:
    head = struct.pack(">BBHHB", UNIT, WRITE, register, len(values), 2 * len(values))
    return frame(head + struct.pack(f">{len(values)}H", *values))


def sealed(data: bytes) -> bytes:
    """An LLP1 command with check and LF."""
    return data + b"*%02X\n" % crc8(data)
