"""Role: particle and photon detector (magnet spectrometer; by file)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from drivers.roles.arrays import ReadingArray
from drivers.roles.imported import ImportedFile, ResultImporter
from labctl.quantity import Quantity

if TYPE_CHECKING:
    from drivers.roles.arrays import FloatArray


@dataclass(frozen=True, eq=False)
class EnergySpectrum:
    """Counts against energy of one shot or counting time: channel `energy` in J, shape (n,);
    `counts` and detection `efficiency` (fraction) of each channel, shape (n,); `live_time` in s;
    `solid_angle` seen in sr."""

    file: ImportedFile
    energy: ReadingArray
    counts: ReadingArray
    efficiency: FloatArray
    live_time: Quantity
    solid_angle: Quantity


class ParticleDetector(ResultImporter[EnergySpectrum], Protocol):
    """Energy spectra of particles or photons, energies in J; yields are the method's work.
    `InstrumentError` for a file without energy calibration or efficiency."""
