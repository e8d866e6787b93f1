"""What stands on the tandem bench and goes through time together: light, chuck, chamber, sample.

The scene goes on to the time of each call in steps over which the chamber's climate and the chuck's
surroundings are nearly straight; a call with an earlier time finds everything as it is by now.
"""

from __future__ import annotations

from math import floor

from sim_backends.models.chuck import Chuck
from sim_backends.models.climate_chamber import ClimateChamber
from sim_backends.models.lamp import Lamp
from sim_backends.models.noise import Drift, Flicker
from sim_backends.models.reference_cell import ReferenceCell
from sim_backends.models.tandem_cell import TandemDevice, TandemSample
from sim_backends.streams import stream
from sim_backends.worlds import tandem_errors as errors
from sim_backends.worlds.photovoltaic_scene import AMBIENT, CHUCK, GRID, REFERENCE_SHUNT

MIXING = ((1.6, 0.4), (0.5, 1.5))
"""Light of the top and of the bottom subcell per W/m2 of the blue-rich and of the red-rich source,
over that per W/m2 of AM1.5G: a xenon lamp and a halogen lamp behind a dichroic mirror share the
subcells like this (M. Meusel et al., Prog. Photovolt. 10 (2002) 243, fig. 4)."""

# Standard deviation and correlation time (s) of the slow disturbances, deviation and grid (s) of
# the fast one: cooling water (K); each source with optical feedback, class A+ (IEC 60904-9).
_WATER_DRIFT = (0.12, 10800.0)
_SOURCE_DRIFT = (0.002, 14400.0)
_FLICKER = (0.0005, 0.04)
_DECLINE = 1e-3 / 3.6e6

Pair = tuple[float, float]
"""Of the top and the bottom subcell, or of the blue-rich and the red-rich source."""


class TandemScene:
    """Lamp, reference cells, chuck, chamber and sample at one time. Times in s, degC."""

    def __init__(self, device: TandemDevice, seed: int, t0: float) -> None:
        self._seed = seed
        self.errors = errors.draw(seed)
        self._t = t0
        self._water = self._drift("water", _WATER_DRIFT, t0)
        self._surroundings = AMBIENT + self._water.at(t0)
        self.sources = tuple(self._source(k, name, t0) for k, name in enumerate(("blue", "red")))
        self.shutter_open = False
        self.chuck = Chuck(CHUCK, self._surroundings, t0)
        self.chamber = ClimateChamber(t0=t0)
        self.cells = tuple(
            ReferenceCell(one, REFERENCE_SHUNT) for one in self.errors.responsivities
        )
        self.sample = TandemSample(device)
        self.in_chamber = False
        self._placings = 0
        self._laid = errors.lay(seed, 0)

    def _source(self, number: int, name: str, t0: float) -> Lamp:
        return Lamp(
            gain=self.errors.gains[number],
            decline=_DECLINE,
            drift=self._drift(name, _SOURCE_DRIFT, t0),
            flicker=Flicker(*_FLICKER, stream(self._seed, "tandem world", name, "flicker")),
            t0=t0,
        )

    def _drift(self, name: str, law: tuple[float, float], t0: float) -> Drift:
        grid = floor(t0 / GRID) * GRID
        return Drift(*law, GRID, stream(self._seed, "tandem world", name), grid)

    def advance(self, t: float) -> None:
        """Go on to `t`; an earlier time changes nothing."""
        while self._t < t:
            knot = (floor(self._t / GRID) + 1.0) * GRID
            self._step(min(t, knot))

    def _step(self, end: float) -> None:
        before = self.chuck.surroundings(self._surroundings, self._heat())
        self._surroundings = AMBIENT + self._water.at(end)
        after = self.chuck.surroundings(self._surroundings, self._heat(end))
        self.chuck.advance(end, before, after)
        if self.in_chamber:
            middle = (self._t + end) / 2.0
            celsius = self.chamber.temperature(middle) + self.errors.chamber_place
            wet = self.chamber.humidity(middle) + self.errors.chamber_humidity
            self.sample.steam(min(wet, 100.0), celsius, end - self._t)
        self._t = end

    def _heat(self, t: float | None = None) -> float:
        """Irradiance in W/m2 that warms chuck and cell."""
        return sum(self._shining(self._t if t is None else t)) if self.shutter_open else 0.0

    def _shining(self, t: float) -> Pair:
        blue, red = self.sources
        return blue.irradiance(t), red.irradiance(t)

    def at_monitors(self, t: float) -> Pair:
        """Momentary irradiance in W/m2 of each source, before the shutter."""
        blue, red = (
            one * source.flicker(t)
            for one, source in zip(self._shining(t), self.sources, strict=True)
        )
        return blue, red

    def at_cells(self, t: float) -> Pair:
        """Momentary effective irradiance in W/m2 on the reference cells."""
        if not self.shutter_open:
            return 0.0, 0.0
        blue, red = self.at_monitors(t)
        top, bottom = (share[0] * blue + share[1] * red for share in MIXING)
        return top, bottom

    def at_subcells(self, t: float) -> Pair:
        """Momentary effective irradiance in W/m2 on the sample's subcells; 0 in the chamber."""
        if self.in_chamber:
            return 0.0, 0.0
        top, bottom = (
            one * seen * self._laid.light
            for one, seen in zip(self.at_cells(t), self.errors.seen, strict=True)
        )
        return top, bottom

    def sample_temperature(self, t: float) -> float:
        """Temperature of the sample's junctions in degC."""
        if self.in_chamber:
            return self.chamber.temperature(t) + self.errors.chamber_place
        heating = self.sample.device.cell.heating * self._laid.heating
        return self.chuck.body + heating * self._heat()

    def set_sources(self, blue: float, red: float, t: float) -> None:
        """Set both sources in W/m2; 0 switches one off."""
        self.advance(t)
        for source, level in zip(self.sources, (blue, red), strict=True):
            source.emit(level, self._t)

    def set_shutter(self, is_open: bool, t: float) -> None:
        """Move the shutter."""
        self.advance(t)
        self.shutter_open = is_open

    def move(self, into_chamber: bool, t: float) -> None:
        """Somebody lays the sample into the chamber, or back onto the chuck, in a new placing."""
        self.advance(t)
        if self.in_chamber and not into_chamber:
            self._placings += 1
            self._laid = errors.lay(self._seed, self._placings)
        self.in_chamber = into_chamber
