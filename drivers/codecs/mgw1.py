"""Messages of the MQTT gateway convention MGW1 (docs/protocols/mqtt-gateway.md).

Every payload is one JSON object (`json_objects`). A time that is none is a `CorruptMessage`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Literal

import msgspec

from drivers.codecs.json_objects import CorruptMessage, Refusal

MODEL = "MGW1"
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")

Quality = Literal["good", "bad", "range"]


class State(msgspec.Struct, frozen=True):
    """`<gateway>/state`, and the result of `info`; `uptime` in s."""

    state: Literal["online", "offline"]
    maker: str = ""
    model: str = ""
    serial: str = ""
    firmware: str = ""
    boot: int = 0
    time: str = ""
    uptime: float = 0.0


class Value(msgspec.Struct, frozen=True):
    """Telemetry, and the result of `read`: `value` in `unit`; `seq` 0 where there is none."""

    value: float | None
    unit: str
    time: str
    quality: Quality
    seq: int = 0


class Channel(msgspec.Struct, frozen=True):
    """A channel: what it gives or takes from `low` to `high`, in `unit`."""

    name: str
    unit: str
    kind: Literal["input", "output"]
    low: float
    high: float
    enabled: bool


class Channels(msgspec.Struct, frozen=True):
    """The result of `channels`."""

    channels: tuple[Channel, ...]


class Setup(msgspec.Struct, frozen=True):
    """The set-up in force; `interval` in s."""

    running: bool
    interval: float
    qos: int
    channels: tuple[str, ...]


class Point(msgspec.Struct, frozen=True):
    """A logged value, in the unit of its history."""

    seq: int
    time: str
    value: float | None
    quality: Quality


class History(msgspec.Struct, frozen=True):
    """The result of `history`: points in `unit`, oldest first."""

    channel: str
    unit: str
    lost: int
    more: bool
    points: tuple[Point, ...]


class Output(msgspec.Struct, frozen=True):
    """The result of `set`: the value in force, in `unit`."""

    channel: str
    value: float
    unit: str


class Reply(msgspec.Struct, frozen=True):
    """A reply to the request `id`; `result` where `ok`, else `error`."""

    id: int | str
    method: str
    ok: bool
    result: msgspec.Raw = msgspec.Raw(b"null")
    error: Refusal | None = None


def request(client: str, number: int, arguments: Mapping[str, Any]) -> bytes:
    """The payload of request `number` of `client`."""
    return msgspec.json.encode({"client": client, "id": number, **arguments})


def unix_time(text: str) -> float:
    """A time of the gateway, `2026-01-01T00:00:05.123Z`, in Unix s."""
    if not _TIME.fullmatch(text):
        raise CorruptMessage(f"{text!r} is no time")
    try:
        return datetime.fromisoformat(text).timestamp()
    except ValueError as error:
        raise CorruptMessage(f"{text!r} is no time") from error


def time_text(seconds: float) -> str:
    """Unix s as the gateway writes a time, not later than `seconds`."""
    if not math.isfinite(seconds):
        raise CorruptMessage(f"{seconds} is no time")
    whole = math.floor(seconds * 1000)
    try:
        moment = datetime.fromtimestamp(whole // 1000, UTC)
    except (OverflowError, OSError, ValueError) as error:
        raise CorruptMessage(f"{seconds:g} s is no time") from error
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{whole % 1000:03d}Z"
