"""The true errors of one power bench: what no instrument on it can see.

Each is drawn once a bench from a stream of its own, with the standard deviation that a careful
laboratory states. A bench file states its uncertainties without looking here.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim_backends.data.power import UPS_UNITS
from sim_backends.models.cluster_site import SiteErrors
from sim_backends.streams import stream
from sim_backends.worlds.drawing import drawn

RATIO = 40.0
"""Stated ratio of the current transformer: 80 A to 2 A."""

CLAMP = 0.01
"""V/A of the oscilloscope's current clamp."""

SPREADS: dict[str, tuple[float, str]] = {
    "transformer_ratio": (2e-4, "true over stated; class 0.1 with a certificate, IEC 61869-2"),
    "transformer_phase": (3e-4, "rad; its phase displacement, from the same certificate"),
    "event_output": (2e-4, "s; event output of the grid simulator against its terminals"),
    "command_marker": (5e-4, "s; the site's command output against its command"),
    "channel_skew": (2e-5, "s; current clamp against voltage probe"),
    "site_clock": (0.05, "s; a site controller by a time server over a plant network"),
    "site_voltage": (2e-3, "relative; the site's own voltmeter"),
    "site_frequency": (2e-3, "Hz; the site's own frequency meter"),
}
"""Standard deviation of each error by name, with its reason."""

CHARGE = 0.01
"""Standard deviation of the site's estimate of each battery's charge."""


@dataclass(frozen=True, slots=True)
class BenchErrors:
    """`ratio` of the current transformer (stated over true current on its secondary), its `phase`
    in rad; `event` and `marker` outputs, `skew` of the clamp, in s; the `site`'s own errors."""

    ratio: float
    phase: float
    event: float
    marker: float
    skew: float
    site: SiteErrors


def draw(seed: int) -> BenchErrors:
    """The errors of the bench of `seed`."""
    one = drawn(seed, "power bench", SPREADS)
    charges = stream(seed, "power bench", "charges").standard_normal(UPS_UNITS + 1)
    return BenchErrors(
        ratio=RATIO * (1.0 + one["transformer_ratio"]),
        phase=one["transformer_phase"],
        event=one["event_output"],
        marker=one["command_marker"],
        skew=one["channel_skew"],
        site=SiteErrors(
            clock=one["site_clock"],
            voltage=one["site_voltage"],
            frequency=one["site_frequency"],
            charges=tuple(CHARGE * float(each) for each in charges),
        ),
    )
