"""A catalyst-coated membrane whose metals two spectrometers see: digested punches, and a map.

Fluorescence is linear in areal mass where the layer is thin (no self-absorption). A place of the
map differs from the mean by the lateral spread of the layer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim_backends.models.logged import Channel, Log

PUNCHES, PLACES = 5, 64
"""Punched places, and places of the map."""

AREA, VOLUME = 7.85398e-5, 50e-6
"""Area of a punch of 10 mm in m2, volume in m3 of its digest."""

REFERENCE, BLANK = 1.0e-2, 2.0e-5
"""Concentration in kg/m3 of the reference solution (true), and of the blank."""

CALIBRATION, REPEAT = 0.01, 0.006
"""Relative deviation of the plasma spectrometer's calibration of a day, and of one reading
(remembered: 0.5 to 1 % of modern instruments)."""

BRIGHTNESS = 9.0e5
"""Counts in a second per kg/m2 of metal."""

GROUND, SECONDS = 60.0, 20.0
"""Counts in a second of a bare membrane, and seconds of one place."""

METALS = ("Ir", "Pt")


@dataclass(frozen=True, slots=True)
class Membrane:
    """Mean areal masses of iridium (anode) and platinum (cathode) in kg/m2; `spread` is the
    relative deviation of one place."""

    iridium: float
    platinum: float
    spread: float


@dataclass(frozen=True, slots=True)
class ChemistryErrors:
    """True errors of a bench: `reference` solution true over stated, `dissolved` share of the
    metal, `punch` area times over volume true over stated, `tube` brightness of the map over that
    of the punches."""

    reference: float
    dissolved: float
    punch: float
    tube: float


class Chemistry:
    """The membrane's places, each with its own areal masses."""

    def __init__(
        self, membrane: Membrane, errors: ChemistryErrors, rng: np.random.Generator
    ) -> None:
        self.errors, self.rng = errors, rng
        places = 1.0 + membrane.spread * rng.standard_normal((2, PUNCHES + PLACES))
        self._areal = (np.array([[membrane.iridium], [membrane.platinum]]) * places).tolist()
        self._day = (1.0 + CALIBRATION * rng.standard_normal(2)).tolist()

    def concentrations(self, metal: int) -> np.ndarray:
        """kg/m3 as the software reports them: blank, reference, digests."""
        areal = np.array(self._areal[metal][:PUNCHES])
        digests = areal * AREA / VOLUME * self.errors.punch * self.errors.dissolved
        true = BLANK + np.array([0.0, REFERENCE * self.errors.reference, *digests])
        read = 1.0 + REPEAT * self.rng.standard_normal(len(true))
        return true * self._day[metal] * read

    def intensities(self, metal: int) -> np.ndarray:
        """Counts in a second: bare membrane, punched places, places of the map."""
        areal = np.array(self._areal[metal])
        areal[PUNCHES:] *= self.errors.tube
        rate = GROUND + BRIGHTNESS * np.concatenate(([0.0], areal))
        return self.rng.poisson(rate * SECONDS) / SECONDS


class Rack:
    """The plasma spectrometer's rack: fits `LogPort`."""

    def __init__(self, chemistry: Chemistry) -> None:
        self._chemistry = chemistry

    def log(self, t: float) -> Log:
        """Concentrations in mg/L, in the order of the rack."""
        channels = tuple(
            Channel(name, "mg/L", 1e3 * self._chemistry.concentrations(index))
            for index, name in enumerate(METALS)
        )
        method = "acid digest in 50 mL, external calibration, blank and reference solution"
        return Log(channels, 60.0, "labctl", "OES-7 plasma spectrometer", method)


class FluorescenceMap:
    """The fluorescence spectrometer's table: fits `LogPort`."""

    def __init__(self, chemistry: Chemistry) -> None:
        self._chemistry = chemistry

    def log(self, t: float) -> Log:
        """Counts in a second, in the order of the places."""
        channels = tuple(
            Channel(name, "1/s", self._chemistry.intensities(index))
            for index, name in enumerate(METALS)
        )
        method = "L lines, 20 s a place: bare membrane, punched places, map"
        return Log(channels, SECONDS, "labctl", "XF-3 fluorescence spectrometer", method)
