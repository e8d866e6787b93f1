"""The world of the beam bench: a diamond laser behind a shutter, a mirror, a camera on a stage."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim_backends.models.beam_shutter import BeamShutter
from sim_backends.models.focus_camera import FocusCamera, FocusErrors
from sim_backends.models.laser_beam import LaserBeam
from sim_backends.models.linear_axis import LinearAxis
from sim_backends.samples.beam import RECIPES, draw_laser
from sim_backends.samples.recipe import Samples
from sim_backends.streams import stream
from sim_backends.worlds.drawing import drawn

SPREADS = {
    "pitch": (1e-3, "the scale of a sensor by a ruled target (remembered: 0.1 %)"),
    "focal": (2e-3, "certificate of a mirror: 0.2 % of its focal length, k = 1"),
    "plane": (50e-6, "focal plane found with a collimated beam, in m"),
    "x": (60e-6, "adjustment of the beam on the sensor, in m"),
    "y": (60e-6, "adjustment of the beam on the sensor, in m"),
}

SAMPLES = Samples(RECIPES)
solve = SAMPLES.solve
reach = SAMPLES.reach


class People:
    """Who stands at the bench: exchanges the filter before `camera`, opens the enclosure of
    `shutter`; fits `OperatorPort`."""

    def __init__(self, camera: FocusCamera, shutter: BeamShutter) -> None:
        self._camera, self._shutter = camera, shutter

    def acted(self, prompt: str, value: object, t: float) -> None:
        """`.../filter`: that of the order named is in the beam. `.../door`: open or closed."""
        about = prompt.rpartition("/")[2]
        if about == "filter" and str(value).isdecimal():
            self._camera.chosen = int(str(value)) - 1
        if about == "door":
            self._shutter.door(value == "open")


class World:
    """`ports` by name: shutter (ShutterPort), stage (AxisPort), focus (PicturePort), operator
    (OperatorPort)."""

    def __init__(self, device: LaserBeam, seed: int, t0: float) -> None:
        errors = drawn(seed, "beam bench", SPREADS)
        shutter, carriage = BeamShutter(), LinearAxis(0.01)
        camera = FocusCamera(
            device,
            carriage,
            shutter,
            FocusErrors(
                1.0 + errors["pitch"],
                1.0 + errors["focal"],
                errors["plane"],
                errors["x"],
                errors["y"],
            ),
            seed=seed,
            t0=t0,
        )
        self.ports: Mapping[str, Any] = {
            "shutter": shutter,
            "stage": carriage,
            "focus": camera,
            "operator": People(camera, shutter),
        }


def build(device: LaserBeam, *, seed: int, t0: float) -> World:
    """A bench of `seed` with the laser `device`, at run time `t0` in s: shut."""
    return World(device, seed, t0)


def example(seed: int) -> LaserBeam:
    """A laser drawn with `seed`, for a bench that is shown and not asked for one."""
    return draw_laser(stream(seed, "sample", "example"))
