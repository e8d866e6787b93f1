"""IPG Photonics YAR fibre amplifier, RS-232 command set (pymeasure's YAR, by IPG's manual).

A command is a word of three or four letters and ends with CR; the answer repeats the word, then
comes `: ` and the value, or `ERR: ` and a reason. Power is told as a number in W, as `Off` or,
below what is displayed, as `Low`. Emission begins 3 s after it was asked for. There is no
interlock, no diode current to set and no pulses.
"""

from __future__ import annotations

import math
from typing import ClassVar

from drivers.instrument import Instrument
from drivers.limits import BenchLimits
from drivers.links.link import MessageLink
from drivers.links.settings import MessageSettings
from drivers.remedies import ANOTHER
from labctl import clock
from labctl.errors import InstrumentError, UsageError
from labctl.evidence import Accuracy, Identity, Reading

EMITTING, STARTING = 1 << 0, 1 << 1
FAULTS = {
    1 << 16: "high temperature",
    1 << 17: "high back reflection",
    1 << 19: "unexpected emission",
    1 << 20: "seed laser failed",
}
"""Bits of the status word (pymeasure, YAR.Status)."""

PATIENCE, POLL = 10.0, 0.25
"""Seconds that emission may take to begin or end, and between two questions."""

MONITOR = Accuracy(
    "power monitor", 500.0, "W", 0.05, 1.0, "monitor of an IPG fibre amplifier: assumed, no sheet"
)


class IpgYar(Instrument):
    """A YAR at the end of `link`; `limits` by the bench: `power` in W, the largest set point."""

    what: ClassVar[str] = "fibre amplifier"
    settings: ClassVar[MessageSettings] = MessageSettings(
        write_terminator="\r",
        read_terminator="\r",
        timeout=2.0,
        idempotent=frozenset({"RMN", "RFV", "RNP", "RMP", "RPS", "ROP", "RDC", "RCT", "STA"}),
    )
    limit_units: ClassVar[dict[str, str]] = {"power": "W"}
    accuracies: ClassVar[tuple[Accuracy, ...]] = (MONITOR,)

    def __init__(self, link: MessageLink, limits: BenchLimits | None = None) -> None:
        super().__init__(link, limits)
        self._link = link

    async def identify(self) -> Identity:
        """Ask for model and firmware; `InstrumentError` where something else answers."""
        model = await self._ask("RMN")
        if not model.upper().startswith(("YAR", "YLM", "YLR")):
            raise self._wrong("this is no IPG fibre amplifier", "RMN", model, ANOTHER)
        firmware = await self._ask("RFV")
        self._identity = Identity("IPG Photonics", model, "", firmware)
        return self._identity

    async def resync(self) -> None:
        """The line in a known state; emission goes on as it is."""
        await self._link.resync()

    async def safe(self) -> None:
        """Emission off, read back."""
        await self.emission(False)

    async def emission(self, on: bool) -> None:
        """Emitting or not, read back; returns when the start-up delay of 3 s is over."""
        command = "EMON" if on else "EMOFF"
        status = await self._status()
        if status & (EMITTING | STARTING) == (EMITTING if on else 0):
            return
        if on:
            self._refuse_faults(status, command)
        await self._ask(command)
        until = clock.now() + PATIENCE
        while True:
            status = await self._status()
            if bool(status & EMITTING) is on and not status & STARTING:
                return
            if clock.now() > until:
                raise self._wrong("emission is not as asked for", command, f"STA: {status}")
            await clock.sleep(POLL)

    async def set_power(self, power: float) -> None:
        """Set point of the optical power in W, read back; emission unchanged."""
        self._check("power", power, 0.0, self._limits.get("power", math.inf), "W", "SPS")
        low, high = await self._number("RNP"), await self._number("RMP")
        self._check("power", power, low, high, "W", "SPS")
        await self._ask(f"SPS {power:g}")
        found = await self._number("RPS")
        if not math.isclose(found, float(f"{power:g}"), rel_tol=1e-3, abs_tol=0.01):
            raise self._wrong("the set point was not taken", "RPS", f"{found:g}")

    async def set_current(self, current: float) -> None:
        """`UsageError`: its diode current (in A) follows the power."""
        raise UsageError(
            "a YAR holds its power, its diode current cannot be set",
            address=self.address,
            remedy="set a power",
        )

    async def set_pulses(self, *, frequency: float, width: float) -> None:
        """Continuous wave (`frequency` 0 Hz, `width` in s) is all there is; else `UsageError`."""
        if frequency != 0.0:
            raise UsageError(
                "a YAR has no pulses", address=self.address, remedy="ask for a frequency of 0 Hz"
            )

    async def power(self) -> Reading:
        """Power in W by its own monitor, 0 W while it is off or too low to be displayed."""
        text = await self._ask("ROP")
        if text in ("Off", "Low"):
            return self._reading(0.0, "W", MONITOR)
        return self._reading(self._parsed("ROP", text), "W", MONITOR)

    async def current(self) -> Reading:
        """Diode current in A; of its accuracy nothing is known."""
        return self._reading(await self._number("RDC"), "A", None)

    async def temperature(self) -> Reading:
        """Temperature of the case in degC; of its accuracy nothing is known."""
        return self._reading(await self._number("RCT"), "degC", None)

    async def is_interlock_closed(self) -> bool:
        """`UsageError`: the command set tells of no interlock."""
        raise UsageError(
            "a YAR does not tell of its interlock",
            address=self.address,
            remedy="watch the interlock of the shutter",
        )

    async def faults(self) -> tuple[str, ...]:
        """Faults by the status word, in words; none is a quantity."""
        return _faults(await self._status())

    def _refuse_faults(self, status: int, command: str) -> None:
        found = _faults(status)
        if found:
            raise self._wrong(
                f"the amplifier has faults: {', '.join(found)}",
                command,
                f"STA: {status}",
                "look at the amplifier, and reset its errors there",
            )

    async def _status(self) -> int:
        text = await self._ask("STA")
        if not (text.isascii() and text.isdecimal()):
            raise self._wrong("no status word", "STA", text)
        return int(text)

    async def _number(self, command: str) -> float:
        return self._parsed(command, await self._ask(command))

    def _parsed(self, command: str, text: str) -> float:
        try:
            value = float(text)
        except ValueError as error:
            raise self._wrong("no number", command, text) from error
        if not math.isfinite(value):
            raise self._wrong("no number", command, text)
        return value

    async def _ask(self, command: str) -> str:
        """The value that `command` is answered with, "" where its word alone is repeated."""
        answer = (await self._link.query(command)).strip()
        word = command.split()[0]
        head, _, value = answer.partition(":")
        if head.strip().upper() != word:
            raise self._refused(command, answer)
        return value.strip()

    def _refused(self, command: str, answer: str) -> InstrumentError:
        what = "the amplifier refuses" if answer.upper().startswith("ERR") else "no answer to this"
        return self._wrong(what, command, answer)


def _faults(status: int) -> tuple[str, ...]:
    return tuple(words for bit, words in FAULTS.items() if status & bit)


DRIVER = IpgYar
