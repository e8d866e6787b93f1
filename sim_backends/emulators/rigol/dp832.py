"""Rigol DP832 power supply with three outputs, at the wire.

Written from the DP800 programming guide: :APPLy (2-6, also DP832A edition 2-8), :OUTPut group
(2-35, 2-57), :STATus group and its bits (1-10, 2-98 to 2-103). Remembered: :INSTrument, :MEASure
and :SOURce groups, the words YES and NO of protections, accuracy (dp832_specs). Assumed: an output
whose protection has tripped refuses to be turned on (-221) until the trip is cleared; UR while an
output is off, as bits 0 and 1 of its summary register; the protections look at each command and
just after each change.
Not modelled: series and parallel tracking, timer, delayer, recorder, analyser, display, stored
states, step commands, over-temperature (its protection is a setting only), the beeper.
"""

from __future__ import annotations

import numpy as np

from sim_backends.emulators.rigol.dp832_commands import build_table
from sim_backends.emulators.rigol.dp832_output import Output
from sim_backends.emulators.rigol.dp832_specs import CHECKS, OUTPUTS
from sim_backends.emulators.scpi import ScpiError, ScpiInstrument
from sim_backends.models.ports import ElectricalPort


class DP832(ScpiInstrument):
    """One DP832 with a device at each of its three outputs, CH1 first."""

    TABLE = build_table()
    LATENCY = 10e-3

    def __init__(
        self, port: tuple[ElectricalPort, ...], *, serial: str, rng: np.random.Generator
    ) -> None:
        super().__init__(("RIGOL TECHNOLOGIES", "DP832", serial, "00.01.16"))
        self.outputs = [Output(data, p, rng) for data, p in zip(OUTPUTS, port, strict=True)]
        self.selected = 0
        self.beeper = self.thermal = True
        self._checks: list[float] = []

    # Emulator: the protections look after a change

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
            when = self._checks.pop(0)
            for output in self.outputs:
                output.check(when)
        for output in self.outputs:
            output.check(t)

    # What commands use

    def changed(self) -> None:
        """Settings or outputs have changed: the protections look soon."""
        self._checks = [self.t + after for after in CHECKS if after > 0.0]

    def switch(self, output: Output, on: bool) -> None:
        """Turn an output on or off; -221 on while a trip stands."""
        if on and output.tripped:
            raise ScpiError(-221, "a protection has tripped")
        output.switch(on, self.t)
        self.changed()

    def reset(self) -> None:
        """`*RST`: outputs off, settings as after delivery, CH1 selected."""
        super().reset()
        for output in self.outputs:
            output.switch(False, self.t)
            output.defaults()
        self.selected = 0
        self._checks = []


EMULATOR = DP832
