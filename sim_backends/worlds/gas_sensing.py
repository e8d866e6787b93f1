"""The world of the gas sensing bench: three gas lines, a chamber with a sensor array, a caliper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim_backends.data import gas_sensing as data
from sim_backends.models.envelope import EnvelopeJaws, Package
from sim_backends.models.gas_array import SensorArray
from sim_backends.models.gas_blend import Blend, Inlet
from sim_backends.models.gas_chamber import ChamberAir, GasChamber
from sim_backends.models.reference.resistor import ReferenceResistor
from sim_backends.models.reference.scanner import WiredScanner
from sim_backends.samples.gas_sensing import EXPANSION, RECIPES, draw_array
from sim_backends.samples.recipe import Samples
from sim_backends.streams import stream
from sim_backends.worlds import gas_sensing_errors as errors

SAMPLES = Samples(RECIPES)
solve = SAMPLES.solve
reach = SAMPLES.reach


class World:
    """`ports` by name: dry, humid, dosing (FlowingPort), chamber (ElectricalPort, GasPort,
    TracerPort, OperatorPort), multiplexer (WiredScanner), jaws (LengthPort), operator."""

    def __init__(self, array: SensorArray, seed: int, t0: float) -> None:
        blend = Blend(
            data.DEAD_VOLUME * (1.0 + errors.PIPE * errors.drawn(seed, "pipe")),
            data.MIXING_VOLUME * (1.0 + errors.CHAMBER * errors.drawn(seed, "chamber")),
            t0,
        )
        chamber = GasChamber(array, blend, errors.cylinders(seed), seed, t0)
        package = Package(array.size, array.taper, EXPANSION)
        warmth = errors.WARMTH * errors.drawn(seed, "warmth")
        pads = {101 + n: ReferenceResistor(1e10) for n in range(data.FILMS + 1)}
        self.ports: Mapping[str, Any] = {
            **{name: Inlet(blend, name, most) for name, most in data.PER_LINE.items()},
            "chamber": chamber,
            "air": ChamberAir(chamber),
            "multiplexer": WiredScanner(channels=pads, common=chamber),
            "jaws": EnvelopeJaws(package, warmth, errors.SETTING, seed),
            "operator": chamber,
        }


def build(device: SensorArray, *, seed: int, t0: float) -> World:
    """A bench of `seed` with the array `device` in place at run time `t0` in s; nothing flows."""
    return World(device, seed, t0)


def example(seed: int) -> SensorArray:
    """An array drawn with `seed`, for a bench that is shown and not asked for one."""
    return draw_array(stream(seed, "sample", "example"))
