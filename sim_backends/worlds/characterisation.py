"""The world of the characterisation bench: a batch on a balance, or a membrane's metals."""

from __future__ import annotations

from collections.abc import Mapping

from sim_backends.models.batch import AIR, Batch, Weighings
from sim_backends.models.loading import Chemistry, ChemistryErrors, FluorescenceMap, Membrane, Rack
from sim_backends.samples.characterisation import RECIPES, batch, membrane
from sim_backends.samples.recipe import Samples
from sim_backends.streams import stream

SAMPLES = Samples(RECIPES)
solve = SAMPLES.solve
reach = SAMPLES.reach

ENDPOINT = 0.0015
"""Deviation of the water left after drying at 105 degC, of the dry mass (remembered: oxides keep
some tenths of a per cent that go at 200 degC only)."""

AIR_SPREAD = 0.02
"""Deviation of the density of air in kg/m3: 5 K and 10 hPa."""

REFERENCE, DIGESTION, PUNCH, TUBE = 0.005, 0.015, 0.005, 0.003
"""Relative deviations: certified solutions (0.2 to 0.5 %, makers' certificates); iridium oxide
dissolves hard, recoveries of 97 to 100 % are reported; a punch of 10 mm within 25 um and a flask of
class A; tube and detector over a map (remembered)."""

Port = Weighings | Rack | FluorescenceMap


class World:
    """`ports` by name: `pan` (PanPort), `rack` and `map` (LogPort), and `operator`, who puts on the
    pan what is asked for."""

    def __init__(self, device: Batch | Membrane, seed: int) -> None:
        own = stream(seed, "characterisation", "own samples")
        powder = device if isinstance(device, Batch) else batch(own)
        coated = device if isinstance(device, Membrane) else membrane(own)
        left, air, *chemical = (
            stream(seed, "characterisation", "errors").standard_normal(6).tolist()
        )
        sizes = (REFERENCE, DIGESTION, PUNCH, TUBE)
        errors = ChemistryErrors(*(1.0 + u * z for u, z in zip(sizes, chemical, strict=True)))
        pan = Weighings(
            powder,
            ENDPOINT * left,
            AIR + AIR_SPREAD * air,
            stream(seed, "characterisation", "pan"),
        )
        chemistry = Chemistry(coated, errors, stream(seed, "characterisation", "chemistry"))
        self.ports: Mapping[str, Port] = {
            "pan": pan,
            "operator": pan,
            "rack": Rack(chemistry),
            "map": FluorescenceMap(chemistry),
        }


def build(device: Batch | Membrane, *, seed: int, t0: float) -> World:
    """A bench of `seed` with `device` on it."""
    return World(device, seed)


def example(seed: int) -> Batch:
    """A batch drawn with `seed`, for a bench that is shown and not asked for one."""
    return batch(stream(seed, "sample", "example"))
