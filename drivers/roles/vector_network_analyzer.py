"""Role: vector network analyzer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from drivers.driver import Driver
from drivers.roles.arrays import ReadingArray

if TYPE_CHECKING:
    from drivers.roles.arrays import ComplexArray


@dataclass(frozen=True, eq=False)
class ScatteringMatrix:
    """`frequency` in Hz, shape (n,); `s` complex, dimensionless, shape (n, ports, ports), where
    s[:, i, j] is the wave out of port i + 1 for one into port j + 1, in `impedance` ohm;
    `calibration` names the correction in force."""

    frequency: ReadingArray
    s: ComplexArray
    impedance: float
    calibration: str


class VectorNetworkAnalyzer(Driver, Protocol):
    """Reads complex scattering parameters. Gating, delay and de-embedding are the method's work.

    A sweep or power beyond the analyzer's or the bench's limits is `LimitRefused`; a measurement
    without valid correction for its sweep, and a lost extender, are `InstrumentError`.
    """

    async def set_sweep(self, start: float, stop: float, *, points: int) -> None:
        """Linear sweep from `start` to `stop` in Hz, as seen at the extender's test port."""
        ...

    async def set_bandwidth(self, frequency: float) -> None:
        """Intermediate-frequency bandwidth in Hz: the widest setting not above `frequency`."""
        ...

    async def set_power(self, level: float) -> None:
        """Source level in dBm at the test port."""
        ...

    async def set_extender(self, band: str) -> None:
        """Frequency extender by its band name (`WR-3.4`); empty: none. Frequencies in Hz follow."""
        ...

    async def correct(self, standard: str, ports: Sequence[int]) -> None:
        """Take the correction for the standard that is connected to these ports now."""
        ...

    async def apply_correction(self, method: Literal["SOLT", "TRL"], kit: str) -> None:
        """Correction in force from the standards taken, by the kit's definitions."""
        ...

    async def load_correction(self, name: str) -> None:
        """A stored correction in force; `InstrumentError` where its sweep is another."""
        ...

    async def measure(self, ports: Sequence[int]) -> ScatteringMatrix:
        """One sweep over these ports, frequencies in Hz."""
        ...
