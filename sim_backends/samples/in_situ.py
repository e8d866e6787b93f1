"""Samples of the in-situ bench: methods whose time or place is to be trusted, drawn and solved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from sim_backends.models import frames
from sim_backends.models.frames import FrameMethod
from sim_backends.models.imaging import lattice
from sim_backends.models.imaging.lattice import PositionMethod
from sim_backends.models.roots import root
from sim_backends.samples.recipe import RESOLUTION, Recipe, one_figure

MS, NM = 1e-3, 1e-9

Draw = Callable[[np.random.Generator], Any]
Figure = Callable[[Any], float]
Vary = Callable[[Any, float], Any]
Mirror = Callable[[Any], Any]
Bounds = tuple[float, float]


def frame_method(rng: np.random.Generator) -> FrameMethod:
    """Frames at 500 in a second with a hardware trigger: a camera's exposure is started within
    some 0.1 ms by its driver (remembered: scientific CMOS cameras, external trigger jitter of a
    line time to a rolling frame)."""
    return FrameMethod(
        latency=0.2e-3,
        jitter=0.14e-3 * float(np.exp(rng.normal(0.0, 0.1))),
        wander=0.03e-3,
        period=2e-3,
        dead=0.08e-3,
        noise=70.0 * float(np.exp(rng.normal(0.0, 0.1))),
    )


def position_method(rng: np.random.Generator) -> PositionMethod:
    """A microscope whose scale is within 0.2 %, drifting by a tenth of a nanometre from picture to
    picture (remembered: stages at thermal rest drift 0.5 nm/min and less)."""
    return PositionMethod(
        scale=1e-3 * float(rng.standard_normal()),
        drift=0.12e-9 * (1.0 + 0.2 * float(rng.standard_normal())),
        vibration=0.3e-9,
    )


def _either_way(
    key: str,
    unit: str,
    draw: Draw,
    figure: Figure,
    vary: Vary,
    mirror: Mirror,
    shrunk: Vary,
    bounds: Bounds,
) -> Recipe:
    """A recipe of a signed figure: `vary` sets the parameter that makes its magnitude within
    `bounds`, `mirror` turns a device into one whose error has the other sign.

    A magnitude below the least of `bounds` is that of a method all of whose errors are smaller, by
    one factor (`shrunk`).
    """
    least, most = bounds
    one_way = one_figure(
        kind="in-situ method",
        key=key,
        unit=unit,
        draw=draw,
        figure=figure,
        vary=vary,
        low=least,
        high=most,
        stated=lambda _: {},
    )

    def solved(device: Any, truth: Mapping[str, Any]) -> Any:
        wanted = float(truth[key])
        low, _ = one_way.reach(device)[key]
        if abs(wanted) >= low:
            found = one_way.solved(device, {key: abs(wanted)})
        else:
            smallest = vary(device, least)
            part = root(lambda x: figure(shrunk(smallest, x)) - abs(wanted), 0.0, 1.0, RESOLUTION)
            found = shrunk(smallest, part)
        return mirror(found) if wanted < 0.0 else found

    def reach(device: Any) -> Mapping[str, tuple[float, float]]:
        _, high = one_way.reach(device)[key]
        return {key: (-high, high)}

    return replace(one_way, solved=solved, reach=reach)


def _early(method: FrameMethod) -> FrameMethod:
    """The method with its mean error on the other side."""
    return replace(method, latency=-method.latency - method.dead)


def _steadier(method: FrameMethod, part: float) -> FrameMethod:
    """The method with all its errors `part` (0..1) as large, at the same frames."""
    return FrameMethod(
        latency=part * method.latency,
        jitter=part * method.jitter,
        wander=part * method.wander,
        period=method.period,
        dead=part * method.dead,
        noise=part * method.noise,
    )


RECIPES: dict[str, Recipe] = {
    "5.2-10": _either_way(
        "time_precision",
        "ms",
        frame_method,
        lambda method: frames.precision(method) / MS,
        lambda method, latency: replace(method, latency=latency),
        _early,
        _steadier,
        (0.02e-3, 2.3e-3),
    ),
    "5.2-11": _either_way(
        "spatial_precision",
        "nm",
        position_method,
        lambda method: lattice.precision(method) / NM,
        lambda method, vibration: replace(method, vibration=vibration),
        lambda method: replace(method, drift=-method.drift),
        lambda method, part: PositionMethod(
            part * method.scale, part * method.drift, part * method.vibration
        ),
        (0.05e-9, 2.0e-9),
    ),
}
"""By indicator id. Both figures are signed: the error that 95 % of readings do not pass."""
