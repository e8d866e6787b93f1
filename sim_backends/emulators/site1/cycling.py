"""A controller SITE1 with programs of cycles, and the one controller behind both its sides."""

from __future__ import annotations

from weakref import WeakValueDictionary

import numpy as np

from sim_backends.emulators.site1.core import DISPATCHED, SCHEDULED, Alarmed, Core
from sim_backends.emulators.site1.settings import MODBUS, RUNNING
from sim_backends.models.hybrid_ports import CyclePlan, CycleStatus, CyclingSitePort
from sim_backends.models.power_ports import SitePort


class Controller(Core):
    """One controller; it has programs of cycles where the site behind `port` has them."""

    @property
    def plans(self) -> bool:
        """Whether it has programs of cycles."""
        return isinstance(self.port, CyclingSitePort)

    def cycles(self) -> CycleStatus:
        """How far the program is."""
        if not isinstance(self.port, CyclingSitePort):
            return super().cycles()
        return self.port.cycles(self.t)

    def restart(self, t: float) -> None:
        """It loses its power, and its program."""
        if isinstance(self.port, CyclingSitePort):
            self.port.stop_cycles(t)
        super().restart(t)

    def start_plan(self, plan: CyclePlan) -> None:
        """Begin `plan`; `Alarmed` unless the site runs without dispatch and schedule."""
        if self.now.state != RUNNING or self.now.functions & (DISPATCHED | SCHEDULED):
            raise Alarmed
        self._cycle(None)
        self._cycle(plan)

    def resume_plan(self) -> None:
        """Go on with the plan that is held; `Alarmed` unless the site runs and has one."""
        if self.now.state != RUNNING or self.now.begun is None:
            raise Alarmed
        self._cycle(self.now.begun)

    def stop_plan(self) -> None:
        """No plan any more."""
        self._cycle(None)

    def _cycle(self, plan: CyclePlan | None) -> None:
        if not isinstance(self.port, CyclingSitePort):
            return
        self.now.begun, self.now.was_held = plan, False
        if plan is None:
            self.port.stop_cycles(self.t)
            return
        self.port.start_cycles(plan, self.t)
        self.took(self.now.number, MODBUS)


_KNOWN: WeakValueDictionary[int, Controller] = WeakValueDictionary()


def controller_of(port: SitePort, rng: np.random.Generator) -> Controller:
    """The controller wired to `port`: both sides of one, each an instrument of its own on a bench,
    find the same here. It lives as long as a side of it."""
    found = _KNOWN.get(id(port))
    if found is None or found.port is not port:
        found = _KNOWN[id(port)] = Controller(port, rng)
    return found
