"""Requests of the MGW1 convention: their arguments, checked (docs/protocols/mqtt-gateway.md)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

BAD_REQUEST, UNKNOWN_METHOD, UNKNOWN_CHANNEL, OUT_OF_RANGE, NOT_AN_OUTPUT = (
    "bad_request", "unknown_method", "unknown_channel", "out_of_range", "not_an_output",
)  # fmt: skip
_CLIENT = re.compile(r"[A-Za-z0-9_-]{1,40}\Z")
_LONGEST_ID = 64


class Refused(Exception):
    """A request is refused with `code`; nothing was changed."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text


@dataclass(frozen=True, slots=True)
class Request:
    """One request that can be answered."""

    method: str
    client: str
    id: str | int
    arguments: Mapping[str, Any]


def parse(method: str, payload: bytes) -> Request | None:
    """The request in `payload`; None where it cannot be answered."""
    try:
        given = json.loads(payload)
    except (ValueError, RecursionError):
        return None
    if not isinstance(given, dict):
        return None
    client, identifier = given.pop("client", None), given.pop("id", None)
    if not isinstance(client, str) or not _CLIENT.match(client):
        return None
    if isinstance(identifier, bool) or not isinstance(identifier, str | int):
        return None
    if isinstance(identifier, str) and len(identifier) > _LONGEST_ID:
        return None
    return Request(method, client, identifier, given)


def only(arguments: Mapping[str, Any], *names: str) -> None:
    """`bad_request` for an argument that is none of `names`."""
    unknown = sorted(set(arguments) - set(names))
    if unknown:
        raise Refused(BAD_REQUEST, f"unknown argument {unknown[0]}")


def number(arguments: Mapping[str, Any], name: str, low: float, high: float) -> float:
    """A number from `low` to `high`."""
    value = arguments.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Refused(BAD_REQUEST, f"{name} must be a number")
    if not low <= value <= high:
        raise Refused(OUT_OF_RANGE, f"{name} must be {low:g} to {high:g}")
    return float(value)


def whole(arguments: Mapping[str, Any], name: str, low: int, high: int) -> int:
    """A whole number from `low` to `high`."""
    value = number(arguments, name, low, high)
    if not value.is_integer():
        raise Refused(BAD_REQUEST, f"{name} must be a whole number")
    return int(value)


def one_of(arguments: Mapping[str, Any], name: str, known: Iterable[str]) -> str:
    """The name of a channel."""
    value = arguments.get(name)
    if not isinstance(value, str):
        raise Refused(BAD_REQUEST, f"{name} must be a name")
    if value not in known:
        raise Refused(UNKNOWN_CHANNEL, f"there is no channel {value[:40]}")
    return value


def several(arguments: Mapping[str, Any], name: str, known: Iterable[str]) -> list[str]:
    """Names of channels without repetition."""
    value, names = arguments.get(name), set(known)
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise Refused(BAD_REQUEST, f"{name} must be a list of names")
    if len(set(value)) != len(value):
        raise Refused(BAD_REQUEST, f"{name} names one twice")
    for each in value:
        if each not in names:
            raise Refused(UNKNOWN_CHANNEL, f"there is no channel {each[:40]}")
    return value
