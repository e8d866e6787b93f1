"""A camera over a light table with a dot plate, and a printed sheet laid upon it.

An edge is a step spread by the lens (logistic, of the lens' width); a line is the difference of
two such steps, so that its dark integral is its width however narrow it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from sim_backends.data import imaging as data
from sim_backends.data.imaging import BedData
from sim_backends.models.imaging.lens import Lens, seen
from sim_backends.models.imaging.photograph import FULL, Photograph
from sim_backends.models.imaging.sheet import PrintedSheet, Wave
from sim_backends.streams import stream

DOT, INK, GRAIN = 0.4, 0.94, 0.03
"""Diameter of a dot in pitches of the plate, what it takes of the light, texture of a layer."""

TABLE = 8192
"""Places along an edge at which its waviness is tabled."""

METHOD = "top view on a light table with dot plate, single exposure, no sharpening, no flat field"


@dataclass(frozen=True, slots=True)
class BedErrors:
    """What no picture tells: `pitch` of the plate true over stated, `edge` in m outwards, `height`
    relative in an area, `warmth` in K over 20 degC."""

    pitch: float
    edge: float
    height: float
    warmth: float


class Bed:
    """A camera with `sheet` on its table: fits `PicturePort`. Every picture is a new placing."""

    technique = "light"

    def __init__(
        self, sheet: PrintedSheet, bed: BedData, seed: int, rng: np.random.Generator
    ) -> None:
        self._sheet, self._bed, self._rng = sheet, bed, rng
        self._lens = _lens(bed, stream(seed, "imaging", "lens"))
        self._errors = _errors(bed, stream(seed, "imaging", "errors"))

    def picture(self, t: float) -> Photograph:
        """The sheet as it lies this time."""
        x, y, light = seen(self._lens)
        width = self._lens.blur * self._bed.pitch
        shine = self._plate(x, y, width) * light
        self._lay(shine, light, x, y, width)
        shine += data.NOISE * self._rng.standard_normal(shine.shape, dtype=np.float32)
        counts = np.clip(np.rint(shine * data.LIGHT), 0, FULL).astype(np.uint16)
        return Photograph(
            counts, self._bed.pitch, 0.02, self.technique, "labctl", "LT-48 light table", METHOD
        )

    def _plate(self, x: Any, y: Any, width: float) -> Any:
        """What passes the plate (0..1)."""
        bed, pitch = self._bed, np.float32(self._bed.dots * self._errors.pitch)
        column, row = np.rint(x / pitch), np.rint(y / pitch)
        off = np.hypot(x - column * pitch, y - row * pitch)
        column, row = np.abs(column), np.abs(row)
        printed = (column <= bed.across // 2) & (row <= bed.down // 2)
        printed &= (column > bed.clear[0]) | (row > bed.clear[1])
        return 1.0 - INK * printed * step(0.5 * DOT * pitch - off, width)

    def _lay(self, shine: Any, light: Any, x: Any, y: Any, width: float) -> None:
        """Put the sheet on the table: turned and moved anew."""
        sheet, errors = self._sheet, self._errors
        turn, (dx, dy) = self._rng.normal(0.0, 0.006), self._rng.normal(0.0, 0.8, 2)
        size = (1.0 + sheet.expansion * errors.warmth) * (1.0 + 0.5 * errors.height)
        cos, sin = np.float32(np.cos(turn) / size), np.float32(np.sin(turn) / size)
        x, y = x - dx * self._bed.pitch, y - dy * self._bed.pitch
        x, y = cos * x + sin * y, cos * y - sin * x
        outer = inside(sheet, x, y, width, errors.edge, sheet.margin)
        inner = inside(sheet, x, y, width, errors.edge, 0.0)
        grain = 1.0 + GRAIN * np.sin(x * (40.0 / sheet.width)) * np.sin(y * (33.0 / sheet.height))
        kept = inner * (1.0 - scribed(sheet, x, width))
        through = sheet.carrier + (sheet.layer * grain - sheet.carrier) * kept
        shine += outer * (through * light - shine)


def inside(sheet: PrintedSheet, x: Any, y: Any, width: float, shift: float, margin: float) -> Any:
    """How much of each place (`x`, `y` in m) is covered (0..1): the layer, or the carrier that
    stands out by `margin` m; edges are `width` m wide and seen `shift` m further out."""
    waves = sheet.waviness if margin == 0.0 else ((), (), (), ())
    left, right, lower, upper = waves
    across, along = 0.5 * sheet.width + margin + shift, 0.5 * sheet.height + margin + shift
    return (
        step(x + across - wave(left, y), width)
        * step(across + wave(right, y) - x, width)
        * step(y + along - wave(lower, x), width)
        * step(along + wave(upper, x) - y, width)
    )


def scribed(sheet: PrintedSheet, x: Any, width: float) -> Any:
    """How much of each place lies in a scribe line (0..1)."""
    if not sheet.lines:
        return 0.0
    every = sheet.width / (sheet.lines + 1)
    nearest = np.clip(np.rint(x / every + 0.5 * (sheet.lines - 1)), 0, sheet.lines - 1)
    off = x - (nearest - 0.5 * (sheet.lines - 1)) * every
    return step(off + 0.5 * sheet.line, width) - step(off - 0.5 * sheet.line, width)


def step(distance: Any, width: float) -> Any:
    """An edge spread by the lens: 0 far outside, 1/2 on it, 1 inside; `distance` and `width` in
    m."""
    return 0.5 + 0.5 * np.tanh(distance * np.float32(1.0 / width))


def wave(waves: tuple[Wave, ...], along: Any) -> Any:
    """How far an edge lies from its straight line, in m, at the places `along` it in m.

    By a table: its steps are random to an outline, and far finer than a pixel.
    """
    if not waves:
        return np.float32(0.0)
    low, high = float(along.min()), float(along.max())
    places = np.linspace(low, high, TABLE)
    table = sum(
        one.amplitude * np.sin(2.0 * np.pi / one.length * places + one.phase) for one in waves
    )
    index = (along - np.float32(low)) * np.float32((TABLE - 1) / (high - low)) + np.float32(0.5)
    return np.asarray(table, dtype=np.float32)[index.astype(np.int32)]


def _lens(bed: BedData, rng: np.random.Generator) -> Lens:
    """The camera of one bench."""
    k1, k2, tilt_x, tilt_y, turn, dark, blur = rng.standard_normal(7).tolist()
    field = bed.columns * bed.pitch
    return Lens(
        bed.rows,
        bed.columns,
        bed.pitch,
        data.K1[0] + data.K1[1] * k1,
        data.K2[0] + data.K2[1] * k2,
        data.TILT / field * tilt_x * 0.5,
        data.TILT / field * tilt_y * 0.5,
        data.TURN * turn,
        data.VIGNETTING[0] + data.VIGNETTING[1] * dark,
        data.BLUR[0] + data.BLUR[1] * blur,
    )


def _errors(bed: BedData, rng: np.random.Generator) -> BedErrors:
    pitch, edge, height, warmth = rng.standard_normal(4).tolist()
    return BedErrors(
        1.0 + data.PLATE_PITCH * pitch,
        bed.edge * edge,
        data.LENS_RESIDUAL * height,
        data.SAMPLE_TEMPERATURE * warmth,
    )
