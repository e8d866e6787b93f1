"""Precision in place of an in-situ method: positions on a lattice of known spacing, as evidence."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
import numpy as np
from numpy.typing import NDArray

from drivers.roles.microscope_image import Microscope
from labctl.asking.prompts import NumberPrompt
from labctl.errors import InstrumentError
from labctl.evidence import Evidence
from labctl.i18n import N_
from labctl.quantity import Quantity
from labctl.run import Run
from labctl.traceable import Unstated
from labctl.uncertainty import Draws, MonteCarlo
from labctl.words import Text
from procedures.methods.imaging.dots import Dots, NoPlate, find_dots
from procedures.methods.in_situ.positions import Registration, registered
from procedures.methods.precision import Spread, drawn_spread, signed_end, spread_of
from rigs.in_situ import InSituRig

Array = NDArray[np.float64]

LATTICE = "lattice_pitch"
"""Contribution that the bench states: of the lattice's spacing, relative."""

PICTURES, WAIT = 6, 120.0
"""Pictures of a series, and the seconds in which each is there."""

BUDGET_DRAWS = 300
"""Draws for a budget line: enough for two digits."""

SPACING = NumberPrompt(
    "lattice/spacing",
    N_("Spacing of the lattice by its certificate"),
    unit="m",
    low=1e-10,
    high=1e-5,
    simulated="25 nm",
)
HOW = N_(
    "{count} coordinates read in {pictures} pictures of a lattice of known spacing, against the "
    "first picture: mean error {mean} nm (drift), error of scale {scale} %, standard deviation "
    "{deviation} nm (drift, scale, vibration). The figure is the mean and 1.96 standard deviations "
    "to its side: the signed error of a coordinate that 95 % of readings do not pass."
)
LEFT_OUT = (
    N_("contrast criterion: positions are centres of gravity, which need none"),
    N_("drift over times longer than the series"),
)


class Positions(msgspec.Struct, frozen=True):
    """A series reduced, with the spacing as stated, in m: mean error `bias` over all coordinates
    with its scatter `u`, relative error of `scale`, variance `extent` in m2 of a coordinate of the
    lattice, `rest` the standard deviation without the error of scale, with its `rest_u`."""

    sha256: tuple[str, ...]
    count: int
    bias: float
    u: float
    scale: float
    extent: float
    rest: float
    rest_u: float


async def spatial_precision(run: Run, rig: InSituRig) -> Evidence:
    """Evidence for `spatial_precision`: mean error and 1.96 standard deviations, in m."""
    spacing = (await run.ask(SPACING)).value
    seen = await run.step("series", lambda: _series(run, rig.microscope, spacing), Positions)
    return await run.reduce(lambda: _evidence(run, seen))


async def _series(run: Run, microscope: Microscope, spacing: float) -> Positions:
    """The next pictures, reduced; what lies in the folder is of another method."""
    before = (await microscope.latest()).file.sha256
    hashes, read = list[str](), list[Dots]()
    for index in range(PICTURES):
        run.progress(0.9 * index / PICTURES, "picture")
        picture = await microscope.following(before, timeout=WAIT)
        before = picture.file.sha256
        hashes.append(before)
        pitch = picture.pitch.value
        try:
            dots = find_dots(picture.intensity, spacing / pitch)
        except NoPlate as error:
            raise InstrumentError(
                f"the picture {picture.file.name} {error}",
                address=microscope.address,
                remedy="bring the lattice into the field, in focus",
            ) from error
        read.append(Dots(dots.places * pitch, dots.grid))
    return reduced(tuple(hashes), read, spacing)


def reduced(hashes: tuple[str, ...], read: list[Dots], spacing: float) -> Positions:
    """Errors of the positions `read` in m in a series, against its first picture."""
    first = registered(read[0].places, read[0].grid, spacing)
    errors = [first.errors(one.places, spacing) for one in read]
    true = [_about_middle(first, one.places, spacing) for one in read]
    moved = [one - one.mean(axis=0) for one in errors]
    scale = sum(float(np.sum(a * b)) for a, b in zip(moved, true, strict=True)) / sum(
        float(np.sum(b * b)) for b in true
    )
    every = np.concatenate([one - scale * at for one, at in zip(errors, true, strict=True)]).ravel()
    spread = spread_of(every)
    jitter = float(
        np.std(np.concatenate([m - scale * at for m, at in zip(moved, true, strict=True)]))
    )
    beside = jitter / (2.0 * len(errors[0])) ** 0.5
    extent = float(np.mean(np.concatenate(true) ** 2))
    mean, u = float(every.mean()), beside * (1.0 - 1.0 / len(read)) ** 0.5
    return Positions(hashes, len(every), mean, u, scale, extent, spread.value, spread.u)


def _about_middle(first: Registration, places: Array, spacing: float) -> Array:
    """True places about the middle of the dots, in m, shape (n, 2)."""
    true = spacing * first.numbers(places, spacing)
    return true - true.mean(axis=0)


def _evidence(run: Run, seen: Positions) -> Evidence:
    def reduction(mc: MonteCarlo) -> Draws:
        return _figure(mc, seen, run.contributions)

    deviation = (seen.rest**2 + seen.scale**2 * seen.extent) ** 0.5
    values = {
        "count": str(seen.count),
        "pictures": str(PICTURES),
        "mean": f"{1e9 * seen.bias:.3f}",
        "scale": f"{100 * seen.scale:.3f}",
        "deviation": f"{1e9 * deviation:.3f}",
    }
    return run.evidence(
        {"spatial_precision": run.figure("spatial_precision", reduction, "m")},
        how=Text(HOW, values),
        left_out=LEFT_OUT,
        unstated=() if LATTICE in run.contributions else (Unstated(LATTICE),),
        budget=run.monte_carlo.budget(reduction, "spatial_precision", BUDGET_DRAWS),
    )


def _figure(mc: MonteCarlo, seen: Positions, contributions: Mapping[str, Quantity]) -> Draws:
    """Draws of the figure in m: a lattice wider than stated makes the scale read too wide.

    A squared error of scale is on average too large by the variance of reading it, and its draws
    once more: both are taken off.
    """
    u = contributions[LATTICE].to("dimensionless").u if LATTICE in contributions else 0.0
    scale = seen.scale + u * mc.normal(f"bench/{LATTICE}")
    rest = drawn_spread(mc, "positions/deviation", Spread(seen.rest, seen.rest_u))
    mean = seen.bias + seen.u * mc.normal("positions/mean", "registration by the first picture")
    square = scale**2 - 2.0 * u**2
    square[0] += u**2
    return signed_end(mean, np.sqrt(np.maximum(rest**2 + square * seen.extent, 0.0)))
