"""New Era NE-1000 syringe pump, basic mode of its RS-232 protocol (user manual #1200-01, 10.3).

19,200 baud, 8N1, as delivered; network address 0. A pump tells no serial number: `identity.serial`
is "", so a run with it counts as simulated. It counts what it has infused and withdrawn since both
were cleared; an interruption of its power is an alarm, after which volumes are not known until
`set_zero`. A stopped motor holds the plunger by its screw.

Numbers go over the line with four digits, which is the resolution of rates and volumes.
"""

from __future__ import annotations

import math
from typing import ClassVar

from drivers.codecs import new_era as codec
from drivers.instrument import Identified
from drivers.limits import BenchLimits, refuse_beyond, refuse_outside
from drivers.links.link import BytesLink
from drivers.links.settings import BytesSettings
from drivers.new_era._talk import Talk
from drivers.remedies import ANOTHER
from labctl import clock
from labctl.errors import UsageError
from labctl.evidence import Accuracy, Identity, Reading

ADDRESS = 0
"""Network address of the pump as delivered."""

SMALLEST_SYRINGE, LARGEST_SYRINGE = 0.1e-3, 50e-3
"""Inner diameters in m that the pump takes (manual, `DIA`)."""

SLOWEST, FASTEST = 1.17e-8, 8.4e-4
"""Speeds of the plunger in m/s: 0.73 uL/h from a 1 mL syringe, 1,699 mL/h from one of 60 mL
(manual, table of syringe diameters)."""

LEAST = 1e-12
"""Smallest volume in m**3 that can be asked for: 0.001 uL."""

MOVING = (codec.INFUSING, codec.WITHDRAWING, codec.PURGING)
STOPS = 3
"""A first STP pauses a program, the next one stops it."""

SHEET = "NE-1000 specifications, remembered: dispensing accuracy +-1 %; four digits shown"
ACCURACY = Accuracy("volume", 60e-6, "m**3", 0.01, 1e-12, SHEET)


