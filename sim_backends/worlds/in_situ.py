"""The world of the in-situ bench: a flasher before frames, a lattice under a microscope."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim_backends.models.frames import Flasher, FrameLog, FrameMethod
from sim_backends.models.imaging.lattice import LatticeMicroscope, PositionMethod
from sim_backends.models.signal import PeriodicSignal, pulse, still
from sim_backends.samples.in_situ import RECIPES, frame_method, position_method
from sim_backends.samples.recipe import Samples
from sim_backends.streams import stream

SAMPLES = Samples(RECIPES)
solve = SAMPLES.solve
reach = SAMPLES.reach

PERIOD = 19.73e-3
"""Period of the flasher in s by its certificate."""

TIME_BASE = 1e-6
"""Relative error of that period (k = 1): a crystal oscillator, aged a year (remembered)."""

LIGHT_DELAY, LIGHT_SPREAD = 38e-6, 6e-6
"""Delay in s from the trigger's edge to half the light, and its deviation from lamp to lamp."""

DIODE = 5e-6
"""Deviation in s of what the photodiode and its cable add."""

LATTICE = 1e-3
"""Relative error of the lattice's spacing by its certificate (k = 1): 0.1 to 1 % are usual of
calibration specimens for electron microscopes (remembered: makers' catalogues)."""

EDGE = 4e-6
"""Rise of trigger and light in s."""


class World:
    """`ports` by name: `frames` (LogPort), `lattice` (PicturePort), `timing` (four SignalPorts:
    trigger, photodiode, two open)."""

    def __init__(self, device: FrameMethod | PositionMethod, seed: int) -> None:
        own = stream(seed, "in situ", "own methods")
        stamps = device if isinstance(device, FrameMethod) else frame_method(own)
        places = device if isinstance(device, PositionMethod) else position_method(own)
        drawn = stream(seed, "in situ", "references").standard_normal(4).tolist()
        period, light, diode, spacing = drawn
        flasher = Flasher(PERIOD * (1.0 + TIME_BASE * period), LIGHT_DELAY + LIGHT_SPREAD * light)
        self.ports: Mapping[str, Any] = {
            "frames": FrameLog(stamps, flasher, seed),
            "lattice": LatticeMicroscope(places, 1.0 + LATTICE * spacing, seed),
            "timing": _signals(flasher, flasher.delay + DIODE * diode),
        }


def _signals(flasher: Flasher, seen: float) -> tuple[PeriodicSignal, ...]:
    """The trigger's edge and the light as the photodiode shows it, `seen` s later."""
    trigger = pulse(0.0, 3.3, 1.0 / flasher.period, 0.5, EDGE)

    def later(phase: NDArray[np.float64]) -> NDArray[np.float64]:
        return trigger.shape((phase - seen / flasher.period) % 1.0)

    return trigger, PeriodicSignal(later, trigger.frequency), still(), still()


def build(device: FrameMethod | PositionMethod, *, seed: int, t0: float) -> World:
    """A bench of `seed` with the method `device` on trial."""
    return World(device, seed)


def example(seed: int) -> FrameMethod:
    """A method drawn with `seed`, for a bench that is shown and not asked for one."""
    return frame_method(stream(seed, "sample", "example"))
