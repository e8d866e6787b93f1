"""What lies under the tip of a force microscope, and what its operator has typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from sim_backends.models.wafer.surface import Array, Grid, StepStandard, WaferSurface

REST = "unnamed"
"""Name that the software proposes before anybody types one."""


class TipPort(Protocol):
    """A surface under a tip. Times are run time in s."""

    def heights(self, grid: Grid, t: float) -> Array:
        """Heights in m at the places of `grid`, shape (rows, columns), of what lay there at `t`."""
        ...

    def label(self, t: float) -> str:
        """What was typed as the name of the sample at `t`."""
        ...


@dataclass(frozen=True, slots=True)
class _Laid:
    surface: WaferSurface | StepStandard
    place: int
    label: str
    since: float


class UnderTip:
    """Fits `TipPort`, and `OperatorPort` by prompts that end in `tip/standard` or `tip/<place>`,
    answered with the name that is typed."""

    def __init__(self, wafer: WaferSurface, standard: StepStandard) -> None:
        self._wafer, self._standard = wafer, standard
        self._now = self._before = _Laid(wafer, 0, REST, -1e9)

    def acted(self, prompt: str, value: object, t: float) -> None:
        """Somebody lays and names what the prompt asked for, at `t` in s."""
        where, _, what = prompt.rpartition("/")
        standard = what == "standard"
        if where.rpartition("/")[2] != "tip" or not (standard or what.isdigit()):
            return
        surface = self._standard if standard else self._wafer
        self._before = self._now
        self._now = _Laid(surface, 0 if standard else int(what), str(value), t)

    def heights(self, grid: Grid, t: float) -> Array:
        """Heights in m of what lay there at `t` in s."""
        laid = self._at(t)
        return laid.surface.heights(laid.place, grid)

    def label(self, t: float) -> str:
        """The name typed by `t` in s."""
        return self._at(t).label

    def _at(self, t: float) -> _Laid:
        return self._now if t >= self._now.since else self._before
