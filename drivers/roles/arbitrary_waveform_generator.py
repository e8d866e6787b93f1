"""Role: arbitrary waveform generator (function generator)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol

from drivers.driver import Driver

if TYPE_CHECKING:
    from drivers.roles.arrays import FloatArray


class ArbitraryWaveformGenerator(Driver, Protocol):
    """Makes periodic or stored waveforms on numbered outputs from 1; voltages are across the load
    that is set.

    Amplitude, offset or frequency beyond the instrument's or the bench's limits, alone or together,
    are `LimitRefused`; a waveform that the instrument refuses is `InstrumentError`.
    """

    async def set_load(self, output: int, resistance: float) -> None:
        """Load resistance in ohm that voltages are meant for (inf: open); levels are set again."""
        ...

    async def set_function(
        self, output: int, function: Literal["sine", "square", "ramp", "noise", "dc"]
    ) -> None:
        """Shape of the wave; its values in V and Hz unchanged."""
        ...

    async def set_frequency(self, output: int, frequency: float) -> None:
        """Repetition frequency in Hz."""
        ...

    async def set_level(self, output: int, *, amplitude: float, offset: float) -> None:
        """Amplitude in V peak to peak and offset in V."""
        ...

    async def set_phase(self, output: int, phase: float) -> None:
        """Phase in rad against output 1."""
        ...

    async def load_waveform(self, output: int, samples: FloatArray, *, sample_rate: float) -> None:
        """Output `samples` in V, shape (n,), at `sample_rate` in 1/s, over and over."""
        ...

    async def burst(self, output: int, periods: int | None) -> None:
        """`periods` at each trigger; None: without end."""
        ...

    async def output(self, output: int, on: bool) -> None:
        """Output on or off, read back."""
        ...

    async def trigger(self) -> None:
        """One trigger to all outputs."""
        ...
