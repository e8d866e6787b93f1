"""One picture as a camera's sensor holds it, and the port of an instrument that takes pictures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

FULL = 65535
"""Largest count of a sensor of 16 bits."""


@dataclass(frozen=True, eq=False)
class Photograph:
    """`counts`, unsigned, of shape (rows, columns); `pitch` in m as the software states it and
    `exposure` in s; `technique` one of light, SEM, TEM, FIB; `method` in the operator's words."""

    counts: Any
    pitch: float
    exposure: float
    technique: str
    maker: str
    model: str
    method: str


class PicturePort(Protocol):
    """What stands before a camera."""

    @property
    def technique(self) -> str:
        """How its pictures are made: light, SEM, TEM or FIB."""
        ...

    def picture(self, t: float) -> Photograph:
        """The picture taken at run time `t` in s; the next one is of a new placing."""
        ...
