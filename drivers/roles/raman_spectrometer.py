"""Role: Raman spectrometer (results by file)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from drivers.roles.arrays import ReadingArray
from drivers.roles.imported import ImportedFile, ResultImporter

if TYPE_CHECKING:
    from drivers.roles.arrays import FloatArray


@dataclass(frozen=True, eq=False)
class RamanMap:
    """Spectra at m positions: `shift` in 1/m, shape (n,); `counts`, shape (m, n); stage positions
    `x` and `y` in m, shape (m,). Excitation `wavelength` in m and `power` in W at the sample,
    `exposure` in s, `objective` by its name, `spot` diameter in m."""

    file: ImportedFile
    shift: ReadingArray
    counts: FloatArray
    x: FloatArray
    y: FloatArray
    wavelength: float
    power: float
    exposure: float
    objective: str
    spot: float


class RamanSpectrometer(ResultImporter[RamanMap], Protocol):
    """Raman spectra and maps, shifts in 1/m. `InstrumentError` for a file without excitation
    wavelength or objective."""
