"""What scribe lines take of a layer's area, from their brightness. Pure.

A line narrower than a pixel keeps its integral: brightness over that of the layer, over the step
from layer to carrier, summed over the layer, is the area of the lines.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from procedures.methods.imaging.edges import Levels

WINDOW = 9
"""Pixels along a row whose median is the layer beside a line: more than twice a line's picture."""

ALONG, ROWS = 15, 8
"""Rows over which the picture is averaged, since a median leans to the side of noise; and every so
many rows are enough: the lines run through all."""

INNER = 4
"""Pixels from the outline in which nothing is counted: there the edge is bright."""


def scribed_share(levels: Levels) -> float:
    """Area of the scribe lines over that of the layer (0..1); lines must run up the picture."""
    flat = ndimage.uniform_filter1d(levels.flat, ALONG, axis=0)[::ROWS]
    layer = ndimage.median_filter(flat, size=(1, WINDOW))
    dark: NDArray[np.bool_] = layer < np.mean((levels.layer, levels.carrier))
    inner = ndimage.minimum_filter(dark, (3, 2 * INNER + 1))
    excess = (flat - layer)[inner] / (levels.carrier - levels.layer)
    return float(np.mean(excess))
