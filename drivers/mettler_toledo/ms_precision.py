"""METTLER TOLEDO precision balances of the MS-S line with MT-SICS.

They speak as the analytical ones do (`mt_sics`), and have data sheets of their own: brochure of the
MS-S precision balances, table "Technical data", remembered.
"""

from __future__ import annotations

from typing import ClassVar

from drivers.codecs import sics
from drivers.mettler_toledo.mt_sics import MettlerToledoMtSics
from labctl import clock
from labctl.evidence import Accuracy, Identity, Reading

SOURCE = "remembered: METTLER TOLEDO brochure of MS-S precision balances"


def _line(capacity: float, step: float, noise: float, linearity: float, model: str) -> Accuracy:
    """A line: `capacity` in kg; `step`, repeatability `noise` and `linearity` in mg."""
    mg = 1e-6
    limit, source = linearity * mg, f"{SOURCE}: {model}"
    return Accuracy("mass", capacity, "kg", 9e-6, limit, source, step * mg, noise * mg)


SHEETS = {
    "MS1602S": _line(1.62, 10.0, 10.0, 20.0, "MS1602S"),
    "MS4002S": _line(4.2, 10.0, 10.0, 20.0, "MS4002S"),
}


class MettlerToledoMs(MettlerToledoMtSics):
    """A precision balance at the end of `link`; the bench has no limits for it.

    It must be one whose data sheet stands in `SHEETS`.
    """

    accuracies: ClassVar[tuple[Accuracy, ...]] = tuple(SHEETS.values())

    async def identify(self) -> Identity:
        """Ask who it is; `InstrumentError` where its data sheet is not known."""
        data = await self._talk.text("I2")
        model, _, _ = data.partition(" ")
        if model not in SHEETS:
            known = ", ".join(SHEETS)
            raise self._talk.wrong(
                f"{model or 'it'} is no precision balance whose data sheet is known",
                "I2",
                data,
                f"choose the driver by the balance in the bench file (this one: {known})",
            )
        software, _, _ = (await self._talk.text("I3")).partition(" ")
        self._identity = Identity("METTLER TOLEDO", model, await self._talk.number(), software)
        return self._identity

    def _reading(self, found: sics.Weight) -> Reading:
        if self._talk.fell_silent:
            raise self._talk.wrong(
                "the balance did not answer for a time: its zero and tare may be gone",
                "SI",
                f"{found.mass:g} kg",
                "empty the pan and zero the balance, then tare again",
            )
        own = self.identity
        t, utc = clock.stamp()
        return Reading(found.mass, "kg", t, utc, self.address, own.serial, SHEETS[own.model])


DRIVER = MettlerToledoMs
