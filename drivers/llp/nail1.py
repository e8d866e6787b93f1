"""Nail press LLP-NAIL1 (docs/protocols/llp-nail1.md, on the line of docs/protocols/llp1.md)."""

from __future__ import annotations

import math
from typing import ClassVar, Literal

from drivers.instrument import Instrument
from drivers.limits import BenchLimits
from drivers.links.link import MessageLink
from drivers.links.settings import MessageSettings
from drivers.llp._talk import Talk, read_only
from drivers.llp._watchdog import QUERY, OwnWatchdog
from drivers.roles.nail_press import PressForce
from labctl import clock
from labctl.evidence import Accuracy, Identity, Reading

MODEL = "LLP-NAIL1"
PAGE = "docs/protocols/llp-nail1.md, accuracy"
MM = 1e-3

SPEEDS, DEPTHS, FORCES = (1e-4, 0.1), (5e-4, 0.1), (10.0, 5000.0)
"""Ranges of the stroke's speed in m/s, its end in m and the force in N at which it trips."""

DEPTH = Accuracy("depth", 0.1, "m", 0.001, 2e-5, PAGE, 1e-5)
FORCE = Accuracy("force", 5000.0, "N", 0.01, 1.0, PAGE, 0.1, 0.2)
CONTACT = Accuracy("contact", 3600.0, "s", 1e-4, 0.05, f"{PAGE}, contact time", 1e-3)
"""The load cell is read at least each 50 ms; the clock is good to 100 ppm. The force is 1 %, at
least 1 N: stated as their sum."""

MOTIONS: dict[str, Literal["standing", "stroke", "retracting"]] = {
    "0": "standing",
    "1": "stroke",
    "2": "retracting",
}
TRIPS: dict[str, Literal["none", "guard", "force"]] = {"0": "none", "1": "guard", "2": "force"}


class Nail1(OwnWatchdog, Instrument):
    """A nail press; `limits` by the bench: `speed` in m/s, `depth` in m, `force` in N."""

    what: ClassVar[str] = "nail press"
    settings: ClassVar[MessageSettings] = MessageSettings(
        read_terminator="\r\n",
        timeout=1.0,
        idempotent=read_only("ID?", QUERY, "RUN?", "POS?", "FORCE?", "CONTACT?", "DOOR?", "TRIP?"),
    )
    limit_units: ClassVar[dict[str, str]] = {"speed": "m/s", "depth": "m", "force": "N"}
    accuracies: ClassVar[tuple[Accuracy, ...]] = (DEPTH, FORCE, CONTACT)

    def __init__(self, link: MessageLink, limits: BenchLimits | None = None) -> None:
        self._talk = Talk(link, self.settings)
        super().__init__(self._talk, limits)

    async def identify(self) -> Identity:
        """Ask who it is; `InstrumentError` where it is another model."""
        self._identity = await self._talk.identity(MODEL)
        return self._identity

    async def resync(self) -> None:
        """Line in a known state."""
        await self._talk.resync()

    async def safe(self) -> None:
        """The nail stands where it is; read back. It is not drawn out of a cell."""
        await self.stop()

    async def set_stroke(self, *, speed: float, depth: float, force_limit: float) -> None:
        """Speed in m/s, depth in m at which the stroke ends, force in N at which it trips."""
        given = (
            ("speed", speed, SPEEDS, "m/s", f"SPEED {speed / MM:.6g}"),
            ("depth", depth, DEPTHS, "m", f"DEPTH {depth / MM:.6g}"),
            ("force", force_limit, FORCES, "N", f"LIMIT {force_limit:.6g}"),
        )
        for what, value, (low, high), unit, command in given:
            self._check(what, value, low, min(high, self._limits.get(what, high)), unit, command)
        for *_, command in given:
            await self._talk.command(command)

    async def start(self) -> None:
        """Begin the stroke; `InstrumentError` with the guard open, a trip, or while it moves."""
        await self._talk.command("START")

    async def retract(self) -> None:
        """Begin to draw the nail back; `InstrumentError` as `start`."""
        await self._talk.command("HOME")

    async def stop(self) -> None:
        """Stand where it is; read back."""
        await self._talk.command("STOP")
        if (found := await self.motion()) != "standing":
            raise self._talk.wrong("the nail does not stand", "RUN?", found, "stop it by hand")

    async def motion(self) -> Literal["standing", "stroke", "retracting"]:
        """What the nail does."""
        (text,) = await self._talk.values("RUN?", 1)
        if text not in MOTIONS:
            raise self._talk.wrong("the answer is no motion, 0 to 2", "RUN?", text)
        return MOTIONS[text]

    async def depth(self) -> Reading:
        """Depth of the tip in m by the encoder, with its accuracy."""
        return self._reading(await self._talk.number("POS?") * MM, "m", DEPTH)

    async def force(self) -> PressForce:
        """Force in N now and the largest of the stroke, with their accuracy."""
        now, largest = await self._numbers("FORCE?", 2)
        return PressForce(self._reading(now, "N", FORCE), self._reading(largest, "N", FORCE))

    async def contact(self) -> Reading | None:
        """Time in s, run time, at which the nail met the sample; None where it has not.

        The press tells how long ago that was, so its clock and the bench's need not agree.
        """
        met, _, ago = await self._numbers("CONTACT?", 3)
        if met not in (0.0, 1.0):
            raise self._talk.wrong("the answer is no state, 0 or 1", "CONTACT?", f"{met:g}")
        if met == 0.0:
            return None
        t, utc = clock.stamp()
        at = t - ago
        serial = self.identity.serial
        return Reading(at, "s", at, utc - ago, self.address, serial, CONTACT)

    async def guard_closed(self) -> bool:
        """Whether the guard door is closed and locked."""
        return await self._talk.is_on("DOOR?")

    async def trip(self) -> Literal["none", "guard", "force"]:
        """What has tripped the press."""
        (text,) = await self._talk.values("TRIP?", 1)
        if text not in TRIPS:
            raise self._talk.wrong("the answer is no trip, 0 to 2", "TRIP?", text)
        return TRIPS[text]

    async def clear_trip(self) -> None:
        """No trip latched, read back; `InstrumentError` where the guard is open."""
        await self._talk.command("CLEAR")
        if (found := await self.trip()) != "none":
            raise self._talk.wrong("a trip stands", "TRIP?", found, "remove its cause")

    async def _numbers(self, query: str, count: int) -> list[float]:
        texts = await self._talk.values(query, count)
        try:
            values = [float(text) for text in texts]
        except ValueError:
            values = [math.nan]
        if not all(math.isfinite(value) for value in values):
            raise self._talk.wrong("the answer has something that is no number", query, str(texts))
        return values


DRIVER = Nail1
