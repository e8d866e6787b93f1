"""TDK-Lambda GENESYS+ high-current supply at the wire: SCPI by TCP port 8003.

The user manual itself could not be had. Written from its command and status tables as public
sources quote them: the SCPI subsystems OUTPut, VOLTage, CURRent, MEASure, STATus and SYSTem with
what each does (quoted in a driver of the Z+ series, which shares the command set), the bits of the
questionable register (AC 1, OTP 2, FLD 3, OVP 4, SO 5, ILC 7, UVP 9) and of the operation register
(CV 0, CC 1, output on 8) of the GENESYS+, port 8003 and the identity string, and the error numbers
301, 302, 304, 306, 307 and 320 to 327 of the series. CURRent:PROTection:STATe and
VOLTage:PROTection:TRIPped are as in Keysight's N5700, a GENESYS under another name. Assumed:
voltage and over-voltage protection must stay 5 % apart; messages 322 to 324 of trips come only
after SYSTem:ERRor:ENABle; `*RST` leaves the output off at 0 V and 0 A. Remembered: accuracies
(genesys_plus_specs).
Not modelled: slew rates, constant power, internal resistance, list, wave and trigger subsystems,
parallel units, analogue programming, interlocks, stored states, temperature.
"""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from sim_backends.emulators.scpi import ScpiInstrument
from sim_backends.emulators.scpi.errors import DeviceError
from sim_backends.emulators.tdk_lambda.genesys_plus_commands import build_table
from sim_backends.emulators.tdk_lambda.genesys_plus_output import FOLD, OVER, UNDER, Output
from sim_backends.emulators.tdk_lambda.genesys_plus_specs import CHECKS, GSP10_1500, Rating
from sim_backends.models.ports import ElectricalPort

SHUTDOWNS = {
    OVER: (16, DeviceError(322, "OVP shutdown")),
    UNDER: (512, DeviceError(323, "UVL shutdown")),
    FOLD: (8, DeviceError(324, "Foldback shutdown")),
}
"""Bit of the questionable register and message of each trip."""

OPERATION = {"CV": 256 + 1, "CC": 256 + 2, "OFF": 0}
"""Operation condition register by what holds the output."""


class Register:
    """An event register that keeps what its enable register lets through from the condition."""

    def __init__(self) -> None:
        self.enable = self.event = self.last = 0

    def look(self, condition: int) -> None:
        """Bits that have newly come are kept where they are enabled."""
        self.event |= condition & ~self.last & self.enable
        self.last = condition

    def take(self) -> int:
        """The event register, which reading clears."""
        value, self.event = self.event, 0
        return value


class GenesysPlus(ScpiInstrument):
    """One GENESYS+ with a device at its output; a GSP10-1500 unless a subclass says otherwise."""

    TABLE = build_table()
    LATENCY = 10e-3
    RATING: ClassVar[Rating] = GSP10_1500

    def __init__(self, port: ElectricalPort, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__(("TDK-LAMBDA", self.RATING.model, serial, "G:02.122"))
        self.output = Output(self.RATING, port, rng)
        self.registers = {"QUEStionable": Register(), "OPERation": Register()}
        self.address, self.remote, self.restart = 6, "REM", "SAFE"
        self.told = False
        self._checks: list[float] = []

    def receive(self, data: bytes, t: float) -> None:
        """Protections look, then bytes are taken."""
        self._look(t)
        super().receive(data, t)

    def due(self) -> float | None:
        """As every instrument, and when the protections look."""
        due = super().due()
        if not self._checks:
            return due
        return self._checks[0] if due is None else min(due, self._checks[0])

    def send(self, t: float) -> bytes:
        """Protections look, then all that is due is done."""
        self._look(t)
        return super().send(t)

    def _look(self, t: float) -> None:
        while self._checks and self._checks[0] <= t:
            self._check(self._checks.pop(0))
        self._check(t)

    def _check(self, t: float) -> None:
        before = set(self.output.tripped)
        mode = self.output.check(t)
        for name in sorted(self.output.tripped - before) if self.told else ():
            self.status.record(SHUTDOWNS[name][1], t)
        self.registers["QUEStionable"].look(self._questionable())
        self.registers["OPERation"].look(OPERATION[mode])

    # What commands use

    def condition(self, name: str, t: float) -> int:
        """A condition register: what stands at `t`."""
        if name == "QUEStionable":
            return self._questionable()
        return OPERATION[self.output.point(t)[2]]

    def _questionable(self) -> int:
        return sum(SHUTDOWNS[trip][0] for trip in self.output.tripped)

    def changed(self) -> None:
        """Settings or output have changed: the protections of an output that is on look soon, and
        those that wait look once more after their delay."""
        after = CHECKS if self.output.on else ()
        if self.output.waits:
            after = sorted((*after, *(self.output.delay + check for check in after)))
        self._checks = [self.t + one for one in after]

    def error_text(self) -> str:
        """Answer to SYSTem:ERRor?; the series' own numbers carry a plus sign."""
        event = self.status.errors.pop()
        if event is None:
            return '0,"No error"'
        return f'{event.code:+d},"{event.text}"'

    def reset(self) -> None:
        """`*RST`: output off, settings as after delivery, trips cleared."""
        super().reset()
        self.output.switch(False, self.t)
        self.output.defaults()
        self.restart = "SAFE"
        self._checks = []


EMULATOR = GenesysPlus
