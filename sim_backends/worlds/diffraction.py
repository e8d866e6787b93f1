"""The world of the diffraction bench: a wafer or a reference crystal in an X-ray beam."""

from __future__ import annotations

from collections.abc import Mapping

from sim_backends.models.wafer.rocking import InBeam, Reflection
from sim_backends.samples.diffraction import ARCSEC, RECIPES, film, reference
from sim_backends.samples.recipe import Samples
from sim_backends.streams import stream

OWN, OWN_U = 4.0 * ARCSEC, 0.5 * ARCSEC
"""Width of the reference crystal's reflection (004) of silicon in rad, and how well it is known
(dynamical theory gives 3.8 arcsec for Cu K-alpha1)."""

SAMPLES = Samples(RECIPES)
solve = SAMPLES.solve
reach = SAMPLES.reach


class World:
    """`ports` by name: `beam` (BeamPort) and `operator`, who lays down what is asked for."""

    def __init__(self, device: Reflection, seed: int) -> None:
        wrong = float(stream(seed, "diffraction", "reference crystal").standard_normal())
        beam = InBeam(device, reference(OWN + OWN_U * wrong))
        self.ports: Mapping[str, InBeam] = {"beam": beam, "operator": beam}


def build(device: Reflection, *, seed: int, t0: float) -> World:
    """A bench of `seed` with `device` on it."""
    return World(device, seed)


def example(seed: int) -> Reflection:
    """A film drawn with `seed`, for a bench that is shown and not asked for one."""
    return film(stream(seed, "sample", "example"))
