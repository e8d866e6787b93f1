"""Run, single and stop of a DS1054Z: records as time passes, worked out when somebody looks."""

from __future__ import annotations

from dataclasses import replace

from sim_backends.emulators.rigol import ds1054z_specs as specs
from sim_backends.emulators.rigol.ds1054z_record import FrontEnd, Record
from sim_backends.emulators.rigol.ds1054z_setup import Setup

RUN, SINGLE, STOP = "RUN", "SINGLE", "STOP"
_RECENT = 0.05
"""Seconds in which the last record of a running acquisition is looked for."""


class Acquisition:
    """Trigger and memory. Times are run time in s."""

    def __init__(self, front: FrontEnd) -> None:
        self._front = front
        self._number = 0
        self.restore(0.0)

    def restore(self, t: float) -> None:
        """As after delivery: running, sweep AUTO."""
        self.setup = Setup()
        self.state, self.sweep = RUN, "AUTO"
        self.record: Record | None = None
        self._armed = t

    def change(self, setup: Setup, t: float) -> None:
        """Go on with other settings: what runs begins anew, a record that is held stays."""
        self.look(t)
        self.setup = setup
        if self.state != STOP:
            self.arm(self.state, t)

    def arm(self, state: str, t: float) -> None:
        """Run, or wait for one trigger; what was recorded before is gone."""
        self.state, self._armed, self.record = state, t, None

    def stop(self, t: float) -> None:
        """Hold what was recorded."""
        self.look(t)
        self.state = STOP

    def force(self, t: float) -> None:
        """Take a record without a trigger, as soon as what comes before it is there."""
        self.look(t)
        if self.state != STOP and self.record is None:
            self._take(max(t, self._armed + self.setup.before), False)

    def look(self, t: float) -> None:
        """Take what has been completed until `t`."""
        if self.state == STOP:
            return
        earliest = self._armed + self.setup.before
        latest = t - self.setup.after
        if self.state == SINGLE:
            found = self._front.crossing(self.setup, earliest)
            if found is not None and found <= latest:
                self._take(found, True)
        else:
            self._look_for_newest(earliest, latest)

    def _look_for_newest(self, earliest: float, latest: float) -> None:
        recent = max(earliest, latest - max(self.setup.length, _RECENT))
        for start in (recent, earliest):
            found = self._front.crossing(self.setup, start)
            if found is not None and found <= latest:
                self._take(found, True)
                return
        if self.sweep == "AUTO" and latest >= earliest + specs.AUTO_WAIT:
            self._take(latest, False)

    def _take(self, t0: float, triggered: bool) -> None:
        self._number += 1
        self.record = Record(self._front, self.setup, t0, self._number, triggered)
        if self.state == SINGLE:
            self.state = STOP

    def status(self, t: float) -> str:
        """Answer to `:TRIGger:STATus?`."""
        self.look(t)
        if self.state == STOP:
            return "STOP"
        if self.record is not None:
            return "TD" if self.record.triggered else "AUTO"
        return "RUN" if t < self._armed + self.setup.before else "WAIT"

    def set_depth(self, points: int, t: float) -> None:
        """Memory depth in points, 0 for AUTO."""
        self.change(replace(self.setup, depth_setting=points), t)
