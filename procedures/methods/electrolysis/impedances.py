"""Impedances by frequency as they were read, as values, as weights and as draws."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np

from drivers.roles.impedance_analyzer import ImpedancePoint
from labctl.evidence import Reading
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from procedures.analysis.circuit import Array, Complex


class Impedances(msgspec.Struct, frozen=True):
    """Readings of resistance and reactance in ohm by `frequency` in Hz."""

    frequency: tuple[float, ...]
    resistance: tuple[Reading, ...]
    reactance: tuple[Reading, ...]

    def values(self) -> Complex:
        """Impedance in ohm, shape (n,)."""
        return _values(self.resistance) + 1j * _values(self.reactance)

    def limits(self) -> Array:
        """Limits of error in ohm, shape (2 n,): resistances, then reactances."""
        return np.concatenate((_limits(self.resistance), _limits(self.reactance)))

    def moved(self, mc: MonteCarlo) -> Draws:
        """Draws of the errors in ohm, shape (draws + 1, 2 n), row 0 is 0."""
        draws = np.hstack((mc.readings(self.resistance), mc.readings(self.reactance)))
        return draws - draws[0]


async def recorded(run: Run, name: str, points: Sequence[ImpedancePoint]) -> Impedances:
    """`points`, recorded as `name`/resistance and `name`/reactance. Call it inside a step."""
    found = Impedances(
        tuple(point.frequency for point in points),
        tuple(point.resistance for point in points),
        tuple(point.reactance for point in points),
    )
    await run.record(f"{name}/resistance", *found.resistance)
    await run.record(f"{name}/reactance", *found.reactance)
    return found


def _values(readings: tuple[Reading, ...]) -> Array:
    return np.array([reading.value for reading in readings])


def _limits(readings: tuple[Reading, ...]) -> Array:
    """Limits of error in ohm; 1 % of a reading of which no accuracy is stated."""
    return np.array([
        0.01 * abs(one.value)
        if one.accuracy is None
        else one.accuracy.gain * abs(one.value) + one.accuracy.offset
        for one in readings
    ])
