"""The battery test of the DL3021: discharge until voltage, capacity or time (guide, 2-37 to 2-40).

Capacity in mAh and time in s as the guide says of the stop conditions; energy is in Wh (assumed).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim_backends.emulators.rigol.dl3021_input import Point
from sim_backends.emulators.rigol.dl3021_programs import Discharge


class BatteryTest:
    """The discharge that runs or was run last."""

    def __init__(self) -> None:
        self.discharge: Discharge | None = None

    def start(self, t: float) -> None:
        """A new discharge from `t` on."""
        self.discharge = Discharge(t, t)

    def over(self, point: Point, values: Mapping[Any, Any], t: float) -> bool:
        """Count until `t`; whether a stop condition that is switched on has come."""
        run = self.discharge
        if values["program"] != "BATT" or run is None:
            return False
        run.go(t)
        run.current, run.power = point.current, point.current * point.voltage
        return bool(
            (values["by_voltage"] and point.voltage <= values["stop_voltage"])
            or (values["by_capacity"] and self.capacity >= values["stop_capacity"])
            or (values["by_time"] and t - run.began >= values["stop_time"])
        )

    @property
    def capacity(self) -> float:
        """Charge taken, in mAh."""
        return 0.0 if self.discharge is None else self.discharge.charge / 3.6

    @property
    def watt_hours(self) -> float:
        """Energy taken, in Wh."""
        return 0.0 if self.discharge is None else self.discharge.energy / 3600.0

    @property
    def duration(self) -> float:
        """Time of discharge in s."""
        return 0.0 if self.discharge is None else self.discharge.seen - self.discharge.began
