"""Pictures of known sheets, and the places in them."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim_backends.data.imaging import LARGE_BED, BedData
from sim_backends.models.imaging.bed import Bed
from sim_backends.models.imaging.sheet import PrintedSheet

SHEET = PrintedSheet(width=0.36, height=0.265, margin=0.01, expansion=0.0)


def picture(sheet: PrintedSheet = SHEET, seed: int = 1, bed: BedData = LARGE_BED) -> Any:
    """Counts of one picture, shape (rows, columns)."""
    shot = Bed(sheet, bed, seed, np.random.default_rng(seed)).picture(0.0)
    return shot.counts.astype(np.float64)
