"""Messages on topics that are one JSON object each, in UTF-8: what MGW1 and SITE1 share.

Keys that are not known are ignored. What is no such object, or lacks a key, is a `CorruptMessage`
and never a value.
"""

from __future__ import annotations

import re
from typing import TypeVar

import msgspec

T = TypeVar("T")

NAME = re.compile(r"[a-z0-9-]{1,40}")
"""Name of who announces itself on the broker."""

CLIENT = re.compile(r"[A-Za-z0-9_-]{1,40}")
"""Name of a client, which names the topics of its answers."""


class CorruptMessage(ValueError):
    """A payload that is not what its topic carries."""


class Refusal(msgspec.Struct, frozen=True):
    """Why a request was refused."""

    code: str
    text: str = ""


def decoded(payload: bytes | msgspec.Raw, kind: type[T]) -> T:
    """The payload as `kind`; `CorruptMessage` where it is none."""
    try:
        return msgspec.json.decode(payload, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise CorruptMessage(f"this is no {kind.__name__.lower()}: {error}") from error
