"""The management system of a battery bank, on SunSpec Modbus RTU or TCP, unit 1, with no inverter.

Written from the SunSpec Device Information Model Specification 1.1 and the published definitions of
models 1, 802, 803 and 804, which stand in this order from 40000 on. The bank is charged and
discharged by others: there is no set point of power, and SetInvState refuses to be written. Signs,
alarms, heartbeat and what is not modelled are those of `storage`. It looks at its bank when it is
read and when a heartbeat or the precharge runs out, never by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from sim_backends.emulators.modbus_device import ModbusDevice
from sim_backends.emulators.sunspec.bank import Bank, Model, Put, Values
from sim_backends.emulators.sunspec.bank_bms import BankBms
from sim_backends.emulators.sunspec.dc_models import battery_802
from sim_backends.emulators.sunspec.inverter import START
from sim_backends.emulators.sunspec.string_models import bank_803, string_804
from sim_backends.models.hybrid_ports import BankPort


@dataclass
class _Elsewhere:
    """The converter is another device's: nothing is told to it from here."""

    told: int = START


class BatteryBank(ModbusDevice):
    """One bank's system of serial number `serial` on `port`."""

    def __init__(self, port: BankPort, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__(unit=1)
        self.serial = serial
        self.address = 1
        self.bms = BankBms(port)
        self._stepped: float | None = None
        self.bank = Bank(self._models())

    def read(self, address: int, count: int) -> Sequence[int]:
        """Registers as they are now; exception 02 beside the map."""
        self._step()
        return self.bank.read(address, count)

    def write(self, address: int, values: Sequence[int]) -> None:
        """Write points; the bank follows at once."""
        self._step()
        self.bank.write(address, values)
        self._update()

    def power_on(self, t: float) -> None:
        """The controller starts anew: the heartbeat is forgotten."""
        super().power_on(t)
        self.bms.controller_restarted()
        self._update()

    def event(self) -> float | None:
        """When a heartbeat is missed or the precharge ends."""
        return self.bms.event()

    def work(self) -> None:
        """Look at the bank."""
        self._update()

    def _step(self) -> None:
        if self._stepped != self.t:
            self._update()

    def _update(self) -> None:
        self._stepped = self.t
        self.bms.update(self.t)

    def _models(self) -> list[Model]:
        bms = self.bms
        base = battery_802(bms, _Elsewhere(), lambda: self.t)
        puts = {name: put for name, put in base.puts.items() if name != "SetInvState"}
        return [
            Model(1, self._common, puts={"DA": Put(1, 247, self._put_address)}),
            replace(base, puts=puts),
            bank_803(bms),
            string_804(bms),
        ]

    def _common(self) -> Values:
        return {
            "Mn": "labctl", "Md": self.bms.sheet.maker, "Opt": None, "Vr": "1.0",
            "SN": self.serial, "DA": self.address,
        }  # fmt: skip

    def _put_address(self, address: float) -> None:
        # Another address would hold from the next power-on; until then it is only remembered.
        self.address = int(address)


EMULATOR = BatteryBank
"""The management system of one bank."""
