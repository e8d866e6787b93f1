"""Role: potentiostat (galvanostat)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from drivers.driver import Driver
from drivers.roles.arrays import ReadingArray
from labctl.evidence import Reading

if TYPE_CHECKING:
    from drivers.roles.arrays import BoolArray, FloatArray, IntArray


@dataclass(frozen=True)
class CellReading:
    """Potential in V against the reference electrode and current in A, oxidation positive;
    `overloaded` where the current exceeds its range or the compliance is reached."""

    potential: Reading
    current: Reading
    overloaded: bool


@dataclass(frozen=True, eq=False)
class Voltammogram:
    """Arrays of shape (n,): `time` in s from the start, `potential` in V against the reference
    electrode, `current` in A, `overloaded` (bool), and `scan` the number of the cycle from 1."""

    time: FloatArray
    potential: ReadingArray
    current: ReadingArray
    scan: IntArray
    overloaded: BoolArray


@dataclass(frozen=True, eq=False)
class ImpedanceSpectrum:
    """Arrays of shape (n,): `frequency` in Hz, `real` and `imaginary` part of the impedance in
    ohm."""

    frequency: FloatArray
    real: ReadingArray
    imaginary: ReadingArray


class Potentiostat(Driver, Protocol):
    """Controls a cell with working, counter and reference electrode; potentials are against the
    reference electrode that is connected.

    Potential, current or frequency outside the instrument's or the bench's limits: `LimitRefused`.
    A script that the instrument refuses or breaks off: `InstrumentError`, cell off.
    """

    async def cell(self, on: bool) -> None:
        """Cell connected or disconnected, read back."""
        ...

    async def set_current_range(self, current: float) -> None:
        """The smallest current range that holds `current` in A."""
        ...

    async def apply_potential(self, potential: float) -> None:
        """Hold `potential` in V; cell state unchanged."""
        ...

    async def apply_current(self, current: float, *, compliance: float) -> None:
        """Hold `current` in A while the potential stays within +-`compliance` in V."""
        ...

    async def measure(self) -> CellReading:
        """Potential in V and current in A at this moment."""
        ...

    async def open_circuit_potential(self) -> Reading:
        """Potential in V with the cell disconnected."""
        ...

    async def cyclic_voltammetry(
        self, begin: float, vertex1: float, vertex2: float, *, step: float, rate: float, scans: int
    ) -> Voltammogram:
        """Cycle between the vertices in V, by `step` in V at `rate` in V/s; cell off afterwards."""
        ...

    async def linear_sweep(
        self, begin: float, end: float, *, step: float, rate: float
    ) -> Voltammogram:
        """Sweep from `begin` to `end` in V, by `step` in V at `rate` in V/s; then cell off."""
        ...

    async def chronoamperometry(
        self, potential: float, *, interval: float, duration: float
    ) -> Voltammogram:
        """Hold `potential` in V for `duration` in s, read every `interval` in s; then cell off."""
        ...

    async def square_wave_voltammetry(
        self, begin: float, end: float, *, step: float, amplitude: float, frequency: float
    ) -> Voltammogram:
        """Square wave of `amplitude` in V (half of peak to peak) and `frequency` in Hz on steps
        in V; `current` is forward less reverse, in A; cell off afterwards."""
        ...

    async def impedance(
        self, frequencies: Sequence[float], *, potential: float, amplitude: float
    ) -> ImpedanceSpectrum:
        """Impedance in ohm at `frequencies` in Hz, about `potential` in V, with `amplitude` in V
        rms; cell off afterwards."""
        ...
