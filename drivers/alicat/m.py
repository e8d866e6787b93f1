"""Alicat M mass flow meters (serial primer of 2023; firmware 10v05 or later).

A totalizer is an option with commands of its own, which this driver has not. A zero of the flow
(`AV`) is left to the keys: with gas flowing it would be wrong, and the meter cannot know that.
"""

from __future__ import annotations

import math
import re
from typing import ClassVar

from drivers.alicat._device import ACCURACIES, MASS_FLOW, SETTINGS, Device
from drivers.alicat._reference import ATMOSPHERE, DENSITIES, normal_density
from drivers.instrument import Identified
from drivers.limits import BenchLimits, refuse_outside
from drivers.links.link import MessageLink
from drivers.links.settings import MessageSettings
from drivers.roles.flow_meter import VolumeFlow
from labctl.errors import InstrumentError
from labctl.evidence import Accuracy, Identity, Reading

MODELS = re.compile(r"M[SBW]?-")
LONGEST = 9.999
"""Longest averaging time in s (remembered: primer, flow average in whole ms up to 9999)."""

STATES = frozenset({"HLD", "LCK", "GTA"})
"""Flags that say how the instrument is set; none is a fault."""


class AlicatM(Identified):
    """A meter with the letter A at the end of `link`; the bench has no limits for it."""

    what: ClassVar[str] = "flow meter"
    settings: ClassVar[MessageSettings] = SETTINGS
    limit_units: ClassVar[dict[str, str]] = {}
    accuracies: ClassVar[tuple[Accuracy, ...]] = ACCURACIES

    def __init__(self, link: MessageLink, limits: BenchLimits | None = None) -> None:
        self._device = Device(link, MODELS, controller=False)
        super().__init__(self._device, limits)

    async def identify(self) -> Identity:
        """Ask who it is and read units and range; `InstrumentError` where it is no M."""
        self._identity = await self._device.identify()
        return self._identity

    async def resync(self) -> None:
        """A stream ended, line in a known state."""
        await self._device.resync()

    async def safe(self) -> None:
        """The meter drives nothing; it is polled, to show that it answers."""
        await self._device.poll()

    async def close(self) -> None:
        """Give the line back; the meter goes on."""
        await self._device.close()

    async def mass_flow(self) -> Reading:
        """Mass flow in kg/s, by the density of the meter's gas.

        `InstrumentError` for a gas whose density is not known.
        """
        flow = (await self.volume_flow()).flow
        gas = await self._device.gas()
        if gas not in DENSITIES:
            known = f"measure the volume flow; known are {', '.join(DENSITIES)}"
            raise self._device.wrong(f"the density of {gas} is not known", "GS", gas, known)
        density, line = normal_density(gas), self._device.line
        limits = Accuracy(
            "mass_flow",
            line.range * density,
            "kg/s",
            line.gain,
            line.offset * density,
            line.source,
        )
        return self._device.reading(flow.value * density, "kg/s", self.identity, limits)

    async def volume_flow(self) -> VolumeFlow:
        """Volume flow in m**3/s at 0 degC and 101325 Pa; `InstrumentError` on a fault."""
        frame = await self._device.sound()
        return VolumeFlow(self._device.flow(frame.mass, self.identity), False, 0.0, ATMOSPHERE)

    async def density(self) -> Reading:
        """`InstrumentError`: no density in kg/m**3 is measured."""
        raise self._lacks("a density that it measures")

    async def temperature(self) -> Reading:
        """Temperature of the gas in degC."""
        return self._device.temperature(await self._device.sound(), self.identity)

    async def total_mass(self) -> Reading:
        """`InstrumentError`: in kg only a totalizer could tell it, which is an option."""
        raise self._lacks("a totalizer")

    async def total_volume(self) -> Reading:
        """`InstrumentError`: in m**3 only a totalizer could tell it, which is an option."""
        raise self._lacks("a totalizer")

    async def set_damping(self, seconds: float) -> None:
        """Averaging time of the flow: the shortest of whole ms not below `seconds` in s."""
        address, command = self.address, f"DCA {MASS_FLOW}"
        refuse_outside(
            "averaging time", seconds, 0.0, LONGEST, "s", address=address, command=command
        )
        wanted = str(max(1, math.ceil(round(seconds * 1e3, 6))))
        found = await self._device.ask(f"{command} {wanted}", lambda line: line.split())
        if found[-1:] != [wanted]:
            raise self._device.wrong("the time was not taken", command, " ".join(found))

    async def faults(self) -> tuple[str, ...]:
        """Faults and warnings that stand, in the meter's words (`MOV`, `TOV`); no quantity."""
        return tuple(sorted((await self._device.poll()).flags - STATES))

    def _lacks(self, what: str) -> InstrumentError:
        return self._device.wrong(
            f"the meter has not {what}", "", "", "ask another instrument for it"
        )


DRIVER = AlicatM
