"""Lives: devices that are still alive, figures at an exposure, and lives beyond what was run.

An extrapolated life is never one number: nothing in the readings tells which law the fade follows
after the last of them. The lives by three laws bound it: a straight line, the square root of the
exposure (diffusion), and a knee after which it falls faster.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labctl.errors import Defect
from labctl.evidence import Figure
from labctl.judging.estimates import CENSORED
from labctl.uncertainty.montecarlo import MonteCarlo
from labctl.uncertainty.shapes import Draws

Array = NDArray[np.float64]

KNEE = 2.0
"""How many times faster than before a fade goes on after a knee that nobody has seen yet."""

LONGEST = 1000.0
"""Life, in lengths of the run, at which a fade that does not show is given up."""

LEAST = 3
"""Readings that a straight line needs."""

AFTER = 0.1
"""Least part of the run after a knee that was seen."""

AT_ENDS = 0.45
"""Probability of each of the outermost laws; the rest lies between them."""


def censored(reached: float, unit: str, u: float = 0.0) -> Figure:
    """The life of a device that was still alive at `reached` in `unit` (standard uncertainty `u`).

    The judge takes it as at least so much: PASS where that is enough, else INCOMPLETE.
    """
    return Figure(reached, unit, u, reasons=(CENSORED,))


def at_exposure(exposure: ArrayLike, draws: Draws, value: float) -> Draws:
    """A figure at the exposure `value`, interpolated between the readings around it.

    `exposure` has shape (n,), ascending, in the unit of `value`; `draws` are those of the readings,
    shape (rows, n). The result has shape (rows,). `Defect` where `value` was not reached.
    """
    ran = np.asarray(exposure, dtype=np.float64)
    if not ran[0] <= value <= ran[-1]:
        raise Defect(f"{value:g} is not among the exposures {ran[0]:g} to {ran[-1]:g}")
    after = int(np.searchsorted(ran, value))
    if ran[after] == value:
        return draws[:, after]
    share = (value - ran[after - 1]) / (ran[after] - ran[after - 1])
    return draws[:, after - 1] * (1.0 - share) + draws[:, after] * share


def extrapolated_life(
    mc: MonteCarlo, exposure: ArrayLike, draws: Draws, threshold: float, name: str = "fade law"
) -> Draws:
    """Draws of the exposure at which a falling figure reaches `threshold`, shape (rows,).

    `exposure` has shape (n,) in hours, cycles or the like, `draws` (rows, n) are the figure's.
    The shortest and the longest life by the three laws are equally probable, so that the 95 %
    interval holds both with their own scatter. The figure gets the mark
    `labctl.judging.marks.EXTRAPOLATED`. `Defect`
    where the figure does not fall.
    """
    ran = np.asarray(exposure, dtype=np.float64)
    lives = np.stack([law(ran, draws, threshold) for law in LAWS.values()])
    if not np.isfinite(lives[:, 0]).all():
        raise Defect("the figure does not fall: there is no life to extrapolate")
    lives = np.minimum(lives, LONGEST * ran[-1])
    shortest, longest = lives.min(axis=0), lives.max(axis=0)
    wide = mc.rectangular(name, 0.5 / (0.5 - AT_ENDS), "linear, square root, knee")[:, 0]
    place = np.clip(wide, -1.0, 1.0)
    return (shortest + longest) / 2.0 + place * (longest - shortest) / 2.0


def linear(exposure: Array, draws: Draws, threshold: float) -> Draws:
    """Life by a straight line through all readings, shape (rows,), in the unit of `exposure`."""
    return _crossing(exposure, draws, threshold)


def square_root(exposure: Array, draws: Draws, threshold: float) -> Draws:
    """Life by a straight line over the square root of the exposure, in its unit."""
    return _crossing(np.sqrt(exposure), draws, threshold) ** 2


def knee(exposure: Array, draws: Draws, threshold: float) -> Draws:
    """Life after a knee, in the unit of `exposure`, shape (rows,).

    The fade goes on as steeply as after the knee that fits the readings best, and at least `KNEE`
    times as steeply as over the whole run: a knee may come right after the last reading.
    """
    _, slope = _line(exposure, draws)
    late = exposure >= _knee(exposure, draws[0])
    begin, latest = _line(exposure[late], draws[:, late])
    left = begin + latest * exposure[-1] - threshold
    falling = np.minimum(latest, KNEE * slope)
    with np.errstate(divide="ignore", invalid="ignore"):
        life = exposure[-1] - left / falling
    return np.where(falling < 0.0, np.maximum(life, exposure[0]), np.inf)


def _knee(exposure: Array, values: Array) -> float:
    """The exposure at which two straight lines through `values` (shape (n,)) meet best."""
    last = exposure[-1] - AFTER * (exposure[-1] - exposure[0])
    after = [int((exposure >= at).sum()) for at in exposure]
    candidates = [
        float(at)
        for at, n in zip(exposure, after, strict=True)
        if n >= LEAST and len(exposure) - n >= LEAST and at <= last
    ]
    if not candidates:
        return float(exposure[0])
    return min(candidates, key=lambda at: _misfit(exposure, values, at))


def _misfit(exposure: Array, values: Array, at: float) -> float:
    """Sum of squares that a line with a bend at `at` leaves of `values`."""
    bend = np.maximum(exposure - at, 0.0)
    design = np.stack([np.ones_like(exposure), exposure, bend], axis=1)
    found = np.linalg.lstsq(design, values, rcond=None)[0]
    return float(((values - design @ found) ** 2).sum())


LAWS: dict[str, Callable[[Array, Draws, float], Draws]] = {
    "linear": linear,
    "square root": square_root,
    "knee": knee,
}
"""Fade laws by name."""


def _crossing(over: Array, draws: Draws, threshold: float) -> Draws:
    start, slope = _line(over, draws)
    with np.errstate(divide="ignore", invalid="ignore"):
        reached = (threshold - start) / slope
    return np.where(slope < 0.0, np.maximum(reached, 0.0), np.inf)


def _line(over: Array, draws: Draws) -> tuple[Draws, Draws]:
    """Value at 0 and slope of the straight line through each row of `draws` over `over`."""
    if len(over) < LEAST:
        raise Defect(f"{len(over)} readings tell no fade; at least {LEAST} are needed")
    away = over - over.mean()
    slope = draws @ (away / (away @ away))
    return draws.mean(axis=1) - slope * over.mean(), slope
