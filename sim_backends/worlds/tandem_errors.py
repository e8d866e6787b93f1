"""The true errors of one tandem bench: what no instrument on it can see.

Each is drawn once a bench, or once a placing, from a stream of its own. The standard deviations are
those that a careful laboratory states; a bench file states its uncertainties without looking here.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim_backends.streams import stream
from sim_backends.worlds.photovoltaic_errors import RESPONSIVITY, Spread

SPREADS: dict[str, Spread] = {
    "responsivity top": Spread(
        1.0, 0.006, "true over stated, filtered reference cell; IEC 60904-4: U = 1 to 1.5 % (k = 2)"
    ),
    "responsivity bottom": Spread(1.0, 0.006, "the same of the other cell"),
    "mismatch top": Spread(
        0.0, 0.004, "left of the subcell's spectral mismatch after IEC 60904-7 and 60904-1-1"
    ),
    "mismatch bottom": Spread(0.0, 0.005, "the same of the other subcell"),
    "field": Spread(0.0, 0.003, "sample's place against the cells': class A+ (IEC 60904-9)"),
    "placing": Spread(0.0, 0.0015, "holder with stops, laid in anew: 0.5 mm of a 1 %/cm slope"),
    "chuck sensor": Spread(0.0, 0.2, "K; Pt100 class A (IEC 60751) with its mounting"),
    "cell heating": Spread(1.0, 0.15, "true over usual rise of the cell, anew with each placing"),
    "blue gain": Spread(1.0, 0.02, "true over set irradiance; the source's own scale"),
    "red gain": Spread(1.0, 0.02, "the same of the other source"),
    "probe": Spread(0.0, 0.15, "K; Pt100 class A beside the sample, at 85 degC 0.32 K (IEC 60751)"),
    "chamber place": Spread(0.0, 0.3, "K; sample against probe: air in the working space"),
    "chamber humidity": Spread(0.0, 1.0, "%; sample's place against the chamber's sensor"),
}


def one(seed: int, name: str, *names: str) -> float:
    """One draw of the error `name`, in the unit of its spread."""
    spread = SPREADS[name]
    return float(stream(seed, "tandem bench", name, *names).normal(spread.mean, spread.std))


@dataclass(frozen=True, slots=True)
class TandemErrors:
    """Errors that stay with a bench. `responsivities` in V per W/m2 of the top and the bottom
    cell; `gains` of the blue-rich and the red-rich source; `seen`: light of the top and the
    bottom subcell over what its reference cell sees; `chuck_sensor`, `probe` and `chamber_place`
    in K, `chamber_humidity` in %."""

    responsivities: tuple[float, float]
    gains: tuple[float, float]
    seen: tuple[float, float]
    chuck_sensor: float
    probe: float
    chamber_place: float
    chamber_humidity: float


@dataclass(frozen=True, slots=True)
class Laid:
    """How the sample lies this time: factors on its `light` and on its `heating`."""

    light: float
    heating: float


def draw(seed: int) -> TandemErrors:
    """The errors of the bench of `seed`."""
    field = 1.0 + one(seed, "field")
    return TandemErrors(
        responsivities=(
            RESPONSIVITY * one(seed, "responsivity top"),
            RESPONSIVITY * one(seed, "responsivity bottom"),
        ),
        gains=(one(seed, "blue gain"), one(seed, "red gain")),
        seen=(
            field * (1.0 + one(seed, "mismatch top")),
            field * (1.0 + one(seed, "mismatch bottom")),
        ),
        chuck_sensor=one(seed, "chuck sensor"),
        probe=one(seed, "probe"),
        chamber_place=one(seed, "chamber place"),
        chamber_humidity=one(seed, "chamber humidity"),
    )


def lay(seed: int, number: int) -> Laid:
    """The sample's `number`-th placing on the chuck."""
    again = f"placing {number}"
    light = 1.0 + one(seed, "placing", again)
    return Laid(light, max(one(seed, "cell heating", again), 0.0))
