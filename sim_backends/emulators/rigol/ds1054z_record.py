"""Records of a DS1054Z: which trigger, and what the converter made of the signal.

Samples are computed when they are read: noise is drawn by blocks from the record's own stream, so
that a point is the same however often and in whatever pieces it is read.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim_backends.emulators.rigol import ds1054z_specs as specs
from sim_backends.emulators.rigol.ds1054z_setup import Setup, Vertical
from sim_backends.models.signal import FloatArray, SignalPort

Codes = npt.NDArray[np.uint8]
_BLOCK = 65536


class FrontEnd:
    """The four inputs and the time base of one instrument, with their true errors."""

    def __init__(self, ports: tuple[SignalPort, ...], rng: np.random.Generator) -> None:
        self.ports = ports
        self._gain = 1.0 + specs.GAIN_ERROR * rng.uniform(-1.0, 1.0, size=len(ports))
        self._offset = specs.OFFSET_ERROR * rng.uniform(-1.0, 1.0, size=len(ports))
        self.pace = 1.0 + specs.TIME_ERROR * float(rng.uniform(-1.0, 1.0))
        self.seed = int(rng.integers(2**62))

    def coupled(self, number: int, channel: Vertical, t: FloatArray) -> FloatArray:
        """What of the voltage in V at the run times `t` in s passes coupling and inversion."""
        if channel.coupling == "GND":
            return np.zeros_like(t)
        port = self.ports[number - 1]
        volts = port.voltage(t) - (port.mean() if channel.coupling == "AC" else 0.0)
        return -volts if channel.inverted else volts

    def convert(self, number: int, channel: Vertical, t: FloatArray, noise: FloatArray) -> Codes:
        """Codes of the converter at `t` in s; `noise` standard normal numbers."""
        volts = self.coupled(number, channel, t) * self._gain[number - 1]
        divisions = volts / channel.scale + self._offset[number - 1] + specs.NOISE * noise
        codes = divisions * specs.CODES_PER_DIVISION + channel.origin + specs.REFERENCE
        return np.clip(np.rint(codes), 0, 255).astype(np.uint8)

    def crossing(self, setup: Setup, after: float) -> float | None:
        """When the trigger's edge next comes, from run time `after` in s on."""
        trigger = setup.trigger
        channel = setup.channels[trigger.source - 1]
        port = self.ports[trigger.source - 1]
        if channel.coupling == "GND":
            return None
        level = -trigger.level if channel.inverted else trigger.level
        level += port.mean() if channel.coupling == "AC" else 0.0
        slopes = {"POSitive": (True,), "NEGative": (False,), "RFALl": (True, False)}
        found = [
            port.crossing(level, rising != channel.inverted, after)
            for rising in slopes[trigger.slope]
        ]
        times = [t for t in found if t is not None]
        return min(times) if times else None


@dataclass(frozen=True)
class Record:
    """What was taken with `setup` about the trigger at run time `t0` in s."""

    front: FrontEnd
    setup: Setup
    t0: float
    number: int
    triggered: bool

    def screen(self, channel: int) -> Codes:
        """The 1200 points of the screen."""
        step = self.setup.time_scale / 100.0
        return self._codes(channel, 1, specs.SCREEN_POINTS, step, specs.SCREEN_POINTS)

    def memory(self, channel: int, start: int, stop: int) -> Codes:
        """Points `start` to `stop` of the memory, counted from 1."""
        return self._codes(channel, start, stop, 1.0 / self.setup.rate, self.setup.depth)

    def _codes(self, channel: int, start: int, stop: int, step: float, whole: int) -> Codes:
        index = np.arange(start - 1, stop).astype(np.float64)
        nominal: FloatArray = (index - whole / 2.0) * step + self.setup.delay
        t: FloatArray = nominal * self.front.pace + self.t0
        noise = self._noise(channel, start - 1, stop, whole)
        vertical = self.setup.channels[channel - 1]
        return self.front.convert(channel, vertical, t, noise)

    def _noise(self, channel: int, start: int, stop: int, whole: int) -> FloatArray:
        blocks = range(start // _BLOCK, (stop - 1) // _BLOCK + 1)
        key = [self.front.seed, self.number, channel, whole]
        drawn = [np.random.default_rng([*key, block]).standard_normal(_BLOCK) for block in blocks]
        first = blocks.start * _BLOCK
        return np.concatenate(drawn)[start - first : stop - first]
