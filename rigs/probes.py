"""What of a rig can be watched: values and states that are asked for, and values that are told.

A probe is read in the midst of what the procedure does with the same instrument, so it may ask and
must set nothing: no range, no channel, no trigger.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from labctl.evidence import Reading

YES, NO = "yes", "no"
"""The states of a question."""


@dataclass(frozen=True)
class Value:
    """A quantity in `unit`, which `read` asks for. It must be readable with everything off."""

    unit: str
    read: Callable[[], Awaitable[Reading]]


@dataclass(frozen=True)
class State:
    """One of `states`, which `read` asks for."""

    states: tuple[str, ...]
    read: Callable[[], Awaitable[str]]


@dataclass(frozen=True)
class Told:
    """A quantity in `unit` that the instrument tells by itself, inside the block of `follow`."""

    unit: str
    follow: Callable[[], AbstractAsyncContextManager[AsyncIterator[Reading]]]


Probe = Value | State | Told


@runtime_checkable
class Watchable(Protocol):
    """A rig of which something can be watched."""

    def watchable(self) -> Mapping[str, Probe]:
        """What interlocks may watch, by name: `role.quantity`."""
        ...


@runtime_checkable
class Holdable(Protocol):
    """A rig with a hold state of its own."""

    async def hold(self) -> None:
        """Take the rig to the state in which it waits while an interlock holds it."""
        ...


def question(ask: Callable[[], Awaitable[bool]]) -> State:
    """What `ask` tells, as "yes" or "no"."""

    async def answer() -> str:
        return YES if await ask() else NO

    return State((YES, NO), answer)
