"""Messages of the site controller protocol SITE1 over MQTT (docs/protocols/site1.md, MQTT).

Times are whole microseconds since 1970-01-01 in UTC. A payload that is no such object, or lacks a
key, is a `CorruptMessage` and never a value.
"""

from __future__ import annotations

import re
from typing import Literal, TypeVar

import msgspec

T = TypeVar("T")

MODEL = "SITE1"
NAME = re.compile(r"[a-z0-9-]{1,40}")
"""Name of a site."""

CLIENT = re.compile(r"[A-Za-z0-9_-]{1,40}")
"""Name of a client, which names the topics of its answers."""

MICRO = 1e6
"""Microseconds in one s."""

SHORTEST, LONGEST = 0.1, 86400.0
"""Seconds that a command may be valid."""


class CorruptMessage(ValueError):
    """A payload that is not what its topic carries."""


class State(msgspec.Struct, frozen=True):
    """`site1/<site>/state`."""

    state: Literal["online", "offline"]
    maker: str = ""
    model: str = ""
    serial: str = ""
    firmware: str = ""
    boot: int = 0
    time: int = 0


class Command(msgspec.Struct, frozen=True):
    """`site1/<site>/dispatch`: `active` in W, `reactive` in var, `valid` in s."""

    client: str
    number: int
    time: int
    active: float
    reactive: float
    valid: float


class Refusal(msgspec.Struct, frozen=True):
    """Why a command was refused."""

    code: str
    text: str = ""


class Ack(msgspec.Struct, frozen=True):
    """What became of a command: set points in force in W and var where it was taken."""

    number: int
    taken: bool
    time: int
    count: int = 0
    active: float = 0.0
    reactive: float = 0.0
    error: Refusal | None = None


class Ask(msgspec.Struct, frozen=True):
    """`site1/<site>/read`."""

    client: str
    number: int


class Telemetry(msgspec.Struct, frozen=True):
    """The answer to `read`: powers in W, var and V*A, voltage in V, frequency in Hz, charge in %;
    `active_most` is the most of an active set point in W."""

    number: int
    time: int
    meter_time: int
    meter_count: int
    state: Literal["stopped", "running", "fallback", "fault"]
    functions: tuple[str, ...]
    alarms: tuple[str, ...]
    commands: int
    meter_active: float
    meter_reactive: float
    drawn: float
    voltage: float
    frequency: float
    state_of_charge: float
    rated_active: float
    rated_apparent: float
    step: float
    active_most: float


def encoded(message: Command | Ask) -> bytes:
    """The payload of a message."""
    return msgspec.json.encode(message)


def decoded(payload: bytes, kind: type[T]) -> T:
    """The payload as `kind`; `CorruptMessage` where it is none."""
    try:
        return msgspec.json.decode(payload, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise CorruptMessage(f"this is no {kind.__name__.lower()}: {error}") from error
