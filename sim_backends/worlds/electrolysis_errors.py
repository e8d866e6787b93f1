"""The true errors of one electrolysis bench: what no instrument on it can see.

Each is drawn once a bench from a stream of its own. The bench file states its uncertainties
without looking here.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim_backends.streams import stream

SENSOR = 0.3
"""K; standard deviation of the cell's temperature less its sensor's: a Pt100 class A (0.27 K at
60 degC, IEC 60751) in the plate beside the membrane electrode."""

SENSOR_DRIFT = 1.0e-4
"""K/h; 0.1 K in 1000 h of a film Pt100 in a warm wet plate."""

SHARE = 0.002
"""Standard deviation of the part of the impedance meter's current that takes the way through the
supply, whose choke keeps it small."""

CONTACT = 0.75e-3
"""Ohm cm2; standard deviation of the contacts inside a cell from mounting to mounting: an estimate,
10 % of a contact of 7.5 mohm cm2 (the contact itself: M. Bernt, H. Gasteiger, J. Electrochem. Soc.
163 (2016) F3179: 5 to 15 mohm cm2)."""

BAR, LOOP = 5e-8, 0.3e-9
"""Ohm and H; standard deviations of what is left between the taps of the zero bar, copper of 10 mm
by 10 mm whose taps lie in one section within 0.3 mm: 0.17 uohm for each mm, and some 1 nH."""


@dataclass(frozen=True, slots=True)
class BenchErrors:
    """`sensor` in K and `drift` in K/s: what the controller's sensor shows above the cell;
    `share` of the test current through the supply; `contact` in ohm cm2 above the sample's own;
    `bar` in ohm and `loop` in H between the taps of the zero bar."""

    sensor: float
    drift: float
    share: float
    contact: float
    bar: float
    loop: float


def draw(seed: int) -> BenchErrors:
    """The errors of the bench of `seed`."""

    def one(name: str, std: float) -> float:
        return std * float(stream(seed, "electrolysis bench", name).standard_normal())

    return BenchErrors(
        sensor=one("sensor", SENSOR),
        drift=one("drift", SENSOR_DRIFT) / 3600.0,
        share=one("share", SHARE),
        contact=one("contact", CONTACT),
        bar=one("bar", BAR),
        loop=one("loop", LOOP),
    )
