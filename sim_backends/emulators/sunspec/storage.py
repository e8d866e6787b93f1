"""A storage inverter with its battery, on SunSpec Modbus RTU or TCP, unit 1.

Written from the SunSpec Device Information Model Specification 1.1 and the published definitions of
models 1, 103, 701, 702, 704, 713, 714, 802, 803 and 804, which stand in this order from 40000 on.
Model 704 sets fixed active power (WSet, WSetPct, with reversion) and its limit; model 802 connects
and disconnects, starts and stops, sets the reserves, resets alarms and takes a heartbeat.

The sign of A and W in models 714, 802, 803 and 804 is left open by the definitions; here it is
positive in discharge, as W in model 701 is positive for generation. That a missed CtrlHb opens the
contactor, and after which time, is this device's own rule (management.py), as are its alarm levels
(bms.py).

What real devices do and this one does not: models 703, 705 to 712 and 715 and whatever of 704 is
about reactive power, power factor and ramps (such points are not implemented and refuse writes);
several strings; balancing; vendor models; maps at 0 or 50000; a number of TCP clients at most.
The plant is followed every 5 s while power flows and every 5 min at rest.
"""

from __future__ import annotations

import numpy as np

from sim_backends.emulators.sunspec.ac_models import (
    capacity_702,
    control_704,
    inverter_103,
    measure_701,
)
from sim_backends.emulators.sunspec.bank import Bank, Model
from sim_backends.emulators.sunspec.bms import MAKER, Bms
from sim_backends.emulators.sunspec.dc_models import battery_802, capacity_713, measure_714
from sim_backends.emulators.sunspec.device import SunSpecDevice
from sim_backends.emulators.sunspec.inverter import Inverter
from sim_backends.emulators.sunspec.string_models import bank_803, string_804
from sim_backends.models.battery_pack import StoragePlant

WORKING, RESTING = 5.0, 300.0
"""Seconds between looks at the plant."""


class Storage(SunSpecDevice):
    """One storage system of serial number `serial` in front of `port`."""

    def __init__(self, port: StoragePlant, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__(MAKER, serial)
        self.bms = Bms(port.pack, rng)
        self.inverter = Inverter(self.bms, port.mains, rng)
        self.bank = Bank(self._models())

    def power_on(self, t: float) -> None:
        """The controller starts anew: power setting and heartbeat are forgotten."""
        super().power_on(t)
        self.inverter.setting.forget()
        self.bms.controller_restarted()
        self._update()

    def event(self) -> float | None:
        """The next look at the plant, a time-out or a reversion."""
        if self._stepped is None:
            return 0.0
        pause = WORKING if self.inverter.power else RESTING
        times = (self._stepped + pause, self.bms.event(), self.inverter.setting.until)
        return min(t for t in times if t is not None)

    def _follow(self) -> None:
        self.bms.update(self.t)
        self.inverter.update(self.t)
        self.bms.update(self.t)

    def _models(self) -> list[Model]:
        bms, inverter = self.bms, self.inverter
        return [
            self._common(),
            inverter_103(inverter, lambda: bms.voltage),
            measure_701(inverter),
            capacity_702(inverter),
            control_704(inverter, lambda: self.t),
            capacity_713(bms),
            measure_714(bms, inverter),
            battery_802(bms, inverter, lambda: self.t),
            bank_803(bms),
            string_804(bms),
        ]


EMULATOR = Storage
