"""Gentec-EO Maestro with a pyroelectric joulemeter head, which shows the energy of each pulse.

Commands as in `maestro` (user's manual, revision 8.1): the current value is in J (page 81), a value
that was not asked for yet is told of by `*NVU`, "recommended when used with single pulse
operations" (page 83), `*STL` sets the internal trigger level in percent of the scale (page 64); in
the structure of `*STS` the measure mode is 1. Of the head, QE25LP-S-MB, by its sheet as remembered:
scales to 3 J, calibration within +-3 %, pulses to 400 us, at most 300 a second; a pulse that comes
sooner after another is missed. Assumed: values are there 40 ms after their pulse, a value stays at
110 % of a scale that is too low, the correction `*PWC` is off by 0.5 % in each band of 50 nm. Not
modelled: the download (`*CAU`), autoscale, damage, and that longer pulses are read too low.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Protocol

import numpy as np

from sim_backends.emulators.gentec import maestro_commands
from sim_backends.emulators.gentec.maestro import Maestro

NAME = "QE25LP-S-MB-QED-D0"
SHORTEST, LONGEST, CALIBRATED = 300, 2100, 1064
"""Wavelengths in nm."""

LOWEST, HIGHEST = 17, 25
"""Indices of the scales 300 uJ and 3 J."""

GAIN, SPECTRAL, BAND = 0.03, 0.005, 50
"""Limit of the head's error; standard deviation of the correction in a band of so many nm."""

NOISE, SATURATION = 5e-4, 1.1
"""Standard deviation of a value, and what is shown at most, as parts of the scale."""

ENERGY_MODE = 1
READY = 0.04
"""Seconds from a pulse to its value."""

FASTEST = 300.0
"""Pulses a second."""


class PulsePort(Protocol):
    """Where a head stands. Times are run time in s."""

    def pulses(self, after: float, until: float) -> Sequence[tuple[float, float]]:
        """Time in s and energy in J of the pulses on the head after `after`, up to `until`."""
        ...

    def wavelength(self, t: float) -> float:
        """Wavelength in m of what falls on it at `t`."""
        ...


def scale(index: int) -> float:
    """The scale of an index in J (manual, "Set Range": 0 is 1 pJ)."""
    return (3.0 if index % 2 else 1.0) * 10.0 ** (index // 2 - 12)


def structure(scale_index: int, wavelength: int, serial: str) -> list[str]:
    """Lines of `*STS` (PC-Gentec-EO manual, page 58), as in `maestro_thermal`: numbers of 32 bits,
    low half first; their order is remembered."""
    lengths = (wavelength, LONGEST, SHORTEST)
    numbers = (0, 0, ENERGY_MODE, scale_index, HIGHEST, LOWEST, *lengths, 0, 0, LONGEST, SHORTEST)
    text = serial.encode("ascii") + b"\0\0"
    data = struct.pack(f"<{len(numbers)}I", *numbers) + NAME.encode("ascii").ljust(32, b"\0")
    data += text[: len(text) // 2 * 2]
    words = struct.unpack(f"<{len(data) // 2}H", data)
    return [f":0{address:04X}{word:04X}" for address, word in enumerate(words)] + [":100000000"]


class _NoLight:
    """What the photodiode of the base class looks at: this head has none."""

    def power(self, t: float) -> float:
        return 0.0

    def wavelength(self, t: float) -> float:
        return 1e-6


class JouleMaestro(Maestro):
    """One monitor with a joulemeter head in the pulses at `port`."""

    def __init__(self, port: PulsePort, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__(_NoLight(), serial=serial, rng=rng)
        self._port = port
        self._gain = 1.0 + GAIN * float(rng.uniform(-1.0, 1.0))
        self._spectral = int(rng.integers(1 << 31))
        self._noise = np.random.default_rng(int(rng.integers(1 << 62)))
        self._looked, self._before = 0.0, -1.0
        self._last, self._new = 0.0, False
        self.values |= {"scale": HIGHEST, "auto": 0, "wavelength": CALIBRATED}
        self._commands |= {
            "STS": (0, lambda _: self._told()),
            "DVS": (0, lambda _: [f"[{i}] : {scale(i):.3g}" for i in range(LOWEST, HIGHEST + 1)]),
            "GMD": (0, lambda _: [f"Mode : {ENERGY_MODE}"]),
            "PWC": (5, self._wavelength),
            "SCS": (2, self._scale),
            "SAS": (1, lambda _: [maestro_commands.INVALID]),
            "CAU": (0, lambda _: [maestro_commands.UNKNOWN]),
        }

    def set_scale(self, index: int) -> None:
        """The scale of `index`."""
        self.values["scale"] = min(max(index, LOWEST), HIGHEST)

    @property
    def fresh(self) -> bool:
        """Whether there is a value that was not asked for yet."""
        self._look()
        return self._new

    def read(self) -> float:
        """The value of the last pulse, in J."""
        self._look()
        self._new = False
        return self._value(self._t)

    def _told(self) -> list[str]:
        chosen = int(self.values["scale"]), int(self.values["wavelength"])
        return structure(*chosen, self.serial)

    def _wavelength(self, digits: str) -> list[str]:
        nanometres = int(digits) if digits.isdecimal() else -1
        if nanometres and not SHORTEST <= nanometres <= LONGEST:
            return [maestro_commands.INVALID]
        self.values["wavelength"] = nanometres or CALIBRATED
        return []

    def _scale(self, digits: str) -> list[str]:
        if not digits.isdecimal() or not LOWEST <= int(digits) <= HIGHEST:
            return [maestro_commands.INVALID]
        self._look()
        self.set_scale(int(digits))
        return []

    def _look(self) -> None:
        """Take in the pulses whose values are there by now."""
        until = self._t - READY
        if until <= self._looked:
            return
        full = scale(int(self.values["scale"]))
        for t, energy in self._port.pulses(self._looked, until):
            in_time = self._before < 0.0 or t - self._before >= 1.0 / FASTEST
            self._before = t
            seen = energy * self._gain * self._response(self._port.wavelength(t) * 1e9)
            if in_time and seen >= self.values["trigger"] / 100.0 * full:
                noise = NOISE * full * float(self._noise.standard_normal())
                self._last, self._new = min(seen + noise, SATURATION * full), True
        self._looked = until

    def _response(self, nanometres: float) -> float:
        band = np.random.default_rng([self._spectral, int(nanometres // BAND)])
        return 1.0 + SPECTRAL * float(band.standard_normal())

    def _shown(self, t: float) -> float:
        return self._last


EMULATOR = JouleMaestro
