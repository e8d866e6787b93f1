"""What a host sends, from the exchanges of a golden file."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from typing import Any

from sim_backends.emulators.llp.line import crc8
from sim_backends.emulators.modbus_rtu import frame
from sim_backends.plugs.mqtt_codec import Message

READ, WRITE = 3, 16
"""Function codes of the Modbus frames."""

IDENTIFY, IDENTIFICATION, ALL_OBJECTS = 0x2B, 0x0E, 0x03
"""Function, type and read code of a request for the device identification."""


def frames_of(
    exchanges: Iterable[Mapping[str, Any]], *, checked: bool, unit: int = 1
) -> tuple[bytes, ...]:
    """Different frames of `exchanges`, in their order; `checked` lines carry the check of LLP1.

    Registers are those of Modbus unit `unit`. A line ends as its exchange `ends`, or with LF.
    """
    frames = [_frame(one, checked, unit) for one in exchanges]
    return tuple(dict.fromkeys(one for one in frames if one)) or first_reads(unit)


def first_reads(unit: int) -> tuple[bytes, ...]:
    """Sent where there is no golden file: reads of a Modbus device, noise to any other."""
    return tuple(frame(struct.pack(">BBHH", unit, READ, at, 1)) for at in (0, 128, 40000))


def _frame(exchange: Mapping[str, Any], checked: bool, unit: int) -> bytes:
    if "send_hex" in exchange:
        return bytes.fromhex(exchange["send_hex"])
    if "send_text" in exchange:
        return exchange["send_text"].encode("latin-1")
    if "send" in exchange:
        data = exchange["send"].encode("latin-1")
        end = exchange.get("ends", "\n").encode("latin-1")
        return sealed(data) if checked else data + end
    if "read" in exchange:
        return frame(struct.pack(">BBHH", unit, READ, exchange["read"], len(exchange["answer"])))
    if "write" in exchange:
        return _write(unit, exchange["write"], [value & 0xFFFF for value in exchange["values"]])
    if "identification" in exchange:
        asked = exchange["identification"]
        return frame(struct.pack(">5B", unit, IDENTIFY, IDENTIFICATION, ALL_OBJECTS, asked))
    return b""


def messages_of(exchanges: Iterable[Mapping[str, Any]]) -> tuple[Message, ...]:
    """What a host publishes in `exchanges`, each once."""
    found = [
        Message(one.get("publish") or one["request"], one["payload"].encode("utf-8"))
        for one in exchanges
        if "publish" in one or "request" in one
    ]
    return tuple(dict.fromkeys(found))


def _write(unit: int, register: int, values: list[int]) -> bytes:
    head = struct.pack(">BBHHB", unit, WRITE, register, len(values), 2 * len(values))
    return frame(head + struct.pack(f">{len(values)}H", *values))


def sealed(data: bytes) -> bytes:
    """An LLP1 command with check and LF."""
    return data + b"*%02X\n" % crc8(data)
