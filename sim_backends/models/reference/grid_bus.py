"""A bus with a known load at each phase behind a grid simulator (GridPort)."""

from __future__ import annotations

from collections.abc import Sequence

from sim_backends.models.grid_source import GridSource
from sim_backends.models.power_ports import GridSegment, PhaseFlow


class GridBus:
    """`phases` with `ohms` of resistance each to neutral; `fed_in` is power in W that a device of
    constant power feeds in at each phase while there is a voltage."""

    def __init__(self, phases: int, ohms: float, va: float, t0: float) -> None:
        """A source of this bench trips above `va` VA; its relay is open at `t0` in s."""
        self.source = GridSource(phases, 0.0, 50.0, t0)
        self.source.connect(False, t0)
        self.ohms, self.fed_in = ohms, 0.0
        self.edges: list[tuple[float, bool]] = []
        self._va = va

    @property
    def phases(self) -> int:
        """How many phases."""
        return self.source.phases

    def play(self, segments: Sequence[GridSegment], t: float) -> None:
        """The source's voltages from `t` on."""
        self.source.forget(t)
        self.source.play(segments, t)

    def connect(self, on: bool, t: float) -> None:
        """The source's relay."""
        self.source.connect(on, t)

    def trigger(self, high: bool, t: float) -> None:
        """The level of the event output."""
        self.edges = [*self.edges[-9:], (t, high)]

    def flow(self, t: float) -> tuple[PhaseFlow, ...]:
        """What flows, by phase."""
        return tuple(self._phase(phase, t) for phase in range(self.phases))

    def _phase(self, phase: int, t: float) -> PhaseFlow:
        volts = self.source.voltage(t, phase)
        watts = volts * volts / self.ohms - (self.fed_in if volts > 1.0 else 0.0)
        return PhaseFlow(volts, abs(watts) / volts if volts else 0.0, watts, 0.0)

    def frequency(self, t: float) -> float:
        """Frequency in Hz; 0 while the relay is open."""
        return self.source.frequency(t)

    def capacity(self) -> float:
        """Apparent power in VA above which the source trips."""
        return self._va
