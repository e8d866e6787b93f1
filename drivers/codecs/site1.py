"""Messages of the site controller protocol SITE1 over MQTT (docs/protocols/site1.md, MQTT).

Times are whole microseconds since 1970-01-01 in UTC. Every payload is one JSON object
(`json_objects`).
"""

from __future__ import annotations

from typing import Literal

import msgspec

from drivers.codecs.json_objects import Refusal

MODEL = "SITE1"
MICRO = 1e6
"""Microseconds in one s."""

SHORTEST, LONGEST = 0.1, 86400.0
"""Seconds that a command may be valid."""


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
