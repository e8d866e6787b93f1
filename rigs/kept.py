"""A simulated bench as it is kept for a resumed run: the simulation and what the drivers know.

A driver remembers what it told its instrument. Where both are put back to the same moment it goes
on as if labctl had never died; after an outage the drivers are those of a new process.
"""

from __future__ import annotations

from typing import Any, Protocol

HEAD = 4
"""Bytes in front that tell the length of the simulation's part."""


class Part(Protocol):
    """One part of a snapshot."""

    def frozen(self) -> bytes:
        """What it is now."""
        ...

    def thawed(self, data: bytes) -> None:
        """Become what it was."""
        ...


class Simulation(Part, Protocol):
    """The simulated world with its instruments."""

    def acted(self, prompt: str, value: Any) -> None:
        """A person has done what `prompt` asked for, and answered `value`."""
        ...


class Kept:
    """The parts of a simulated bench: its `simulation` and its `drivers`."""

    def __init__(self, simulation: Simulation, drivers: Part) -> None:
        self._simulation = simulation
        self._drivers = drivers

    def snapshot(self) -> bytes:
        """Both parts, one after the other."""
        first = self._simulation.frozen()
        return len(first).to_bytes(HEAD, "big") + first + self._drivers.frozen()

    def acted(self, prompt: str, value: Any) -> None:
        """A person has done what `prompt` asked for, and answered `value`."""
        self._simulation.acted(prompt, value)

    def restore(self, state: bytes, *, drivers: bool) -> None:
        """Let the simulation become what it was, and with `drivers` what they know of it."""
        end = HEAD + int.from_bytes(state[:HEAD], "big")
        self._simulation.thawed(state[HEAD:end])
        if drivers:
            self._drivers.thawed(state[end:])
