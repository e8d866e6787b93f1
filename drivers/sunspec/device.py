"""Any SunSpec device, read by the numbers of its models (Modbus RTU and TCP).

A channel is `103.W`, or `714.Prt[1].DCA` for a point of a group, or `804#2.SoC` for the second
block of a model that the device has twice. Signs, names and scales are those of the models, units
are spelled as everywhere here (`degC`, `W*h`). The device is not written to: what a value does is
known to the driver of its kind alone (`sunspec.storage`).

Models that are not known here are passed over, unless the bench names the folder of their
definitions: `options = {models = {file = "<folder>"}}` with the SunSpec Alliance's model_<n>.json.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from drivers.generic.read_only import ReadOnlyChannels
from drivers.limits import BenchLimits
from drivers.links.link import RegisterLink
from drivers.links.settings import RegisterSettings
from drivers.options import Configured, Options
from drivers.sunspec._accuracy import GENERIC
from drivers.sunspec._definitions import Definition
from drivers.sunspec._files import read_folder
from drivers.sunspec._map import SunSpecMap
from drivers.sunspec._values import Value
from labctl.errors import UsageError
from labctl.evidence import Accuracy, Identity, Reading

_CHANNEL = re.compile(r"(\d+)(?:#(\d+))?\.(.+)", re.ASCII)


class SunSpecDevice(ReadOnlyChannels):
    """The device at the end of `link`; the bench has no limits for what only reads."""

    what: ClassVar[str] = "SunSpec device"
    instead: ClassVar[str] = "use the driver of the device's kind, such as sunspec.storage"
    settings: ClassVar[RegisterSettings] = RegisterSettings(timeout=2.0)
    limit_units: ClassVar[dict[str, str]] = {}
    accuracies: ClassVar[tuple[Accuracy, ...]] = tuple(GENERIC.values())

    def __init__(
        self,
        link: RegisterLink,
        limits: BenchLimits | None = None,
        *,
        models: Mapping[int, Definition] | None = None,
    ) -> None:
        super().__init__(link, limits)
        self._map = SunSpecMap(link, models)

    @classmethod
    def configured(cls, options: Mapping[str, Any]) -> Configured:
        """The driver with the definitions in the folder `models`; ValueError for a wrong one."""
        folder = Options(options, ("models",)).text("models", "")
        make = partial(cls, models=read_folder(Path(folder)) if folder else None)
        return Configured(cls.settings, cls.limit_units, make)

    async def identify(self) -> Identity:
        """Find its models and read model 1; `InstrumentError` where it is no SunSpec device."""
        await self._map.scan()
        self._identity = await self._map.identity()
        return self._identity

    async def resync(self) -> None:
        """Line in a known state, models found again."""
        await self._map.link.resync()
        await self._map.scan()

    async def safe(self) -> None:
        """This driver drives nothing, so there is no state to reach; model 1 is read."""
        await self._map.scan()
        await self._map.identity()

    async def models(self) -> tuple[int, ...]:
        """Numbers of the device's models, in its order; one that it has twice stands twice."""
        return tuple(block.number for block in self._map.blocks)

    async def values(self, model: int, which: int = 1) -> Mapping[str, Value]:
        """Every point of block `which` of `model` in its unit; None where not implemented."""
        values = await self._map.values(model, which)
        return {name: values.value(name) for name in values.names()}

    async def channels(self) -> Mapping[str, str]:
        """Name of each number that the device implements, and its unit."""
        found: dict[str, str] = {}
        seen: Counter[int] = Counter()
        for number in [one.number for one in self._map.blocks if self._map.knows(one.number)]:
            seen[number] += 1
            values = await self._map.values(number, seen[number])
            which = f"#{seen[number]}" if self._map.count(number) > 1 else ""
            for name in values.names():
                if isinstance(values.value(name), int | float):
                    unit = values.places[name].point.unit or "dimensionless"
                    found[f"{number}{which}.{name}"] = unit
        return found

    async def read(self, channel: str) -> Reading:
        """The newest value of `channel` in its unit, read with its whole block.

        `InstrumentError` names a model that is not there and a point that is not implemented.
        """
        parts = _CHANNEL.fullmatch(channel)
        if parts is None:
            raise UsageError(
                f"{channel!r} is no channel", address=self.address, remedy="write 103.W or 804#2.V"
            )
        model, which, point = int(parts[1]), int(parts[2] or 1), parts[3]
        values = await self._map.values(model, which)
        return self._map.reading(values, point, self.identity.serial)


DRIVER = SunSpecDevice
