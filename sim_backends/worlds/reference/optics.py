"""Known devices of optics and power: beams, a laser in a fibre, a strong source, an insulator."""

from __future__ import annotations

import math
from typing import Any

from sim_backends.models.beam_shutter import BeamShutter
from sim_backends.models.reference.insulator import Insulator
from sim_backends.models.reference.laser_spectrum import Line, SteadySpectrum
from sim_backends.models.reference.resistor import ReferenceResistor
from sim_backends.models.reference.steady_beam import SteadyBeam
from sim_backends.models.reference.steady_pulses import SteadyPulses
from sim_backends.worlds.reference.truth import Truth

SOURCE_VOLTAGE, SOURCE_RESISTANCE = 12.0, 0.1
"""Voltage in V of a strong source, and the resistance in ohm behind which it lies."""

INFRARED_POWER, INFRARED = 5e-3, 1064e-9
"""Power in W and wavelength in m of a beam."""

RED_POWER, RED = 1e-3, 635e-9
"""Power in W and wavelength in m of another beam."""

PULSE_ENERGY, PULSE_RATE = 10e-3, 2.0
"""Energy in J and rate in 1/s of pulses at the wavelength of the infrared beam."""

LASER = Line(wavelength=1550.12e-9, power=1e-3, width=1e-15)
"""A laser in a fibre, narrower than any filter."""

SIDE_MODE = Line(wavelength=1551.32e-9, power=1e-3 * 10.0**-4.5, width=1e-15)
"""Its only side mode."""

BACKGROUND = 10.0
"""Spectral power density in W/m between the lines; 1 nW in 0.1 nm."""

REFERENCE_BANDWIDTH = 0.1e-9
"""Bandwidth in m in which the background is compared with the laser."""

TRUTH: dict[str, Truth] = {
    "strong_source": {"voltage": (SOURCE_VOLTAGE, "V"), "current": (0.0, "A")},
    "infrared_beam": {"power": (INFRARED_POWER, "W"), "wavelength": (INFRARED, "m")},
    "red_beam": {"power": (RED_POWER, "W"), "wavelength": (RED, "m")},
    "pulse_train": {"energy": (PULSE_ENERGY, "J"), "wavelength": (INFRARED, "m")},
    "laser_shutter": {"transmission": (0.0, "dimensionless")},
    "insulator": {"voltage": (0.0, "V")},
    "fibre": {
        "wavelength": (LASER.wavelength, "m"),
        "power": (LASER.power, "W"),
        "side_mode_suppression": (10.0 * math.log10(LASER.power / SIDE_MODE.power), "dB"),
        "signal_to_noise": (
            10.0 * math.log10(LASER.power / (BACKGROUND * REFERENCE_BANDWIDTH)),
            "dB",
        ),
    },
}
"""What an ideal instrument would read, by port; wavelengths are those in vacuum."""


def ports(seed: int, t0: float) -> tuple[dict[str, Any], dict[str, Truth]]:
    """Ports by name at run time `t0` in s, and the truth at each."""
    devices = {
        "strong_source": ReferenceResistor(SOURCE_RESISTANCE, SOURCE_VOLTAGE),
        "infrared_beam": SteadyBeam(INFRARED_POWER, INFRARED),
        "red_beam": SteadyBeam(RED_POWER, RED),
        "pulse_train": SteadyPulses(PULSE_ENERGY, PULSE_RATE, INFRARED),
        "laser_shutter": BeamShutter(),
        "insulator": Insulator(100e6),
        "fibre": SteadySpectrum((LASER, SIDE_MODE), BACKGROUND),
    }
    return devices, dict(TRUTH)
