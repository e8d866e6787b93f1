"""The true errors of one laser bench: what no instrument on it can see.

The standard deviations are those that a careful laboratory states; a bench file states its
uncertainties without looking here.
"""

from __future__ import annotations

from sim_backends.streams import stream

PATH = 0.003
"""Relative: transmission of mirrors and windows between cavity and head, after correction."""

DRIFT = 0.002
"""Relative, standard deviation over hours of the pump's power, ten minutes long."""

HEAD_TIME = 1.5
"""Seconds of the absorber of a head for 500 W."""


def drawn(seed: int, *names: str) -> float:
    """A standard normal number of the bench of `seed`."""
    return float(stream(seed, "laser bench", *names).standard_normal())


SEPARATOR = 0.004
"""Relative: transmission of a separator for its order, after correction."""

COUPLING, ORDERS = 0.06, 4
"""Relative: a laser line and spontaneous emission fill other modes, so that a fibre behind a
diffuser takes them in other shares, line by line."""

WANDER = 0.02
"""Relative: width of a line of many modes, within some 20 s."""


def each(seed: int, name: str, spread: float) -> tuple[float, ...]:
    """Factors around 1 with the standard deviation `spread`, by order."""
    return tuple(1.0 + spread * drawn(seed, name, str(n)) for n in range(ORDERS))


DELAY, DELAY_SPREAD = 122e-6, 0.002
"""Seconds of 25 km of fibre as its label says (group index 1.464), and the relative standard
deviation of its true length."""


def delay(seed: int) -> float:
    """True delay in s of the fibre of the bench of `seed`."""
    return DELAY * (1.0 + DELAY_SPREAD * drawn(seed, "delay"))


def paths(seed: int) -> dict[str, float]:
    """True over assumed transmission by where the head stands."""
    return {place: 1.0 + PATH * drawn(seed, "path", place) for place in ("pump", "output")}
