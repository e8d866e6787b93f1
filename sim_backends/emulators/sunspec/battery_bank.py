"""The management system of a battery bank, on SunSpec Modbus RTU or TCP, unit 1, with no inverter.

Written from the SunSpec Device Information Model Specification 1.1 and the published definitions of
models 1, 802, 803 and 804, which stand in this order from 40000 on. The bank is charged and
discharged by others: there is no set point of power, and SetInvState refuses to be written. Signs,
alarms, heartbeat and what is not modelled are those of `storage`. It looks at its bank when it is
read and when a heartbeat or the precharge runs out, never by itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sim_backends.emulators.sunspec.bank import Bank, Model
from sim_backends.emulators.sunspec.bank_bms import BankBms
from sim_backends.emulators.sunspec.dc_models import battery_802
from sim_backends.emulators.sunspec.device import SunSpecDevice
from sim_backends.emulators.sunspec.inverter import START
from sim_backends.emulators.sunspec.string_models import bank_803, string_804
from sim_backends.models.hybrid_ports import BankPort


@dataclass
class _Elsewhere:
    """The converter is another device's: nothing is told to it from here."""

    told: int = START


class BatteryBank(SunSpecDevice):
    """One bank's system of serial number `serial` on `port`."""

    def __init__(self, port: BankPort, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__(port.rated.maker, serial)
        self.bms = BankBms(port)
        self.bank = Bank(self._models())

    def power_on(self, t: float) -> None:
        """The controller starts anew: the heartbeat is forgotten."""
        super().power_on(t)
        self.bms.controller_restarted()
        self._update()

    def event(self) -> float | None:
        """When a heartbeat is missed or the precharge ends."""
        return self.bms.event()

    def _follow(self) -> None:
        self.bms.update(self.t)

    def _models(self) -> list[Model]:
        bms = self.bms
        base = battery_802(bms, _Elsewhere(), lambda: self.t)
        puts = {name: put for name, put in base.puts.items() if name != "SetInvState"}
        return [
            self._common(),
            replace(base, puts=puts),
            bank_803(bms),
            string_804(bms),
        ]


EMULATOR = BatteryBank
