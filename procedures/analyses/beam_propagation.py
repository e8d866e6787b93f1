"""M2, waist and divergence of a beam from pictures along its axis that somebody else took."""

from __future__ import annotations

import io
from math import sqrt
from pathlib import PurePath

import numpy as np
from numpy.typing import NDArray

from labctl.analysis import Analysed, Axis, Curve, Given, Plot, Setting, Source, analysis
from labctl.errors import UsageError
from labctl.evidence import Result
from labctl.i18n import N_
from labctl.quantity import Quantity
from labctl.uncertainty import Draws, MonteCarlo
from labctl.uncertainty.shapes import student
from labctl.words import Text
from procedures.analysis.caustic import (
    INSIDE,
    OUTSIDE,
    PLANES,
    Fit,
    NoCaustic,
    along_axes,
    azimuth,
    fit,
    planes,
    quality,
    quality_by,
    spreading,
    spreading_by,
    waist,
    width_at,
)
from procedures.analysis.second_moments import Moments, NoBeam, second_moments

Array = NDArray[np.float64]

FITTED = 3
"""Parameters of a hyperbola."""

MOST = 500
"""Pictures of a caustic."""

DARK, NONE = "first", "none"
HOW = N_(
    "Second moments of {planes} pictures in three times the beam's width, the background by the "
    "pixels without light; a hyperbola through the squared widths of each of the axes that all "
    "pictures share, each weighed by its size."
)
LEFT_OUT = (
    N_("what is left of the background that no dark picture has taken off"),
    N_("slow changes of the beam while the pictures were taken"),
    N_("lens and attenuator, scale of the stage"),
)


@analysis(
    "beam_propagation",
    N_(
        "M2, waist and divergence of a beam by pictures along its axis (PNG, TIFF or NumPy, one a "
        "plane)."
    ),
    settings=(
        Setting(
            "places",
            N_(
                "places of the pictures along the axis in mm, in the order of the files, with "
                "commas between"
            ),
            needed=True,
        ),
        Setting("wavelength", N_("wavelength of the beam"), unit="m", needed=True, low=1e-8),
        Setting("pitch", N_("pitch of the pixels"), unit="m", needed=True, low=1e-8),
        Setting(
            "dark",
            N_("first file is a dark picture, that is taken off the others"),
            default=NONE,
            options=(NONE, DARK),
        ),
    ),
    files=(1, MOST),
    libraries=("tifffile",),
)
def beam_propagation(given: Given) -> Analysed:
    """M2 (1), waist in m and full divergence in rad of the two axes that all planes share."""
    files = given.files
    dark = None
    if given.words("dark") == DARK:
        dark, files = _picture(files[0]), files[1:]
    places = _places(given.words("places"), len(files))
    seen = [_moments(source, dark) for source in files]
    pitch, light = given.quantity("pitch"), given.quantity("wavelength")
    squares = pitch.value**2 * along_axes(seen, azimuth(seen))
    try:
        found = [fit(places, one) for one in squares]
    except NoCaustic as error:
        raise files[0].refused(f"and the others show no caustic: {error}") from error
    mc, results = given.monte_carlo, dict[str, Result]()
    for axis, one in enumerate(found, 1):
        for what, unit in (("m2", "dimensionless"), ("waist", "m"), ("divergence", "rad")):
            drawn = _drawn(mc, what, axis, one, pitch, light)
            results[f"axis_{axis}_{what}"] = mc.figure(drawn, unit)
    return Analysed(
        results=results,
        how=(Text(HOW, {"planes": str(len(files))}),),
        left_out=LEFT_OUT,
        missing=_missing(found, places),
        budget=mc.budget(lambda one: _drawn(one, "m2", 1, found[0], pitch, light), "axis_1_m2"),
        plots=(_plot(places, squares, found),),
    )


