"""The dots of a calibration plate in a picture: found, centred, and counted as a grid. Pure.

A dot's place is the centre of gravity of what it takes of the light, which is not moved by a
symmetrical blur. The grid is counted from dot to neighbour, so distortion does not add up.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage
from scipy.spatial import KDTree

Array = NDArray[np.float64]

DARK = 0.55
"""Part of the bright level below which a pixel is dark."""

ALIKE = 0.3
"""Part by which the size of a whole dot may differ from the median."""

APART = 0.3
"""Part of the pitch by which a neighbour may lie off its place."""

SMALLEST = 4
"""Pixels of a dot at least: fewer are dust."""

FEWEST = 40
"""Dots that a picture must show at least: ten parameters are fitted to their places."""


class NoPlate(ValueError):
    """Why a picture shows no calibration plate that could be used."""


@dataclass(frozen=True, eq=False)
class Dots:
    """Whole dots: `places` in pixels (column, row) and `grid` numbers, both of shape (n, 2)."""

    places: Array
    grid: Array


def bright_level(pixels: Array) -> float:
    """Counts of the bright ground of a picture: its 90th percentile, by every seventh pixel."""
    return float(np.percentile(pixels[::7, ::7], 90.0))


def find_dots(pixels: Array, step: float) -> Dots:
    """The dots of a plate whose neighbours are about `step` pixels apart.

    `NoPlate` where fewer than `FEWEST` are whole and in one grid.
    """
    dark = pixels < DARK * bright_level(pixels)
    labelled: Any = ndimage.label(dark)
    labels = labelled[0]
    boxes: list[Any] = ndimage.find_objects(labels)
    sizes = np.bincount(labels.ravel())[1:]
    small = [
        index
        for index, box in enumerate(boxes)
        if sizes[index] >= SMALLEST and _is_small(box, pixels.shape, step)
    ]
    if len(small) < FEWEST:
        raise NoPlate(f"shows {len(small)} dots of a plate, at least {FEWEST} are needed")
    usual = float(np.median(sizes[small]))
    whole = [index for index in small if abs(sizes[index] - usual) <= ALIKE * usual]
    return _counted(np.array([_centre(pixels, boxes[index]) for index in whole]), step)


def _is_small(box: tuple[slice, slice], shape: tuple[int, ...], step: float) -> bool:
    """Whether a dark place may be a dot: smaller than a step, with ground around it."""
    return all(
        part.stop - part.start < step and part.start > 2 and part.stop < size - 2
        for part, size in zip(box, shape, strict=False)
    )


def _centre(pixels: Array, box: tuple[slice, slice]) -> tuple[float, float]:
    """Centre of gravity (column, row) in pixels of what a dot takes of the light round it."""
    rows, columns = box
    top, left = rows.start - 2, columns.start - 2
    part = pixels[top : rows.stop + 2, left : columns.stop + 2]
    border = np.concatenate((part[0], part[-1], part[1:-1, 0], part[1:-1, -1]))
    taken = np.clip(float(np.median(border)) - part, 0.0, None)
    total = taken.sum()
    row = float((taken.sum(axis=1) @ np.arange(part.shape[0])) / total)
    column = float((taken.sum(axis=0) @ np.arange(part.shape[1])) / total)
    return left + column, top + row


def _counted(places: Array, step: float) -> Dots:
    """Grid numbers by walking from the dot nearest to the middle of all to its neighbours."""
    sides = np.array([(1, 0), (-1, 0), (0, 1), (0, -1)])
    found_near: Any = KDTree(places).query(places[:, None, :] + step * sides)
    off, near = found_near
    near[off > APART * step] = -1
    first = int(np.argmin(np.hypot(*(places - places.mean(axis=0)).T)))
    known: dict[int, tuple[int, int]] = {first: (0, 0)}
    waiting = deque([first])
    while waiting:
        index = waiting.popleft()
        column, row = known[index]
        for (right, down), found in zip(sides.tolist(), near[index].tolist(), strict=True):
            if found >= 0 and found not in known:
                known[found] = (column + right, row + down)
                waiting.append(found)
    if len(known) < FEWEST:
        raise NoPlate(f"shows {len(known)} dots in one grid, at least {FEWEST} are needed")
    members = list(known)
    return Dots(places[members], np.array([known[one] for one in members], dtype=np.float64))
