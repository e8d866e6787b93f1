"""Role: photoluminescence imager (results by file)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from drivers.roles.imported import ImportedFile, ResultImporter
from labctl.quantity import Quantity

if TYPE_CHECKING:
    from drivers.roles.arrays import FloatArray


@dataclass(frozen=True, eq=False)
class LuminescenceImage:
    """`counts`, shape (rows, columns), dimensionless; `pitch` of the pixels in m; `x` and `y` of
    the corner of pixel (0, 0) on the sample in m; excitation `wavelength` and the filter's band
    from `band_low` to `band_high`, all in m; `exposure` in s."""

    file: ImportedFile
    counts: FloatArray
    pitch: Quantity
    x: float
    y: float
    wavelength: float
    band_low: float
    band_high: float
    exposure: float


class PhotoluminescenceImager(ResultImporter[LuminescenceImage], Protocol):
    """Pictures of luminescence, pixel pitch in m. `InstrumentError` for a file without pixel pitch,
    excitation or filter."""
