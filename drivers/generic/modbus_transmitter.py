"""Any transmitter that gives values in Modbus registers, by a map of its own (RTU and TCP).

The option `map` of the bench names the TOML file (`map = {file = "name.toml"}`, beside the bench
file); `drivers.generic.modbus_map` says what stands in it. Values that the map calls not available,
and those outside `low` to `high`, are `InstrumentError`. The driver writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from drivers.generic.modbus_map import IDENTITY, SERIAL, SourceEntry, Transmitter, load_map
from drivers.generic.read_only import ReadOnlyChannels
from drivers.limits import BenchLimits
from drivers.links.link import RegisterLink
from drivers.links.registers import Value
from drivers.links.settings import RegisterSettings
from drivers.options import Configured, Options
from labctl.errors import InstrumentError
from labctl.evidence import Accuracy, Identity, Reading

MAP_MISSING = 'write options = {map = {file = "<name>.toml"}} in the bench file'


class ModbusTransmitter(ReadOnlyChannels):
    """A transmitter at the end of `link`; the bench has no limits for what only reads."""

    what: ClassVar[str] = "transmitter"
    settings: ClassVar[RegisterSettings] = RegisterSettings(timeout=1.0)
    limit_units: ClassVar[dict[str, str]] = {}
    accuracies: ClassVar[tuple[Accuracy, ...]] = ()

    def __init__(
        self,
        link: RegisterLink,
        limits: BenchLimits | None = None,
        *,
        transmitter: Transmitter | None = None,
    ) -> None:
        super().__init__(link, limits)
        self._link = link
        self._map = transmitter

    @classmethod
    def configured(cls, options: Mapping[str, Any]) -> Configured:
        """The driver with the `map` of the bench file; ValueError names the map's line."""
        path = Options(options, ("map",)).text("map", "")
        if not path:
            raise ValueError("map is missing: " + MAP_MISSING)
        make = partial(cls, transmitter=load_map(Path(path)))
        return Configured(cls.settings, cls.limit_units, make)

    async def identify(self) -> Identity:
        """Who it is by the map; `InstrumentError` for another model, or without a map.

        A map that does not say how to know the model is believed, but every channel is read.
        """
        found = await self._known()
        entry = found.entry
        if entry.identity is not None:
            await self._check_model(entry.identity)
        else:
            await found.fields.read(self._link, list(entry.channels))
        serial = "" if entry.serial is None else await self._told(SERIAL, entry.serial)
        self._identity = Identity(entry.maker, entry.model, serial)
        return self._identity

    async def resync(self) -> None:
        """Line in a known state."""
        await self._link.resync()

    async def safe(self) -> None:
        """This driver drives nothing, so there is no state to reach; the channels are read."""
        found = await self._known()
        await found.fields.read(self._link, list(found.entry.channels))

    async def channels(self) -> Mapping[str, str]:
        """Name of each channel of the map and its unit."""
        found = await self._known()
        return {name: entry.unit for name, entry in found.entry.channels.items()}

    async def read(self, channel: str) -> Reading:
        """The value of `channel`, in the unit of the map."""
        found = await self._known()
        if channel not in found.entry.channels:
            known = ", ".join(found.entry.channels)
            raise self._wrong(f"the map has no channel {channel!r}", "read", known, "name one")
        value = (await found.fields.read(self._link, [channel]))[channel]
        return self._checked(found, channel, value)

    async def values(self) -> Mapping[str, Reading | None]:
        """Every channel, neighbours read at once, each in its unit; None: not available."""
        found = await self._known()
        values = await found.fields.read(self._link, list(found.entry.channels))
        return {
            name: None if value is None else self._checked(found, name, value)
            for name, value in values.items()
        }

    async def _known(self) -> Transmitter:
        """The map; without one `InstrumentError` with what the instrument says of itself."""
        if self._map is None:
            told = await self._link.read_identification()
            raise self._wrong(
                "no map names its registers",
                "read identification",
                ", ".join(told.values()),
                MAP_MISSING,
            )
        return self._map

    async def _check_model(self, entry: SourceEntry) -> None:
        if entry.object is not None:
            told = await self._told(IDENTITY, SourceEntry(object=entry.object))
            if not re.search(entry.matches, told):
                raise self._another(f"read identification {entry.object}", told, entry.matches)
        if entry.register is not None:
            told = await self._told(IDENTITY, SourceEntry(register=entry.register))
            if told != str(entry.equals):
                raise self._another(f"read {entry.register}", told, str(entry.equals))

    async def _told(self, name: str, entry: SourceEntry) -> str:
        """What stands where `entry` says, as text."""
        found = await self._known()
        if entry.object is not None:
            objects = await self._link.read_identification(entry.object)
            return objects.get(entry.object, "")
        value = (await found.fields.read(self._link, [name]))[name]
        return "" if value is None else str(value)

    def _checked(self, found: Transmitter, channel: str, value: Value) -> Reading:
        entry = found.entry.channels[channel]
        command = f"read {entry.register} ({channel})"
        if not isinstance(value, int | float):
            raise self._wrong(f"{channel} is not available", command, str(value))
        low = -float("inf") if entry.low is None else entry.low
        high = float("inf") if entry.high is None else entry.high
        if not low <= value <= high:
            raise self._wrong(
                f"{channel} is outside its range",
                command,
                f"{value:g} {entry.unit}",
                f"the map allows {low:g} to {high:g}; check the sensor",
            )
        return self._reading(float(value), entry.unit, found.lines.get(channel))

    def _another(self, command: str, told: str, wanted: str) -> InstrumentError:
        entry = (self._map.entry.maker, self._map.entry.model) if self._map is not None else ()
        return self._wrong(
            f"this is no {' '.join(entry)}",
            command,
            told,
            f"the map expects {wanted}: correct the address or the map in the bench file",
        )


DRIVER = ModbusTransmitter
