"""The true errors of one hybrid storage bench: what no instrument on it can see.

Each is drawn once a bench from a stream of its own, with the standard deviation that a careful
laboratory states. A bench file states its uncertainties without looking here.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim_backends.worlds.drawing import drawn

RATIO, DIRECT_RATIO = 200.0, 1000.0
"""Stated ratios: current transformers 1000 A to 5 A, transducers of the banks' lines 1000 A to
1 A."""

CLAMP = 0.01
"""V/A of the oscilloscope's current clamp."""

SPREADS: dict[str, tuple[float, str]] = {
    "transformer_ratio": (
        5e-4,
        "true over stated, the same for the three: one batch, one certificate; class 0.2 S with a "
        "calibration, IEC 61869-2",
    ),
    "transducer_1": (1e-4, "true over stated; zero-flux transducer with a certificate"),
    "transducer_2": (1e-4, "as transducer_1"),
    "hall": (0.15, "K; thermometers at the inlets against the mean air round the banks"),
    "marker": (5e-4, "s; the site's command output against its command"),
    "skew": (2e-5, "s; current clamp against voltage probe"),
    "clock": (0.05, "s; a site controller by a time server over a plant network"),
    "metering": (1.5e-3, "relative; the site's own power meter"),
    "unbalance_1": (5e-3, "relative; share of phase 1 of the power"),
    "unbalance_2": (5e-3, "relative; share of phase 2"),
}
"""Standard deviation of each error by name, with its reason."""

AIR = (0.25, 5.0e5)
"""Slow change of the hall's air: standard deviation in K, correlation time in s (six days)."""

SWAY = (0.03, 7200.0)
"""Slow relative change of the auxiliary load, correlation time in s."""


@dataclass(frozen=True, slots=True)
class BenchErrors:
    """True `ratio` of the current transformers and `direct` ones of the transducers; `hall` in K;
    `marker`, `skew` and `clock` in s; `metering` relative; `shares` of the phases."""

    ratio: float
    direct: tuple[float, float]
    hall: float
    marker: float
    skew: float
    clock: float
    metering: float
    shares: tuple[float, float, float]


def draw(seed: int) -> BenchErrors:
    """The errors of the bench of `seed`."""
    one = drawn(seed, "hybrid bench", SPREADS)
    first, second = (1.0 + one[f"unbalance_{n}"] for n in (1, 2))
    return BenchErrors(
        ratio=RATIO * (1.0 + one["transformer_ratio"]),
        direct=(
            DIRECT_RATIO * (1.0 + one["transducer_1"]),
            DIRECT_RATIO * (1.0 + one["transducer_2"]),
        ),
        hall=one["hall"],
        marker=one["marker"],
        skew=one["skew"],
        clock=one["clock"],
        metering=one["metering"],
        shares=(first / 3.0, second / 3.0, (3.0 - first - second) / 3.0),
    )
