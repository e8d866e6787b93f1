"""The watchdog of LLP1 instruments (docs/protocols/llp1.md, common commands)."""

from __future__ import annotations

SHORTEST, LONGEST = 1.0, 3600.0
"""Seconds that can be set, beside 0."""


class Dog:
    """Acts when nothing was heard for the seconds that are set; off at power-on."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.acted = 0
        self._heard = 0.0

    @property
    def told(self) -> str:
        """The answer to `DOG?`."""
        return f"{self.seconds:g} {self.acted}"

    @property
    def due(self) -> float | None:
        """Run time in s at which it acts unless something is heard; None where it is off."""
        return self._heard + self.seconds if self.seconds else None

    def heard(self, t: float) -> None:
        """A line whose check is right came at run time `t` in s."""
        self._heard = t

    def act(self) -> None:
        """It acts once, and is off then."""
        self.seconds = 0.0
        self.acted += 1
