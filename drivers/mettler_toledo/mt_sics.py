"""METTLER TOLEDO balances with MT-SICS (reference manual "MT-SICS interface commands").

`SI` tells weight and stability at once, so a stable weight is waited for by asking again: `S`
would keep the balance occupied until its own time-out. Taring and zeroing wait for stability in
the balance itself, as long as it was told to (40 s as delivered).

A balance that restarts takes a new zero, whatever lies on its pan, and forgets its tare; it cannot
be asked for that. After a silence no weight is therefore given until it was zeroed again.

`resync` does not cancel with `@`: that would clear the tare, which nobody would see in the weights.
"""

from __future__ import annotations

from typing import ClassVar

from drivers.codecs import sics
from drivers.instrument import Identified
from drivers.limits import BenchLimits
from drivers.links.link import BytesLink
from drivers.links.settings import BytesSettings
from drivers.mettler_toledo._sheets import SHEETS
from drivers.mettler_toledo._talk import ZERO, Talk
from labctl import clock
from labctl.errors import InstrumentError
from labctl.evidence import Accuracy, Identity, Reading

POLL = 0.1
"""Seconds between two looks at a weight that is not stable yet."""

STABILITY = 45.0
"""Seconds in which the balance has zeroed or tared, or says that it could not."""

ADJUSTMENT = 300.0
"""Seconds in which an adjustment with the internal weight has ended."""


class MettlerToledoMtSics(Identified):
    """A balance at the end of `link`; the bench has no limits for it.

    It must be one whose data sheet stands in `drivers/mettler_toledo/_sheets.py`.
    """

    what: ClassVar[str] = "balance"
    settings: ClassVar[BytesSettings] = BytesSettings(timeout=2.0)
    limit_units: ClassVar[dict[str, str]] = {}
    accuracies: ClassVar[tuple[Accuracy, ...]] = tuple(SHEETS.values())

    def __init__(self, link: BytesLink, limits: BenchLimits | None = None) -> None:
        self._talk = Talk(link)
        super().__init__(self._talk, limits)

    async def identify(self) -> Identity:
        """Ask who it is; `InstrumentError` where its data sheet is not known."""
        data = await self._talk.text("I2")
        model = data.partition(" ")[0]
        if model not in SHEETS:
            raise self._talk.wrong(
                f"no data sheet is known of the balance {model or 'without a name'}",
                "I2",
                data,
                f"correct the address or the driver in the bench file (known: {', '.join(SHEETS)})",
            )
        software = (await self._talk.text("I3")).partition(" ")[0]
        serial = await self._talk.number()
        self._identity = Identity("METTLER TOLEDO", model, serial, software)
        return self._identity

    async def resync(self) -> None:
        """Line in a known state, the balance answers; the tare is kept."""
        await self._talk.resync()
        await self._talk.number()

    async def safe(self) -> None:
        """The balance drives nothing; it is asked for its number, to show that it answers."""
        await self._talk.number()

    async def close(self) -> None:
        """Give the line back; zero and tare stay as they are."""
        await self._talk.close()

    async def weigh(self, *, timeout: float) -> Reading:
        """Stable net mass in kg; `InstrumentError` where it is not stable within `timeout` in s."""
        end = clock.now() + timeout
        while True:
            found = await self._now()
            if found.stable:
                return self._reading(found)
            if clock.now() + POLL > end:
                raise self._unstable(timeout, found)
            await clock.sleep(POLL)

    async def weigh_now(self) -> Reading:
        """Net mass in kg at this moment, stable or not."""
        return self._reading(await self._now())

    async def is_stable(self) -> bool:
        """Whether the weight stands."""
        return (await self._now()).stable

    async def set_zero(self) -> None:
        """The empty pan counts as 0 kg; waits for stability.

        `InstrumentError` where it is not stable, or the load is beyond the range of zeroing.
        """
        await self._talk.done(ZERO, STABILITY)
        self._talk.fell_silent = False

    async def set_tare(self) -> Reading:
        """The present load counts as tare once it is stable; the tare in kg."""
        return self._reading(await self._talk.weight("T", timeout=STABILITY))

    async def clear_tare(self) -> None:
        """Tare 0 kg, read back."""
        await self._talk.done("TAC")
        left = await self._talk.weight("TA")
        if left.mass:
            raise self._talk.wrong("the tare was not cleared", "TA", f"{left.mass:g} kg")

    async def adjust(self) -> None:
        """Adjust with the internal weight; returns when done. The pan must be empty."""
        command = "C3"
        answer = await self._talk.ask(command)
        if sics.status(answer, command) == sics.MORE:
            answer = await self._talk.then(command, ADJUSTMENT)
        self._talk.expect_done(command, answer)

    async def _now(self) -> sics.Weight:
        return await self._talk.weight("SI", "S")

    def _reading(self, found: sics.Weight) -> Reading:
        if self._talk.fell_silent:
            raise self._talk.wrong(
                "the balance fell silent: it may have restarted, without its zero and its tare",
                "SI",
                f"{found.mass:g} kg",
                "empty the pan and zero the balance, then tare again",
            )
        t, utc = clock.stamp()
        line, serial = SHEETS[self.identity.model], self.identity.serial
        return Reading(found.mass, "kg", t, utc, self.address, serial, line)

    def _unstable(self, timeout: float, found: sics.Weight) -> InstrumentError:
        return self._talk.wrong(
            f"the weight was not stable within {timeout:g} s",
            "SI",
            f"{found.mass:g} kg",
            "keep draught and vibration from the balance, close its doors",
        )


DRIVER = MettlerToledoMtSics
