"""The world of the laser bench: a diamond laser on its table, and the people who move the head."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim_backends.models.delayed_beat import DelayedBeat
from sim_backends.models.fabry_perot import interferometer
from sim_backends.models.laser_bench import LaserTable
from sim_backends.models.laser_light import Device, PickOff
from sim_backends.samples.laser import RECIPES, draw_laser
from sim_backends.samples.recipe import Samples
from sim_backends.streams import stream
from sim_backends.worlds import laser_errors as errors

SAMPLES = Samples(RECIPES)
solve = SAMPLES.solve
reach = SAMPLES.reach


class World:
    """`ports` by name: pump (PumpPort), shutter (ShutterPort), head (AbsorberPort), fibre
    (SpectrumPort), interferometer (four SignalPorts), beat (RfPort), operator (OperatorPort)."""

    def __init__(self, device: Device, seed: int, t0: float) -> None:
        table = LaserTable(
            device,
            paths=errors.paths(seed),
            drift=errors.DRIFT,
            tau=errors.HEAD_TIME,
            filters=errors.each(seed, "separator", errors.SEPARATOR),
            seed=seed,
            t0=t0,
        )
        self.ports: Mapping[str, Any] = {
            "pump": table,
            "shutter": table,
            "head": table,
            "interferometer": interferometer(device, table, seed),
            "beat": DelayedBeat(device, table, errors.delay(seed), seed=seed, t0=t0),
            "fibre": PickOff(
                device,
                table,
                errors.each(seed, "coupling", errors.COUPLING),
                errors.WANDER,
                seed=seed,
                t0=t0,
            ),
            "operator": table,
        }


def build(device: Device, *, seed: int, t0: float) -> World:
    """A bench of `seed` with `device` in place at run time `t0` in s: nothing is switched on."""
    return World(device, seed, t0)


def example(seed: int) -> Device:
    """A laser drawn with `seed`, for a bench that is shown and not asked for one."""
    return draw_laser(stream(seed, "sample", "example"))
