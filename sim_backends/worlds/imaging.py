"""The world of the imaging bench: a sheet under a camera, or a chip between a caliper's jaws."""

from __future__ import annotations

from collections.abc import Mapping

from sim_backends.data import imaging as data
from sim_backends.models.imaging.bed import Bed
from sim_backends.models.imaging.jaws import Chip, Jaws
from sim_backends.models.imaging.sheet import PrintedSheet
from sim_backends.samples.imaging import RECIPES, chip, module
from sim_backends.samples.recipe import Samples
from sim_backends.streams import stream

SETTING = 8e-6
"""Deviation in m of one setting of a caliper's jaws on a polymer edge (k = 1): a quarter of the
30 um that trials of several operators give as a range (remembered)."""

SAMPLES = Samples(RECIPES)
solve = SAMPLES.solve
reach = SAMPLES.reach

Device = PrintedSheet | Chip


class World:
    """`ports` by name: `bed` (PicturePort) and `jaws` (LengthPort). What the sample is not, is a
    piece of the laboratory's own."""

    def __init__(self, device: Device, seed: int) -> None:
        own = stream(seed, "imaging", "own samples")
        sheet = device if isinstance(device, PrintedSheet) else module(own)
        gauged = device if isinstance(device, Chip) else chip(own)
        warmth = data.SAMPLE_TEMPERATURE * float(
            stream(seed, "imaging", "chip's temperature").standard_normal()
        )
        self.ports: Mapping[str, Bed | Jaws] = {
            "bed": Bed(sheet, data.LARGE_BED, seed, stream(seed, "imaging", "camera")),
            "jaws": Jaws(gauged, warmth, SETTING, seed),
        }


def build(device: Device, *, seed: int, t0: float) -> World:
    """A bench of `seed` with `device` on it."""
    return World(device, seed)


def example(seed: int) -> PrintedSheet:
    """A module drawn with `seed`, for a bench that is shown and not asked for one."""
    return module(stream(seed, "sample", "example"))
