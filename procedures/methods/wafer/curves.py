"""Rocking curves of places on a wafer and of a reference crystal, reduced as they come."""

from __future__ import annotations

from math import degrees, sqrt

import msgspec
import numpy as np
from numpy.typing import NDArray

from drivers.roles.xrd import DiffractionScan
from labctl.i18n import N_
from labctl.run import Run
from labctl.words import Text
from procedures.analysis.rocking_curve import NoPeak, Peak, fitted
from procedures.methods.wafer.filed import measured, named
from rigs.diffraction import DiffractionRig

Array = NDArray[np.float64]

REFERENCE = N_(
    "Lay the reference crystal into the beam, type {label} as the sample, choose a short scan of "
    "omega about its peak; answer with that name when it is aligned"
)
PLACE = N_(
    "Bring the wafer's place at {place} mm along the plane of diffraction into the beam, without "
    "laying the wafer anew, type {label} as the sample, choose a long scan of omega; answer with "
    "that name when it is there"
)
MORE = 0.1
"""Relative change of the instrument's width and of the dead time by which their influence is
told."""


class Curve(msgspec.Struct, frozen=True):
    """One curve: hash of its file, `fault` in one word ("" of none), `place` on the wafer in m,
    `two_theta` of the detector in rad, `wavelength` in m; what the analysis' `Peak` has; `by_beam`
    change of the width with that of the instrument (1), `by_dead` in rad with a relative change
    of the dead time."""

    sha256: str
    fault: str
    place: float
    two_theta: float
    wavelength: float
    width: float = 0.0
    half: float = 0.0
    peak: float = 0.0
    share: float = 0.0
    misfit: float = 0.0
    u: float = 0.0
    by_beam: float = 0.0
    by_dead: float = 0.0


def beam_width(reference: Curve, own: float) -> float:
    """Width in rad of the instrument by the reference crystal, whose own width is `own` in rad."""
    return sqrt(max(reference.width**2 - own**2, 0.0))


async def reference_curve(run: Run, rig: DiffractionRig, dead: float) -> Curve:
    """The reference crystal's curve; `dead` time in s."""
    label = f"{run.sample.id}-reference"
    said = await named(run, "beam/reference", Text(REFERENCE, {"label": label}), label)

    async def once() -> Curve:
        return reduced((await measured(rig.xrd, said, 1))[0], 0.0, 0.0, dead)

    return await run.step("reference crystal", once, Curve)


async def place_curve(run: Run, rig: DiffractionRig, place: int, beam: float, dead: float) -> Curve:
    """The curve at `place` mm from the wafer's middle; `beam` width in rad, `dead` time in s."""
    label = f"{run.sample.id}-{place}mm"
    told = {"place": str(place), "label": label}
    said = await named(run, f"beam/{place}", Text(PLACE, told), label)

    async def once() -> Curve:
        return reduced((await measured(rig.xrd, said, 1))[0], 1e-3 * place, beam, dead)

    return await run.step(f"place {place} mm", once, Curve)


def reduced(scan: DiffractionScan, place: float, beam: float, dead: float) -> Curve:
    """What a scan tells, or why it tells nothing; `place` in m, `beam` in rad, `dead` time in s."""
    detector = float(scan.fixed.get("two_theta", float("nan")))
    empty = Curve(scan.file.sha256, "", place, detector, scan.wavelength.to("m").value)
    if scan.axis != "omega":
        return msgspec.structs.replace(empty, fault="axis")
    angle = np.asarray(scan.angle.values, dtype=np.float64)
    counts = np.asarray(scan.counts.values, dtype=np.float64)
    if not (np.isfinite(counts).all() and scan.time > 0.0):
        return msgspec.structs.replace(empty, fault="missing")
    if any("attenuator" in remark for remark in scan.file.remarks):
        return msgspec.structs.replace(empty, fault="attenuator")
    part = dead / scan.time
    try:
        told = fitted(angle, counts, beam, part)
        wide = fitted(angle, counts, beam * (1.0 + MORE), part) if beam > 0.0 else told
        late = fitted(angle, counts, beam, part * (1.0 + MORE))
    except NoPeak as error:
        return msgspec.structs.replace(empty, fault=str(error))
    return _filled(empty, told, wide, late, beam)


def _filled(empty: Curve, told: Peak, wide: Peak, late: Peak, beam: float) -> Curve:
    return msgspec.structs.replace(
        empty,
        width=told.width,
        half=told.half,
        peak=told.place,
        share=told.share,
        misfit=told.misfit,
        u=told.u,
        by_beam=(wide.width - told.width) / (MORE * beam) if beam > 0.0 else 0.0,
        by_dead=(late.width - told.width) / MORE,
    )


def arcsec(angle: float) -> str:
    """An angle in rad as arcseconds, written out."""
    return f"{3600.0 * degrees(angle):.2f}"
