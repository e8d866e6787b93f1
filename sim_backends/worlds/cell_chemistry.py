"""The world of the cell chemistry bench: one dismantled cell, weighed, extracted, heated."""

from __future__ import annotations

from collections.abc import Mapping

from sim_backends.models.dismantled_cell import (
    DismantledCell,
    Extract,
    LabErrors,
    Parts,
    Thermobalance,
)
from sim_backends.samples.cell_chemistry import RECIPES, dismantled
from sim_backends.samples.recipe import Samples
from sim_backends.streams import stream
from sim_backends.worlds.drawing import drawn

SAMPLES = Samples(RECIPES)
solve = SAMPLES.solve
reach = SAMPLES.reach

SPREADS: Mapping[str, tuple[float, str]] = {
    "standard": (0.005, "relative; certified solutions state 0.3 % to 1 %, k = 2"),
    "volume": (0.001, "relative; two flasks of class A and their temperatures"),
    "spike": (0.003, "relative; weighed by difference while it evaporates"),
    "native": (0.008, "relative; solvent in the pores against solvent put on"),
    "transfer": (0.003, "of the solvent; the log of weighings ends at the last jar"),
    "debris": (8e-5, "kg; crumbs that stay in the box, beyond those that are brushed up"),
    "moisture": (5e-5, "kg; salt and oxide take up water at a dew point of -50 degC"),
}
"""Standard deviation of each true error of an analysis, with its reason (remembered figures)."""


class World:
    """`ports` by name: `pan` (PanPort), `series` and `runs` (LogPort), `operator`."""

    def __init__(self, cell: DismantledCell, seed: int) -> None:
        one = drawn(seed, "cell chemistry", SPREADS)
        errors = LabErrors(
            standard=1.0 + one["standard"],
            volume=1.0 + one["volume"],
            spike=1.0 + one["spike"],
            native=1.0 + one["native"],
            transfer=one["transfer"],
            debris=one["debris"],
            moisture=one["moisture"],
        )
        pan = Parts(cell, errors, stream(seed, "cell chemistry", "pan"))
        self.ports: Mapping[str, Parts | Extract | Thermobalance] = {
            "pan": pan,
            "operator": pan,
            "series": Extract(cell, errors, stream(seed, "cell chemistry", "extract")),
            "runs": Thermobalance(cell, stream(seed, "cell chemistry", "thermobalance")),
        }


def build(device: DismantledCell, *, seed: int, t0: float) -> World:
    """A bench of `seed` with `device` in the glove box."""
    return World(device, seed)


def example(seed: int) -> DismantledCell:
    """A cell drawn with `seed`, for a bench that is shown and not asked for one."""
    return dismantled(stream(seed, "sample", "example"))
