"""The port of a grid simulator on a simulated grid: a `power_ports.GridPort` over a source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sim_backends.models.grid_source import GridSource
from sim_backends.models.level_signal import LevelSignal
from sim_backends.models.power_ports import GridSegment, PhaseFlow


class FedScene(Protocol):
    """What hangs on the source."""

    def advance(self, t: float) -> None:
        """Everything has happened until `t` in s."""
        ...

    def grid_changed(self, t: float) -> None:
        """From `t` on the source does something else."""
        ...

    def flow(self, t: float) -> tuple[PhaseFlow, ...]:
        """What flows out of the source at `t`, by phase."""
        ...


class SourcePort:
    """`source` with the event output `marker`, feeding `scene`; `capacity` in VA."""

    def __init__(
        self, source: GridSource, scene: FedScene, marker: LevelSignal, capacity: float
    ) -> None:
        self._source, self._scene, self._marker = source, scene, marker
        self._capacity = capacity

    @property
    def phases(self) -> int:
        """How many phases."""
        return self._source.phases

    def play(self, segments: Sequence[GridSegment], t: float) -> None:
        """From `t` on these segments, in place of all that was to come."""
        self._scene.advance(t)
        self._source.play(segments, t)
        self._scene.grid_changed(t)

    def connect(self, on: bool, t: float) -> None:
        """Close or open the output relay."""
        self._scene.advance(t)
        self._source.connect(on, t)
        self._scene.grid_changed(t)

    def trigger(self, high: bool, t: float) -> None:
        """The event output from `t` on."""
        self._marker.set(high, t)

    def flow(self, t: float) -> tuple[PhaseFlow, ...]:
        """What flows at `t`, by phase."""
        self._scene.advance(t)
        return self._scene.flow(t)

    def frequency(self, t: float) -> float:
        """Hz; 0 while the relay is open."""
        return self._source.frequency(t)

    def capacity(self) -> float:
        """VA above which a source of this bench trips."""
        return self._capacity
