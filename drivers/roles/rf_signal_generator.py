"""Role: RF signal generator."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from drivers.driver import Driver


class RfSignalGenerator(Driver, Protocol):
    """Makes a sine of set frequency and level, modulated where asked for.

    Frequency or level beyond the generator's or the bench's limits (what drives an amplifier or
    modulator must be clamped there) is `LimitRefused`; an unlevelled output is `InstrumentError`.
    """

    async def set_frequency(self, frequency: float) -> None:
        """Frequency in Hz; returns when it is settled."""
        ...

    async def set_level(self, level: float) -> None:
        """Level in dBm into 50 ohm; returns when it is settled."""
        ...

    async def set_phase(self, phase: float) -> None:
        """Phase in rad against the phase at the last frequency setting."""
        ...

    async def output(self, on: bool) -> None:
        """Output on or off, read back."""
        ...

    async def modulate_amplitude(self, depth: float, *, frequency: float) -> None:
        """Sine amplitude modulation: `depth` as a fraction, `frequency` in Hz; depth 0: none."""
        ...

    async def modulate_frequency(self, deviation: float, *, frequency: float) -> None:
        """Sine frequency modulation: `deviation` and `frequency` in Hz; deviation 0: none."""
        ...

    async def modulate_pulse(self, width: float, *, period: float) -> None:
        """Pulses of `width` in s every `period` in s; width equal to period: none."""
        ...

    async def sweep(self, frequencies: Sequence[float], *, dwell: float) -> None:
        """Step once through `frequencies` in Hz, `dwell` in s on each; returns when started."""
        ...

    async def is_sweeping(self) -> bool:
        """Whether a sweep runs."""
        ...
