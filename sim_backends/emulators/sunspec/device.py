"""A SunSpec device: its models at their registers, brought up to the present before each use."""

from __future__ import annotations

from collections.abc import Sequence

from sim_backends.emulators.modbus_device import ModbusDevice
from sim_backends.emulators.sunspec.bank import Bank, Model, Put, Values


class SunSpecDevice(ModbusDevice):
    """Unit 1, of model `name` and serial number `serial`; a subclass makes its `bank`."""

    bank: Bank

    def __init__(self, name: str, serial: str) -> None:
        super().__init__(unit=1)
        self.name, self.serial = name, serial
        self.address = 1
        self._stepped: float | None = None

    def read(self, address: int, count: int) -> Sequence[int]:
        """Registers as they are now; exception 02 beside the map."""
        self._step()
        return self.bank.read(address, count)

    def write(self, address: int, values: Sequence[int]) -> None:
        """Write points; what they steer follows at once."""
        self._step()
        self.bank.write(address, values)
        self._update()

    def work(self) -> None:
        """Look at what it steers."""
        self._update()

    def _follow(self) -> None:
        """Bring all to `t`."""
        raise NotImplementedError

    def _step(self) -> None:
        if self._stepped != self.t:
            self._update()

    def _update(self) -> None:
        self._stepped = self.t
        self._follow()

    def _common(self) -> Model:
        """Model 1."""

        def values() -> Values:
            return {
                "Mn": "labctl", "Md": self.name, "Opt": None, "Vr": "1.0", "SN": self.serial,
                "DA": self.address,
            }  # fmt: skip

        return Model(1, values, puts={"DA": Put(1, 247, self._put_address)})

    def _put_address(self, address: float) -> None:
        # Another address would hold from the next power-on; until then it is only remembered.
        self.address = int(address)
