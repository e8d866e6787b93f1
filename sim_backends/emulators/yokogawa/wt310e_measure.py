"""The measuring circuits of a WT310E: from one period of voltage and current to an update."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from sim_backends.emulators.accuracy import Channel
from sim_backends.emulators.yokogawa import wt310e_specs as specs
from sim_backends.emulators.yokogawa.wt310e_words import NO_DATA, OVER
from sim_backends.models.ac_circuit import AcState, FloatArray

Update = dict[str, float]
"""Values of one update by function; `NO_DATA` and `OVER` where there is no number."""

_WAVE = math.pi / (2.0 * math.sqrt(2.0))
"""Mean rectified to rms of a sine."""


def mean_of(wave: FloatArray, mode: str) -> float:
    """What the mode RMS, VMEan or DC makes of a waveform."""
    if mode == "DC":
        return float(np.mean(wave))
    if mode == "VMEan":
        return _WAVE * float(np.mean(np.abs(wave)))
    return float(np.sqrt(np.mean(wave**2)))


class Circuits:
    """Voltage, current and power inputs of one instrument, with its own true errors."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._bands = [
            self._band(offset, rng) for offset in (specs.LINE_OFFSET, specs.OTHER_OFFSET)
        ]

    @staticmethod
    def _band(offset: float, rng: np.random.Generator) -> Mapping[str, Channel]:
        return {
            "U": Channel(specs.input_specs(specs.VOLTAGE_RANGES, offset), rng),
            "I": Channel(specs.input_specs(specs.CURRENT_RANGES, offset), rng),
            "P": Channel(specs.power_spec(offset), rng),
        }

    def means(
        self,
        power: float,
        current: float,
        full: tuple[float, float],
        index: int,
        frequency: float,
    ) -> tuple[float, float]:
        """Mean `power` in W and direct `current` in A of many updates in the ranges `full`, `index`
        that of the current: with this instrument's errors, without the noise of one update."""
        low, high = specs.LINE_BAND
        band = self._bands[0 if low <= frequency <= high else 1]
        scale = full[0] * full[1]
        watts = band["P"].convert(power / scale, 0, noise_factor=0.0) * scale
        return watts, band["I"].convert(current, index, noise_factor=0.0) if current else 0.0

    def update(self, state: AcState, mode: str, ranges: tuple[int, int], scale: float) -> Update:
        """One update with the ranges of these indices; `scale` 0.5 with crest factors 6 and 6A."""
        low, high = specs.LINE_BAND
        band = self._bands[0 if low <= state.frequency <= high else 1]
        volts, amps = state.waveforms()
        full = specs.VOLTAGE_RANGES[ranges[0]] * scale, specs.CURRENT_RANGES[ranges[1]] * scale
        # The rms of a current is the same with voltage mean: the mode changes the voltage only.
        current_mode = "RMS" if mode == "VMEan" else mode
        u = band["U"].convert(mean_of(volts, mode), ranges[0])
        i = band["I"].convert(mean_of(amps, current_mode), ranges[1])
        p = band["P"].convert(float(np.mean(volts * amps)) / (full[0] * full[1]), 0)
        found: Update = {"U": _shown(u, full[0]), "I": _shown(i, full[1])}
        found["P"] = p * full[0] * full[1]
        _peaks(found, volts, amps)
        _derive(found, _lags(state))
        over = abs(u) > specs.OVER_RANGE * full[0], abs(i) > specs.OVER_RANGE * full[1]
        _mark(found, over)
        found["FU"] = _frequency(state.frequency, found["U"])
        found["FI"] = _frequency(state.frequency, found["I"])
        return found


def harmonics(state: AcState, orders: int) -> dict[str, list[float]]:
    """Rms U in V and I in A, and P in W, of the orders 1 to `orders`."""

    def part(phasors: tuple[complex, ...], order: int) -> complex:
        return phasors[order] if order < len(phasors) else 0j

    rows: dict[str, list[float]] = {"U": [], "I": [], "P": []}
    for order in range(1, orders + 1):
        u, i = part(state.voltage, order), part(state.current, order)
        rows["U"].append(abs(u))
        rows["I"].append(abs(i))
        rows["P"].append((u * i.conjugate()).real)
    return rows


def _shown(value: float, full: float) -> float:
    return value if abs(value) > specs.SMALL * full else 0.0


def _peaks(found: Update, volts: FloatArray, amps: FloatArray) -> None:
    for name, wave in (("U", volts), ("I", amps), ("P", volts * amps)):
        found[f"{name}PPEAK"] = float(np.max(wave))
        found[f"{name}MPEAK"] = float(np.min(wave))


def _lags(state: AcState) -> bool:
    if len(state.voltage) < 2:
        return True
    return (state.voltage[1] * state.current[1].conjugate()).imag >= 0.0


def _derive(found: Update, lags: bool) -> None:
    """S, Q, LAMBDA and PHI from U, I and P; lagging counts positive (IM WT310E-01EN, appendix)."""
    s = found["S"] = found["U"] * found["I"]
    sign = 1.0 if lags else -1.0
    if not s:
        found |= {"Q": 0.0, "LAMBDA": OVER, "PHI": OVER}
        return
    found["Q"] = sign * math.sqrt(max(s * s - found["P"] ** 2, 0.0))
    factor = max(-1.0, min(1.0, found["P"] / s))
    found |= {"LAMBDA": factor, "PHI": sign * math.degrees(math.acos(factor))}


def _mark(found: Update, over: tuple[bool, bool]) -> None:
    if over[0]:
        found["U"] = OVER
    if over[1]:
        found["I"] = OVER
    if any(over):
        found |= dict.fromkeys(("P", "S", "Q", "LAMBDA", "PHI"), OVER)


def _frequency(frequency: float, size: float) -> float:
    low, high = specs.FREQUENCY
    return frequency if low <= frequency <= high and size else OVER


NOTHING: Update = dict.fromkeys(
    (
        "U", "I", "P", "S", "Q", "LAMBDA", "PHI", "FU", "FI", "UPPEAK", "UMPEAK", "IPPEAK",
        "IMPEAK", "PPPEAK", "PMPEAK",
    ),
    NO_DATA,
)  # fmt: skip
"""Before the first update."""
