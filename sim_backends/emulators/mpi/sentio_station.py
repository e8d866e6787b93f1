"""A probe station under SENTIO: chuck, wafer map, subsites, contact; commands as methods.

Distances in um as in the remote commands. The stage's figures are assumed after the maker's public
pages (TS2000 series): 1 um repeatability, some 2 s a step; the heights are those of a set-up wafer.
"""

from __future__ import annotations

import numpy as np

from sim_backends.emulators.mpi import sentio_errors as errors
from sim_backends.emulators.mpi.sentio_errors import Refused
from sim_backends.models.probe_chuck import ChuckPort, Project

CONTACT, SEPARATION_GAP, OVERTRAVEL, HOVER = 10500.0, 300.0, 50.0, 50.0
"""Heights in um: of contact over axis zero, of the gap below it, overtravel, hover gap."""

REPEATABILITY = 1.0
"""um, standard deviation of where a step ends."""

COLDEST, HOTTEST = -60.0, 300.0
"""degC of the thermal chuck."""

THERMOMETER = 0.3
"""degC, limit of the chuck sensor's error."""

MODES = ("BackToContact", "StepToSeparation", "LockContact")
DIES = ("Present", "Selected", "Total")


class Station:
    """What the remote commands act on, at `port`."""

    def __init__(self, port: ChuckPort, rng: np.random.Generator) -> None:
        self._port = port
        self._rng = rng
        self._offset = THERMOMETER * float(rng.uniform(-1.0, 1.0))
        self.project = ""
        self.aligned = False
        self.touching = False
        self.held = True
        self.mode = MODES[0]
        self.setpoint = 25.0
        self.contacts = 0
        self.at: tuple[int, int, int] | None = None
        self.subsites: list[tuple[str, float, float]] = []

    # Project and map

    def open(self, name: str) -> None:
        """The project with its map; an alignment of another wafer is void."""
        if name not in self._port.projects:
            raise Refused(errors.FILE)
        self.project, self.aligned, self.at = name, False, None
        self.subsites = []

    @property
    def map(self) -> Project:
        """The project in force."""
        if not self.project:
            raise Refused(errors.PROJECT)
        return self._port.projects[self.project]

    def die(self, sequence: int) -> tuple[int, int]:
        """Column and row of the die with this number in the route, from 0."""
        dies = self.map.dies
        if not 0 <= sequence < len(dies):
            raise Refused(errors.BOUNDS)
        return dies[sequence]

    def align(self, t: float) -> None:
        """Find the wafer's streets; the chuck comes down before."""
        if not self.held:
            raise Refused(errors.EXECUTION)
        self.separate(t)
        self.aligned = bool(self.map.dies)
        self._stand(0, 0, 0, t)

    def add_subsite(self, name: str, x: float, y: float) -> int:
        """A place at (x, y) in um from a die's home position; its index, from 1."""
        if self.map.dies:
            self.subsites.append((name, x, y))
        return len(self.subsites)

    def clear_subsites(self) -> None:
        """No subsites but the die's home position."""
        self.subsites = []

    def step(self, column: int, row: int, site: int, t: float) -> tuple[int, int, int]:
        """Go to subsite `site` (0: home position) of a die."""
        if (column, row) not in self.map.dies or not 0 <= site <= len(self.subsites):
            raise Refused(errors.BOUNDS)
        if not self.aligned:
            raise Refused(errors.OPERATION)
        if self.touching and self.mode == "LockContact":
            raise Refused(errors.WRONG_HEIGHT)
        back = self.touching and self.mode == "BackToContact"
        self.separate(t)
        self._stand(column, row, site, t)
        if back:
            self.contact(t)
        return column, row, site

    def _stand(self, column: int, row: int, site: int, t: float) -> None:
        x, y = (0.0, 0.0) if site == 0 else self.subsites[site - 1][1:]
        width, height = self.map.index
        missed = REPEATABILITY * 1e-6 * self._rng.standard_normal(2)
        there = column * width + x * 1e-6, row * height + y * 1e-6
        self._port.place(there[0] + float(missed[0]), there[1] + float(missed[1]), t)
        self.at = column, row, site

    # Height and vacuum

    @property
    def height(self) -> float:
        """Height of the chuck in um over axis zero."""
        return CONTACT if self.touching else CONTACT - SEPARATION_GAP

    def contact(self, t: float) -> None:
        """Up to the probes; each time is counted."""
        if not self.held:
            raise Refused(errors.EXECUTION)
        self.contacts += not self.touching
        self.touching = True
        self._port.touch(True, t)

    def separate(self, t: float) -> None:
        """Down to the separation height."""
        self.touching = False
        self._port.touch(False, t)

    def hold(self, on: bool) -> None:
        """Vacuum; the wafer is not let go under the probes."""
        if self.touching and not on:
            raise Refused(errors.OPERATION)
        self.held = on

    # Heat and door

    def heat(self, setpoint: float, t: float) -> None:
        """Set point of the chuck in degC."""
        if not COLDEST <= setpoint <= HOTTEST:
            raise Refused(errors.BOUNDS)
        self.setpoint = setpoint
        self._port.regulate(setpoint - self._offset, t)

    def temperature(self, t: float) -> float:
        """degC by the chuck's sensor."""
        return self._port.temperature(t) + self._offset

    def closed(self, t: float) -> bool:
        """Whether the door to the chuck is closed."""
        return self._port.door_closed(t)
