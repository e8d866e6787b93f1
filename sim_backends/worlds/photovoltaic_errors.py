"""The true errors of one photovoltaic bench: what no instrument on it can see.

Each is drawn once a bench from a stream of its own. The standard deviations are those that a
careful laboratory states; a bench file states its uncertainties without looking here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sim_backends.streams import stream

RESPONSIVITY = 1.0e-4
"""Stated responsivity of the reference cell in V per W/m2 (0.100 mV per W/m2)."""


class Spread(NamedTuple):
    """`mean` and standard deviation `std` of a true error, with its `reason`."""

    mean: float
    std: float
    reason: str


SPREADS: dict[str, Spread] = {
    "responsivity": Spread(
        1.0, 0.006, "true over stated; secondary calibration, IEC 60904-4: U = 1 to 1.5 % (k = 2)"
    ),
    "spectral_mismatch": Spread(
        0.0, 0.004, "left after the correction of IEC 60904-7 for a class A+ spectrum"
    ),
    "spectral_drift": Spread(
        0.0, 0.0005, "change of the mismatch per 1000 h of lamp: emitters age unequally"
    ),
    "nonuniformity": Spread(
        0.0,
        0.003,
        "sample's place in the field against the reference cell's, anew with each placing; "
        "class A+ allows 1 % (IEC 60904-9)",
    ),
    "chuck_sensor": Spread(
        0.0, 0.2, "K; Pt100 class A, 0.15 K + 0.002 |t| (IEC 60751), with its mounting"
    ),
    "bending_axis": Spread(0.0, 0.035, "rad; clamping by eye against a scribed line, 2 degrees"),
    "lamp_gain": Spread(1.0, 0.02, "true over set level; the lamp's own scale"),
    "lamp_decline": Spread(
        1.0, 0.3, "% per 1000 h; light-emitting diodes with L90 of about 10,000 h"
    ),
    "cell_heating": Spread(
        1.0, 0.15, "true over usual rise of the cell, anew with each placing: contact to the chuck"
    ),
}


@dataclass(frozen=True, slots=True)
class BenchErrors:
    """Errors that stay with a bench. `responsivity` in V per W/m2; `spectral_mismatch` relative,
    as is `spectral_drift` per s of lamp; `chuck_sensor` in K; `bending_axis` in rad; `lamp_gain`
    relative to 1; `lamp_decline` in 1/s."""

    responsivity: float
    spectral_mismatch: float
    spectral_drift: float
    chuck_sensor: float
    bending_axis: float
    lamp_gain: float
    lamp_decline: float


@dataclass(frozen=True, slots=True)
class Placing:
    """How the sample lies this time: `light` on its place over that on the reference cell's,
    `heating` over its usual rise above the chuck; both relative to 1."""

    light: float
    heating: float


_THOUSAND_HOURS = 3.6e6


def one(seed: int, name: str, *names: str) -> float:
    """One draw of the error `name`, in the unit of its spread."""
    spread = SPREADS[name]
    return float(stream(seed, "photovoltaic bench", name, *names).normal(spread.mean, spread.std))


def draw(seed: int) -> BenchErrors:
    """The errors of the bench of `seed`."""
    return BenchErrors(
        responsivity=RESPONSIVITY * one(seed, "responsivity"),
        spectral_mismatch=one(seed, "spectral_mismatch"),
        spectral_drift=one(seed, "spectral_drift") / _THOUSAND_HOURS,
        chuck_sensor=one(seed, "chuck_sensor"),
        bending_axis=one(seed, "bending_axis"),
        lamp_gain=one(seed, "lamp_gain"),
        lamp_decline=max(one(seed, "lamp_decline"), 0.0) / 100.0 / _THOUSAND_HOURS,
    )


def place(seed: int, number: int) -> Placing:
    """The sample's `number`-th placing on the bench of `seed`."""
    again = f"placing {number}"
    return Placing(
        light=1.0 + one(seed, "nonuniformity", again),
        heating=max(one(seed, "cell_heating", again), 0.0),
    )
