"""Output of a Sequoia grid simulator: its relay, its protections, power that is fed back.

Sources of the commands stand in `sequoia`.
"""

from __future__ import annotations

import math
from typing import ClassVar

from drivers.instrument import ScpiInstrument
from labctl.errors import LimitRefused

CONDITION = ":STAT:QUES:COND?"
FAULTS = {1 << 0: "voltage", 1 << 1: "current", 1 << 3: "temperature", 1 << 9: "remote inhibit"}
"""Bits of the questionable condition register that switch the output off (7003-961, p. 115)."""

LIMITED = 1 << 12
"""The current limit lowers the voltage."""


class SequoiaOutput(ScpiInstrument):
    """Part of a driver: switches the output, and refuses to go on where it has tripped."""

    what: ClassVar[str] = "grid simulator"

    async def regenerative(self, on: bool) -> None:
        """Whether power in W may flow back into the simulator; read back."""
        await self._scpi.set(f":REG:STAT {int(on)}")
        if await self._scpi.is_on(":REG:STAT?") != on:
            raise self._wrong(
                "the regenerative state was not taken", ":REG:STAT?", str(int(not on))
            )

    async def clear_trip(self) -> None:
        """No trip latched, output off; `InstrumentError` where its cause stands."""
        await self._switch(False)
        await self._scpi.set(":OUTP:PROT:CLE")
        self._refuse_tripped(await self._bits(), ":OUTP:PROT:CLE")

    def _refused(self, what: str, command: str) -> LimitRefused:
        return LimitRefused(
            what, address=self.address, command=command, remedy="ask for what this driver can do"
        )

    async def _bits(self) -> int:
        return self._whole(await self._scpi.number(CONDITION), CONDITION)

    def _whole(self, value: float, command: str) -> int:
        """The condition register that `command` is answered with."""
        if value != math.floor(value) or value < 0:
            raise self._wrong("the condition register is no whole number", command, f"{value:g}")
        return int(value)

    def _refuse_tripped(self, bits: int, command: str) -> None:
        reasons = [name for bit, name in FAULTS.items() if bits & bit]
        if reasons:
            told = f"it has tripped: {', '.join(reasons)}"
            raise self._wrong(told, command, str(bits), "remove the cause, then clear the trip")
        if bits & LIMITED:
            raise self._wrong("its current limit lowers the voltage", command, str(bits))

    async def _switch(self, on: bool) -> None:
        await self._scpi.set(f":OUTP {int(on)}")
        if await self._scpi.is_on(":OUTP?") != on:
            what = f"the output is not {'on' if on else 'off'}"
            raise self._wrong(what, ":OUTP?", str(int(not on)), "ask for a trip, or switch by hand")
