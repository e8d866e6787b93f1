"""What a Sequoia measures at its output: one acquisition, all phases and quantities of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim_backends.emulators.accuracy import Channel
from sim_backends.emulators.california_instruments.sequoia_specs import PHASES, Rating
from sim_backends.models.power_ports import PhaseFlow

DARK = PhaseFlow(0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Acquired:
    """One acquisition: flow by phase as measured (V, A, W, var), frequency in Hz."""

    flows: tuple[PhaseFlow, ...] = (DARK,) * PHASES
    frequency: float = 0.0


class Meter:
    """The meters of one source with their own true errors."""

    def __init__(self, rating: Rating, rng: np.random.Generator) -> None:
        volts, amps, watts, hertz = rating.meters()
        self._phases = [
            tuple(Channel([spec], rng) for spec in (volts, amps, watts, watts))
            for _ in range(PHASES)
        ]
        self._hertz = Channel([hertz], rng)

    def read(self, seen: Sequence[tuple[PhaseFlow, ...]], hertz: Sequence[float]) -> Acquired:
        """The mean of the flows by phase that were `seen`, and of the frequencies in Hz."""
        frequency = float(np.mean(hertz))
        wired = [self._phase(phase, [one[phase] for one in seen]) for phase in range(len(seen[0]))]
        return Acquired(
            (*wired, *(DARK,) * (PHASES - len(wired))),
            self._hertz.convert(frequency, 0) if frequency else 0.0,
        )

    def _phase(self, phase: int, seen: Sequence[PhaseFlow]) -> PhaseFlow:
        rows = [(one.voltage, one.current, one.power, one.reactive_power) for one in seen]
        means = np.mean(np.array(rows), axis=0)
        volts, amps, watts, var = (
            channel.convert(float(mean), 0)
            for channel, mean in zip(self._phases[phase], means, strict=True)
        )
        return PhaseFlow(max(volts, 0.0), max(amps, 0.0), watts, var)
