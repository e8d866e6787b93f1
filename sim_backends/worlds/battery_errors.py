"""The true errors of one battery bench: what no instrument on it can see.

Each is drawn once a bench from a stream of its own, with the standard deviation that a careful
laboratory states. A bench file states its uncertainties without looking here.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim_backends.streams import stream

SHUNT = 0.1
"""Stated resistance in ohm of the standard shunt."""

SPREADS: dict[str, tuple[float, str]] = {
    "shunt": (
        5e-5,
        "true over stated; four-terminal standard, calibrated to 0.01 %, k = 2",
    ),
    "place": (0.2, "K; air at the cell's place against the chamber's sensor (IEC 60068-3-5)"),
    "thermal_voltage": (5e-7, "V; steady part, copper against the terminals of the shunt"),
    "bending_axis": (0.035, "rad; clamping by eye against a scribed line, 2 degrees"),
}
"""Standard deviation of each error by name, with its reason."""

DRIFT = (1e-7, 7200.0)
"""Drift of the thermal voltage: standard deviation in V, correlation time in s."""

AIR = (0.05, 5400.0)
"""Slow change of the air at the cell's place: standard deviation in K, correlation time in s."""


@dataclass(frozen=True, slots=True)
class BenchErrors:
    """Errors that stay with a bench: resistance of the `shunt` in ohm, `place` in K, steady
    `thermal_voltage` in V, `bending_axis` in rad."""

    shunt: float
    place: float
    thermal_voltage: float
    bending_axis: float


def draw(seed: int) -> BenchErrors:
    """The errors of the bench of `seed`."""
    one = {
        name: std * float(stream(seed, "battery bench", name).standard_normal())
        for name, (std, _) in SPREADS.items()
    }
    return BenchErrors(
        shunt=SHUNT * (1.0 + one["shunt"]),
        place=one["place"],
        thermal_voltage=one["thermal_voltage"],
        bending_axis=one["bending_axis"],
    )
