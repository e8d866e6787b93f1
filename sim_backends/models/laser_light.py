"""The light of a laser on the laser bench: its lines, and what of them a fibre leads away."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, exp, log
from typing import Protocol

from sim_backends.models import diamond_laser, raman_cascade
from sim_backends.models.diamond_laser import DiamondLaser, stokes_wavelength
from sim_backends.models.noise import Drift
from sim_backends.models.raman_cascade import RamanCascade, width_in_metres
from sim_backends.models.reference.laser_spectrum import Line
from sim_backends.streams import stream

Device = DiamondLaser | RamanCascade

PICKED = 5e-5
"""Share of the output that reaches the fibre: a wedge, a diffuser."""

TEETH, REACH, SPACING = 32, 1.6, 8e-12
"""Longitudinal modes at least on either side of the middle of a line of a multimode order, how many
of its widths they reach, and m that they lie apart at the most (1 GHz, a resonator of 15 cm): less
than an analyser resolves."""


def pump_power(device: Device, setting: float) -> float:
    """True pump power in W at a `setting` in W."""
    return device.pump_gain * setting


def stokes_lines(device: Device, pump: float) -> tuple[tuple[float, float], ...]:
    """Wavelength in m and power in W of each order that lases at a `pump` in W."""
    if isinstance(device, RamanCascade):
        powers = raman_cascade.order_powers(device, pump)
    else:
        powers = (diamond_laser.stokes_power(device, pump),)
    return tuple(
        (stokes_wavelength(device.pump_wavelength, n), power)
        for n, power in enumerate(powers, 1)
        if power > 0.0
    )


def comb(wavelength: float, power: float, width: float) -> tuple[Line, ...]:
    """Modes of a line of `power` in W at `wavelength` in m under a Gaussian of `width` in m (full,
    at half maximum); a line of no width is one mode."""
    if width <= 0.0:
        return (Line(wavelength, power, 0.0),)
    teeth = max(TEETH, ceil(REACH * width / SPACING))
    places = [REACH * n / teeth for n in range(-teeth, teeth + 1)]
    weights = [exp(-4.0 * log(2.0) * place**2) for place in places]
    whole = sum(weights)
    return tuple(
        Line(wavelength + place * width, power * weight / whole, 0.0)
        for place, weight in zip(places, weights, strict=True)
    )


class Output(Protocol):
    """An output beam whose lines are known at a run time in s."""

    def lines(self, t: float) -> tuple[tuple[float, float], ...]:
        """Wavelength in m and power in W of each line."""
        ...


class PickOff:
    """The fibre behind a pick-off of `output`; fits `SpectrumPort`.

    `coupling` is, by order, that of the line over that of the background; widths of multimode lines
    wander by `wander` (relative, standard deviation) within some 20 s.
    """

    def __init__(
        self, device: Device, output: Output, coupling: Sequence[float], wander: float, *,
        seed: int, t0: float,
    ) -> None:  # fmt: skip
        self._device, self._output = device, output
        self._coupling = tuple(coupling)
        self._wander = [
            Drift(wander, 20.0, 2.0, stream(seed, "laser bench", "width", str(n)), t0)
            for n in range(len(self._coupling))
        ]

    def lines(self, t: float) -> tuple[Line, ...]:
        """The modes of all lines in the fibre at `t`."""
        found = list[Line]()
        for n, (wavelength, power) in enumerate(self._output.lines(t)):
            width = self._width(n + 1) * (1.0 + self._wander[n].at(t))
            found += comb(wavelength, PICKED * self._coupling[n] * power, width)
        return tuple(found)

    def background(self, t: float) -> float:
        """Spectral power density between the lines in W/m at `t`."""
        whole = sum(power for _, power in self._output.lines(t))
        return PICKED * whole * self._device.background

    def _width(self, order: int) -> float:
        if isinstance(self._device, RamanCascade):
            return width_in_metres(self._device, order)
        return 0.0


def signal_to_noise(device: Device, bandwidth: float) -> float:
    """Power of the weakest line over the background in `bandwidth` in m, at the rated pump."""
    powers = [power for _, power in stokes_lines(device, pump_power(device, device.rated))]
    return min(powers) / (sum(powers) * device.background * bandwidth)
