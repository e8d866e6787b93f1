"""Draws of what a caustic tells, and whether it is one by ISO 11146-1."""

from __future__ import annotations

from collections.abc import Mapping
from math import cos, sin

import numpy as np
from numpy.typing import NDArray

from labctl.i18n import N_
from labctl.quantity import Quantity
from labctl.uncertainty import Draws, MonteCarlo
from labctl.uncertainty.shapes import student
from labctl.words import Text, Words
from procedures.analysis.caustic import (
    PLANES,
    Fit,
    NoCaustic,
    azimuth,
    planes,
    quality,
    quality_by,
    rayleigh,
    waist,
    waist_place,
    width_at,
    width_by,
)
from procedures.methods.beam_propagation.measuring import Caustic, Mirror, axes
from procedures.methods.contributions import unknown

Array = NDArray[np.float64]

PITCH, LENGTH, FOCUS = "pixel_pitch", "focal_length", "focal_plane"
"""Contributions that the bench states: of the pixels' pitch and of the mirror's focal length
(relative), and of where the focal plane lies (m)."""

BREATH = "beam_breathing"
"""Contribution that the bench states: slow changes of the widths of lasers of this kind, relative,
by a series of pictures at one place."""

FITTED = 3
"""Parameters of a hyperbola."""

WIDTHS = "scatter of the widths about the hyperbola"
BREATHING = "slow breathing of the beam, common to a caustic"

TURNING = 0.03
"""Part of the widths' squares that may lie askew to the axes which all planes share: beyond it the
axes turn along the beam, which is no simple astigmatic one (ISO 11146-1, 3.3)."""

FEW = N_("five planes inside the Rayleigh length and five beyond twice it, of each axis")
ASKEW = N_("a beam whose axes do not turn along it: this one is generally astigmatic")
NONE = N_("widths along the axis that have a waist")
SEEN = N_(
    "Axis {axis}: waist {waist} um at {place} mm, Rayleigh length {length} mm, M2 {quality}; "
    "widths scatter by {scatter} % about the hyperbola."
)


def lacking(seen: Caustic) -> tuple[str, ...]:
    """What this caustic lacks of one by ISO 11146-1; empty where nothing."""
    try:
        found = axes(seen)
    except NoCaustic:
        return (NONE,)
    places = np.array([plane.place.value for plane in seen.planes])
    least = min(min(planes(one, np.unique(places.round(5)))) for one in found)
    out = list[str]()
    if least < PLANES:
        out.append(FEW)
    if _askew(seen) > TURNING:
        out.append(ASKEW)
    return tuple(out)


def _askew(seen: Caustic) -> float:
    """Largest part that lies askew to the shared axes."""
    moments = [plane.moments for plane in seen.planes]
    c, s = cos(2.0 * azimuth(moments)), sin(2.0 * azimuth(moments))
    return max(abs(2.0 * m.xy * c - (m.xx - m.yy) * s) / (m.xx + m.yy) for m in moments)


def told(seen: Caustic, wavelength: float) -> tuple[Words, ...]:
    """The two axes in words, at `wavelength` in m."""
    words = list[Words]()
    for axis, one in zip(("1", "2"), axes(seen), strict=True):
        values = {
            "axis": axis,
            "waist": f"{1e6 * float(waist(one.parameters)):.2f}",
            "place": f"{1e3 * waist_place(one):.3f}",
            "length": f"{1e3 * float(rayleigh(one.parameters)):.3f}",
            "quality": f"{float(quality(one.parameters, wavelength)):.4f}",
            "scatter": f"{100 * one.scatter:.2f}",
        }
        words.append(Text(SEEN, values))
    return tuple(words)


def scattered(
    mc: MonteCarlo, name: str, found: Fit, by: Array, contributions: Mapping[str, Quantity]
) -> Draws:
    """Draws of a factor around 1, shape (draws + 1, 1): what the scatter about the hyperbola does
    to a figure that changes by `by` with each squared width, and the beam's breathing.

    While planes are taken one after the other the beam breathes: what is common to all of them
    does not show in the scatter, so the bench must state it. Each caustic breathes by itself.
    """
    freedom = len(found.rest) - FITTED
    scatter = 2.0 * found.scatter * float(np.sqrt(by @ by))
    breath = contributions.get(BREATH, Quantity(0.0, "dimensionless")).to("dimensionless").u
    common = 2.0 * breath * abs(float(by.sum()))
    return (
        1.0
        + mc.certified(f"{name}/widths", scatter, student(freedom), WIDTHS)
        + common * mc.normal(f"{name.partition('/axis')[0]}/{BREATH}", BREATHING)
    )


def qualities(
    mc: MonteCarlo,
    name: str,
    seen: Caustic,
    wavelength: Quantity,
    contributions: Mapping[str, Quantity],
) -> Draws:
    """Draws of M2 of the two axes, shape (draws + 1, 2); `wavelength` in m.

    Widths grow with the pitch, lengths along the axis with the stage's scale.
    """
    pitch = 1.0 + unknown(mc, contributions, PITCH, "dimensionless")
    light = mc.quantity(f"{name}/wavelength", wavelength)
    both = [
        float(quality(one.parameters, 1.0))
        * scattered(mc, f"{name}/axis {n}", one, quality_by(one), contributions)
        for n, one in enumerate(axes(seen), 1)
    ]
    return np.concatenate(both, axis=1) * pitch**2 / light / _stretch(mc, seen)


def divergences(
    mc: MonteCarlo,
    name: str,
    seen: Caustic,
    focusing: Mirror,
    contributions: Mapping[str, Quantity],
) -> Draws:
    """Draws of the full divergences of the laser in rad along the two axes, shape (draws + 1, 2).

    Width in the focal plane over focal length (ISO 11146-1, 10.2); the width is read off the
    hyperbola.
    """
    pitch = 1.0 + unknown(mc, contributions, PITCH, "dimensionless")
    focal = focusing.focal * (1.0 + unknown(mc, contributions, LENGTH, "dimensionless"))
    place = focusing.plane + unknown(mc, contributions, FOCUS, "m")
    both = [
        width_at(one.parameters, place - one.middle)
        * scattered(
            mc,
            f"{name}/axis {n}",
            one,
            width_by(one, focusing.plane - one.middle),
            contributions,
        )
        for n, one in enumerate(axes(seen), 1)
    ]
    return np.concatenate(both, axis=1) * pitch / focal


def _stretch(mc: MonteCarlo, seen: Caustic) -> Draws:
    """Draws of the stage's scale over its reading (1), shape (draws + 1, 1)."""
    ends = sorted((plane.place for plane in seen.planes), key=lambda reading: reading.value)
    drawn = mc.readings([ends[0], ends[-1]])
    return (drawn[:, 1:] - drawn[:, :1]) / (ends[-1].value - ends[0].value)


def worse(both: Draws) -> Draws:
    """The larger of the two axes, shape (draws + 1,)."""
    return both.max(axis=1)
