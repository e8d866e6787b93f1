"""From a file's columns to a spectrum: wavelengths in air in m, the signal, what is saturated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from drivers.imported.air import in_air
from drivers.imported.source import Refused, Source, factor
from drivers.roles.imported import ImportedFile
from drivers.roles.spectrometer import Spectrum

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SPECTRAL = {"W/m**2/nm": "W/m**3", "W/nm": "W/m", "W/m**3": "W/m**3", "W/m": "W/m"}
"""Units of a spectral signal, and those that a spectrum carries."""


@dataclass(frozen=True, eq=False)
class Signal:
    """Abscissas `x` in `x_unit` (wavelengths, or wavenumbers in 1/cm) and ordinates `y` in
    `y_unit`, shape (n,) each; `exposure` in s, `saturation` in `y_unit` (0: not known)."""

    x: NDArray[np.float64]
    x_unit: str
    y: NDArray[np.float64]
    y_unit: str
    vacuum: bool
    exposure: float
    averages: int
    saturation: float


def spectrum(source: Source, file: ImportedFile, found: Signal) -> Spectrum:
    """The spectrum, wavelengths rising in m; `Refused` where a wavelength cannot be."""
    import numpy as np

    wavelength, order = _wavelength(found)
    unit = SPECTRAL.get(found.y_unit, "dimensionless")
    scale = factor(found.y_unit, unit)
    signal = found.y[order] * scale
    most = (found.saturation or source.beside.saturation) * scale
    saturated = signal >= most if most else np.zeros(len(signal), dtype=bool)
    return Spectrum(
        source.array(wavelength, "m", file),
        source.array(signal, unit, file),
        saturated,
        found.exposure,
        found.averages,
    )


def _wavelength(found: Signal) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    import numpy as np

    if not np.all(np.isfinite(found.x)) or np.any(found.x <= 0):
        raise Refused("has an abscissa that is no wavelength")
    if found.x_unit == "1/cm":
        metres = 0.01 / found.x
    else:
        metres = found.x * factor(found.x_unit, "m")
    order = np.argsort(metres, kind="stable")
    rising = metres[order]
    try:
        return (in_air(rising) if found.vacuum else rising), order
    except ValueError as error:
        raise Refused(str(error)) from error