def _drawn(
    mc: MonteCarlo, what: str, axis: int, found: Fit, pitch: Quantity, light: Quantity
) -> Draws:
    """Draws of `what` of one axis in its unit, shape (draws + 1, 1), by the scatter about the
    hyperbola, the pitch and the wavelength; M2 grows with the square of the pitch."""
    parameters = found.parameters
    nominal, by, power = {
        "m2": (quality(parameters, light.value), quality_by(found), 2),
        "waist": (waist(parameters), quality_by(found) - spreading_by(found), 1),
        "divergence": (spreading(parameters), spreading_by(found), 1),
    }[what]
    u = 2.0 * found.scatter * sqrt(float(by @ by))
    scatter = mc.certified(f"axis {axis}/{what}", u, student(len(by) - FITTED))
    wide = 1.0 + pitch.u / pitch.value * mc.normal("pitch")
    drawn = float(nominal) * (1.0 + scatter) * wide**power
    return drawn * light.value / mc.quantity("wavelength", light) if what == "m2" else drawn


def _missing(found: list[Fit], places: Array) -> tuple[str, ...]:
    out = list[str]()
    for axis, one in enumerate(found, 1):
        inside, outside = planes(one, places)
        if min(inside, outside) < PLANES:
            out.append(
                f"axis {axis}: {inside} planes within {INSIDE:g} and {outside} beyond {OUTSIDE:g} "
                f"Rayleigh lengths, ISO 11146-1 asks for {PLANES} each"
            )
    return tuple(out)


def _places(text: str, count: int) -> Array:
    """Places in m; `UsageError` where they are not as many as the pictures."""
    try:
        found = [1e-3 * float(part) for part in text.split(",")]
    except ValueError as error:
        remedy = "write numbers of mm, commas between"
        raise UsageError(f"places: {error}", remedy=remedy) from error
    if len(found) != count:
        raise UsageError(f"{len(found)} places for {count} pictures", remedy="name one for each")
    return np.array(found)


def _moments(source: Source, dark: Array | None) -> Moments:
    picture = _picture(source)
    if dark is not None and dark.shape != picture.shape:
        raise source.refused(f"is of shape {picture.shape}, the dark picture of {dark.shape}")
    try:
        return second_moments(picture if dark is None else picture - dark)
    except NoBeam as error:
        raise source.refused(f"cannot be used: {error}") from error


def _picture(source: Source) -> Array:
    """Pixels of a picture, shape (rows, columns)."""
    kind = PurePath(source.name).suffix.lower()
    try:
        pixels = _read(kind, source.data)
    except (ValueError, OSError, EOFError) as error:
        raise source.refused(f"cannot be read: {error}", "export it as TIFF or NumPy") from error
    if pixels.ndim != 2:
        raise source.refused("is no picture in one colour", "export it in grey")
    return pixels.astype(np.float64)


def _read(kind: str, data: bytes) -> NDArray[np.generic]:
    if kind == ".npy":
        return np.load(io.BytesIO(data), allow_pickle=False)
    if kind in (".tif", ".tiff"):
        import tifffile

        return np.asarray(tifffile.imread(io.BytesIO(data)))
    from PIL import Image

    return np.asarray(Image.open(io.BytesIO(data)))


def _plot(places: Array, squares: Array, found: list[Fit]) -> Plot:
    curves = list[Curve]()
    along = np.linspace(float(places.min()), float(places.max()), 200)
    for axis, (one, square) in enumerate(zip(found, squares, strict=True), 1):
        curves.append(
            Curve(f"axis {axis}", tuple(places * 1e3), tuple(np.sqrt(square) * 1e6), line=False)
        )
        fitted = width_at(one.parameters, along - one.middle)
        curves.append(Curve(f"axis {axis}, fitted", tuple(along * 1e3), tuple(fitted * 1e6)))
    axes = Axis("place", "mm"), Axis("width D4sigma", "um")
    return Plot("caustic", "Caustic", *axes, tuple(curves))
