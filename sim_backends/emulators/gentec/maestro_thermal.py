"""Gentec-EO Maestro with a thermal head for high power: UP60N-500F-H12, 0.19 um to 20 um.

Commands as in `maestro` (user's manual, revision 8.1). Of the head, by its sheet as remembered:
scales to 1 kW, calibration within +-2.5 % at its calibration wavelength, a spectral correction that
the monitor applies by `*PWC`, noise of some 20 mW. Its slowness is the absorber's
(`sim_backends.models.thermal_absorber`); the speed-up that Gentec calls anticipation is left off.
Assumed: the correction is off by 0.5 % (standard deviation) in each band of 50 nm, the zero creeps
by 0.15 W with the temperature of the body, over ten minutes.
"""

from __future__ import annotations

import struct
from typing import Protocol

import numpy as np

from sim_backends.emulators.accuracy import Channel, Spec
from sim_backends.emulators.gentec import maestro_commands
from sim_backends.emulators.gentec.maestro import Maestro
from sim_backends.models.noise import Drift

NAME = "UP60N-500F-H12"
SHORTEST, LONGEST, CALIBRATED = 190, 20_000, 1064
"""Wavelengths in nm."""

LOWEST, HIGHEST = 25, 30
"""Indices of the scales 3 W and 1 kW."""

GAIN, SPECTRAL, BAND = 0.025, 0.005, 50
"""Limit of the head's error; standard deviation of the correction in a band of so many nm."""

NOISE, CREEP, CREEP_TIME = 0.02, 0.15, 600.0
"""W; W (standard deviation) and s of the zero."""


def scale(index: int) -> float:
    """The scale of an index in W (manual, "Set Range": 0 is 1 pW)."""
    return (3.0 if index % 2 else 1.0) * 10.0 ** (index // 2 - 12)


SPECS = tuple(
    Spec(scale(index), 2.5e-3, 1e-3 * scale(index), NOISE, 1.1)
    for index in range(LOWEST, HIGHEST + 1)
)


def structure(scale_index: int, wavelength: int, serial: str) -> list[str]:
    """Lines of `*STS` (PC-Gentec-EO manual, page 58): `:0`, address and 16 bits in hex, `:1` ends.

    Numbers have 32 bits, low half first; their order is remembered. There is no attenuator.
    """
    lengths = (wavelength, LONGEST, SHORTEST)
    numbers = (0, 0, 0, scale_index, HIGHEST, LOWEST, *lengths, 0, 0, LONGEST, SHORTEST)
    text = serial.encode("ascii") + b"\0\0"
    data = struct.pack(f"<{len(numbers)}I", *numbers) + NAME.encode("ascii").ljust(32, b"\0")
    data += text[: len(text) // 2 * 2]
    words = struct.unpack(f"<{len(data) // 2}H", data)
    return [f":0{address:04X}{word:04X}" for address, word in enumerate(words)] + [":100000000"]


class AbsorberPort(Protocol):
    """The absorber of a thermal head. Times are run time in s."""

    def heat(self, t: float) -> float:
        """Power in W that its warmth stands for at `t`."""
        ...

    def wavelength(self, t: float) -> float:
        """Wavelength in m of what falls on it at `t`."""
        ...


class _NoLight:
    """What the photodiode of the base class looks at: this head has none."""

    def power(self, t: float) -> float:
        return 0.0

    def wavelength(self, t: float) -> float:
        return 1e-6


class ThermalMaestro(Maestro):
    """One monitor with a thermal head whose absorber is `port`."""

    def __init__(self, port: AbsorberPort, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__(_NoLight(), serial=serial, rng=rng)
        self._absorber = port
        self._monitor = Channel(SPECS, rng)
        self._gain = 1.0 + GAIN * float(rng.uniform(-1.0, 1.0))
        self._spectral = int(rng.integers(1 << 31))
        creep = np.random.default_rng(int(rng.integers(1 << 62)))
        self._zero = Drift(CREEP, CREEP_TIME, 30.0, creep)
        self.values["scale"], self.values["wavelength"] = HIGHEST, CALIBRATED
        self._commands |= {
            "STS": (0, lambda _: self._told()),
            "DVS": (0, lambda _: [f"[{i}] : {scale(i):.3g}" for i in range(LOWEST, HIGHEST + 1)]),
            "PWC": (5, self._wavelength),
            "SCS": (2, self._scale),
        }

    def set_scale(self, index: int) -> None:
        """The scale of `index`; autoscale ends."""
        self.values["scale"] = min(max(index, LOWEST), HIGHEST)
        self.values["auto"] = 0

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
        self.set_scale(int(digits))
        return []

    def _response(self, nanometres: float) -> float:
        band = np.random.default_rng([self._spectral, int(nanometres // BAND)])
        return 1.0 + SPECTRAL * float(band.standard_normal())

    def _shown(self, t: float) -> float:
        true = self._absorber.wavelength(t) * 1e9
        watts = self._absorber.heat(t) * self._gain * self._response(true) + self._zero.at(t)
        if self.values["auto"]:
            self.values["scale"] = LOWEST + self._monitor.fit(watts)
        index = int(self.values["scale"])
        shown = self._monitor.convert(watts, index - LOWEST)
        return min(shown, 1.1 * scale(index))


EMULATOR = ThermalMaestro