class NewEraNE1000(Identified):
    """An NE-1000 at the end of `link`; `limits` by the bench: `rate` in m**3/s, `volume` in
    m**3 (magnitude, from zero)."""

    what: ClassVar[str] = "syringe pump"
    settings: ClassVar[BytesSettings] = BytesSettings(timeout=1.0)
    limit_units: ClassVar[dict[str, str]] = {"rate": "m**3/s", "volume": "m**3"}
    accuracies: ClassVar[tuple[Accuracy, ...]] = (ACCURACY,)

    def __init__(self, link: BytesLink, limits: BenchLimits | None = None) -> None:
        self._talk = Talk(link, ADDRESS)
        super().__init__(self._talk, limits)

    async def identify(self) -> Identity:
        """Ask for model and firmware; `InstrumentError` for another model.

        The alarm of a pump that was just switched on is acknowledged; it is to be zeroed then.
        """
        await self._talk.exchange("")
        told = (await self._talk.ask("VER")).data
        model, mark, firmware = told.partition("V")
        if model != "NE1000" or not mark:
            raise self._talk.wrong("this is no NE-1000", "VER", told, ANOTHER)
        self._identity = Identity("New Era", "NE-1000", "", firmware)
        return self._identity

    async def resync(self) -> None:
        """Line in a known state; the pump goes on as it is."""
        await self._talk.resync()

    async def safe(self) -> None:
        """Pump stopped, read back; an alarm is acknowledged by it."""
        await self._talk.exchange("")
        await self.stop()

    async def close(self) -> None:
        """Give the line back; the pump goes on as it is."""
        await self._talk.close()

    async def home(self) -> None:
        """`UsageError`: the pump has no home switch, see `set_zero`."""
        raise self._lacks("a home switch", "put the plunger where it belongs and zero it")

    async def is_moving(self) -> bool:
        """Whether it infuses, withdraws or purges at this moment."""
        return await self._talk.status() in MOVING

    async def stop(self) -> None:
        """Standing still, read back."""
        for _ in range(STOPS):
            if await self._talk.status() == codec.STOPPED:
                return
            await self._talk.exchange("STP")
        status = await self._talk.status()
        if status != codec.STOPPED:
            raise self._talk.wrong("the pump does not stop", "STP", status, "switch it off")

    async def actuations(self) -> Reading:
        """`UsageError`: the pump does not count its movements (dimensionless)."""
        raise self._lacks("a counter of movements", "keep a record of the syringe's strokes")

    async def set_diameter(self, diameter: float) -> None:
        """Inner diameter of the syringe in m, read back; refused by the pump while it moves.

        The pump clears its volumes when the diameter changes.
        """
        self._outside("diameter", diameter, SMALLEST_SYRINGE, LARGEST_SYRINGE, "m", "DIA")
        if math.isclose(await self._diameter(), diameter, rel_tol=1e-3):
            return
        await self._set("DIA", codec.number(diameter * 1e3), "", diameter * 1e3)

    async def set_rate(self, rate: float) -> None:
        """Flow in m**3/s, read back; `LimitRefused` beyond what the plunger can do."""
        self._beyond("rate", rate, "m**3/s", "RAT")
        area = math.pi / 4 * (await self._diameter()) ** 2
        self._outside("rate", rate, SLOWEST * area, FASTEST * area, "m**3/s", "RAT")
        text, unit = codec.in_units(rate, codec.RATES)
        await self._set("RAT", text, unit, float(text), sent=unit)

    async def dispense_to(self, volume: float) -> None:
        """Move until `volume` in m**3 is dispensed since zero; returns when it has started.

        `LimitRefused` for a volume that the bench or four digits do not allow.
        """
        self._beyond("volume", volume, "m**3", "VOL")
        missing = volume - (await self.dispensed()).value
        if abs(missing) < LEAST:
            return
        most = codec.LARGEST * codec.LITRES["ML"]
        self._outside("volume", abs(missing), LEAST, most, "m**3", "VOL")
        text, unit = codec.in_units(abs(missing), codec.LITRES)
        await self._talk.ask(f"VOL{unit}")
        await self._set("VOL", text, unit, float(text))
        direction = "INF" if missing > 0 else "WDR"
        await self._talk.ask(f"DIR{direction}")
        await self._talk.ask("RUN")

    async def dispensed(self) -> Reading:
        """Volume in m**3 infused less withdrawn since `set_zero`.

        `InstrumentError` where the pump was reset since, or an answer that may have told so was
        lost: its volumes are not known.
        """
        infused, withdrawn = await self._talk.volumes()
        if self._talk.lost:
            raise self._talk.wrong(
                "the pump was reset, or may have been: what it has dispensed is not known",
                "DIS",
                str((infused, withdrawn)),
                "see where the plunger stands, then zero it",
            )
        t, utc = clock.stamp()
        serial = self.identity.serial
        return Reading(infused - withdrawn, "m**3", t, utc, self.address, serial, ACCURACY)

    async def set_zero(self) -> None:
        """The present plunger position counts as 0 m**3, read back."""
        await self._talk.ask("CLDINF")
        await self._talk.ask("CLDWDR")
        volumes = await self._talk.volumes()
        if any(volumes):
            raise self._talk.wrong("the volumes are not cleared", "DIS", str(volumes))
        self._talk.lost = False

    async def _diameter(self) -> float:
        """Inner diameter in m as the pump has it."""
        return (await self._talk.quantity("DIA"))[0] * 1e-3

    async def _set(self, word: str, text: str, unit: str, wanted: float, *, sent: str = "") -> None:
        """Set `word` to `text`, the unit `sent` after it, and read it back in `unit`."""
        await self._talk.ask(f"{word}{text}{sent}")
        value, told = await self._talk.quantity(word)
        if not math.isclose(value, wanted, rel_tol=1e-3) or told != unit:
            raise self._talk.wrong(f"{word} is not {text} {unit}", word, f"{value:g}{told}")

    def _beyond(self, name: str, value: float, unit: str, command: str) -> None:
        refuse_beyond(self._limits, name, value, unit, address=self.address, command=command)

    def _outside(
        self, what: str, value: float, low: float, high: float, unit: str, command: str
    ) -> None:
        refuse_outside(what, value, low, high, unit, address=self.address, command=command)

    def _lacks(self, what: str, remedy: str) -> UsageError:
        return UsageError(f"an NE-1000 has not {what}", address=self.address, remedy=remedy)


DRIVER = NewEraNE1000
