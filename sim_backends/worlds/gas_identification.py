"""The world of the gas identification bench: the gas sensing bench with a covered array, and the
log of other arrays of its production."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim_backends.data import gas_sensing as data
from sim_backends.models.covered_chamber import CoveredChamber
from sim_backends.models.envelope import EnvelopeJaws, Package
from sim_backends.models.gas_blend import Blend, Inlet
from sim_backends.models.gas_chamber import ChamberAir
from sim_backends.models.gas_training import TrainingLog
from sim_backends.models.reference.resistor import ReferenceResistor
from sim_backends.models.reference.scanner import WiredScanner
from sim_backends.samples.gas_identification import SAMPLES, IdentifyingDevice, draw_device
from sim_backends.samples.gas_sensing import EXPANSION
from sim_backends.streams import stream
from sim_backends.worlds import gas_sensing_errors as errors

solve = SAMPLES.solve
reach = SAMPLES.reach


class World:
    """`ports` by name: those of the gas sensing bench, and `batch` (LogPort)."""

    def __init__(self, device: IdentifyingDevice, seed: int, t0: float) -> None:
        blend = Blend(
            data.DEAD_VOLUME * (1.0 + errors.PIPE * errors.drawn(seed, "pipe")),
            data.MIXING_VOLUME * (1.0 + errors.CHAMBER * errors.drawn(seed, "chamber")),
            t0,
        )
        chamber = CoveredChamber(device.array, blend, errors.cylinders(seed), seed, t0)
        plain = device.array.plain
        pads = {101 + n: ReferenceResistor(1e10) for n in range(len(plain.exponents) + 1)}
        warmth = errors.WARMTH * errors.drawn(seed, "warmth")
        package = Package(plain.size, plain.taper, EXPANSION)
        self.ports: Mapping[str, Any] = {
            **{name: Inlet(blend, name, most) for name, most in data.PER_LINE.items()},
            "chamber": chamber,
            "air": ChamberAir(chamber),
            "multiplexer": WiredScanner(channels=pads, common=chamber),
            "jaws": EnvelopeJaws(package, warmth, errors.SETTING, seed),
            "operator": chamber,
            "batch": TrainingLog(device.design, device.number),
        }


def build(device: IdentifyingDevice, *, seed: int, t0: float) -> World:
    """A bench of `seed` with the `device` in place at run time `t0` in s; nothing flows."""
    return World(device, seed, t0)


def example(seed: int) -> IdentifyingDevice:
    """A device drawn with `seed`, for a bench that is shown and not asked for one."""
    return draw_device(stream(seed, "sample", "example"))
