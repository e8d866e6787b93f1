"""Channel lists of SCPI switches (SCPI-1999 volume 1, 8.3.2): `(@101,103:105)`."""

from __future__ import annotations

import re
from collections.abc import Sequence

_LIST = re.compile(r"\(@((?:\d{1,4}(?::\d{1,4})?(?:,\d{1,4}(?::\d{1,4})?)*)?)\)")


class ChannelError(ValueError):
    """A text that is no channel list."""


def encode(channels: Sequence[int]) -> str:
    """The list of `channels`, each by itself."""
    return f"(@{','.join(str(channel) for channel in channels)})"


def decode(text: str) -> tuple[int, ...]:
    """The channels of a list, in its order; `(@)` is none of them."""
    found = _LIST.fullmatch(text.replace(" ", ""))
    if found is None:
        raise ChannelError(f"{text!r} is no channel list")
    return tuple(channel for part in found[1].split(",") if part for channel in _span(part))


def _span(part: str) -> range:
    first, _, last = part.partition(":")
    low, high = int(first), int(last or first)
    if high < low:
        raise ChannelError(f"{part!r} runs backwards")
    return range(low, high + 1)
