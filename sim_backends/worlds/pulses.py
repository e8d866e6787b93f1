"""The world of the pulse bench: a pulsed diamond laser, its shutter, a joulemeter, a photodiode."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim_backends.models.pulse_table import Diode, FastDiode, JouleHead, PulseTable
from sim_backends.models.pulsed_laser import PulsedLaser
from sim_backends.models.signal import still
from sim_backends.samples.pulses import RECIPES, draw_short
from sim_backends.samples.recipe import Samples
from sim_backends.streams import stream
from sim_backends.worlds.drawing import drawn

RISE, SATURATION = 150e-12, 60.0
"""Rise time in s of the diode as its certificate says; volts at which its answer is half."""

SPREADS = {
    "rise": (0.1, "rise time of a diode by its certificate: 10 %, k = 1"),
    "dark": (1e-3, "dark voltage of a biased diode at 50 ohm, in V"),
    "path": (3e-3, "transmission of wedge and mirrors before a head, after correction"),
}

SAMPLES = Samples(RECIPES)
solve = SAMPLES.solve
reach = SAMPLES.reach


class World:
    """`ports` by name: shutter (ShutterPort), head (PulsePort), diode (four SignalPorts), operator
    (OperatorPort)."""

    def __init__(self, device: PulsedLaser, seed: int) -> None:
        errors = drawn(seed, "pulse bench", SPREADS)
        diode = Diode(RISE * (1.0 + errors["rise"]), errors["dark"], SATURATION)
        table = PulseTable(device, seed)
        self.ports: Mapping[str, Any] = {
            "shutter": table,
            "head": JouleHead(table, 1.0 + errors["path"]),
            "diode": (FastDiode(table, diode), still(), still(), still()),
            "operator": table,
        }


def build(device: PulsedLaser, *, seed: int, t0: float) -> World:
    """A bench of `seed` with `device` in place: the shutter is shut, the laser fires."""
    return World(device, seed)


def example(seed: int) -> PulsedLaser:
    """A laser drawn with `seed`, for a bench that is shown and not asked for one."""
    return draw_short(stream(seed, "sample", "example"))
