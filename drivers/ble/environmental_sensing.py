"""Any Bluetooth Low Energy device with the Environmental Sensing Service (0x181A, version 1.0).

It reads temperature, humidity, pressure and carbon dioxide where the device has them, and who it is
from the Device Information Service (0x180A). A device without serial number there has
`identity.serial` "", so a run with it counts as simulated.

The service allows a device to state its uncertainty in a descriptor; few do, and none is read here.
The accuracies below are assumed, for a sensor without a data sheet: the bench states a better one.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import ClassVar, Literal

from drivers.codecs import gatt
from drivers.instrument import Identified
from drivers.limits import BenchLimits, refuse_outside
from drivers.links.link import AttributeLink
from drivers.links.settings import AttributeSettings
from drivers.remedies import LOOK
from labctl import clock
from labctl.errors import InstrumentError, UsageError
from labctl.evidence import Accuracy, Identity, Reading

Quantity = Literal["temperature", "humidity", "pressure", "fraction"]

QUANTITIES: dict[Quantity, str] = {
    "temperature": "2A6E",
    "humidity": "2A6F",
    "pressure": "2A6D",
    "fraction": "2B8C",
}
BATTERY_LEVEL = "2A19"
MAKER, MODEL, SERIAL, FIRMWARE = "2A29", "2A24", "2A25", "2A26"

ASSUMED = "assumed: the Environmental Sensing Service 1.0 demands no accuracy of a device"
LINES: dict[Quantity, Accuracy] = {
    "temperature": Accuracy("temperature", 327.67, "degC", 0.0, 1.0, ASSUMED, 0.01),
    "humidity": Accuracy("humidity", 100.0, "%", 0.0, 5.0, ASSUMED, 0.01),
    "pressure": Accuracy("pressure", 429496729.5, "Pa", 0.0, 200.0, ASSUMED, 0.1),
    "fraction": Accuracy("fraction", 65533e-6, "mol/mol", 0.1, 100e-6, ASSUMED, 1e-6),
}


class EnvironmentalSensing(Identified):
    """A device at the end of `link`; the bench has no limits for what only reads."""

    what: ClassVar[str] = "sensor"
    settings: ClassVar[AttributeSettings] = AttributeSettings()
    limit_units: ClassVar[dict[str, str]] = {}
    accuracies: ClassVar[tuple[Accuracy, ...]] = tuple(LINES.values())

    def __init__(self, link: AttributeLink, limits: BenchLimits | None = None) -> None:
        self._link = link
        super().__init__(self._link, limits)

    async def identify(self) -> Identity:
        """Read who it is; `InstrumentError` where it has none of the service's quantities here."""
        await self._some_quantity()
        maker, model = await self._text(MAKER), await self._text(MODEL)
        serial, firmware = await self._text(SERIAL), await self._text(FIRMWARE)
        self._identity = Identity(
            maker or "unknown", model or "Environmental Sensing", serial, firmware
        )
        return self._identity

    async def resync(self) -> None:
        """Connected; the device answers with one of its quantities."""
        await self._link.resync()
        await self._some_quantity()

    async def safe(self) -> None:
        """The sensor drives nothing, so there is no state to reach; one quantity is read."""
        await self._some_quantity()

    async def close(self) -> None:
        """Disconnect; the sensor goes on."""
        await self._link.close()

    async def gas(self) -> str:
        """Carbon dioxide."""
        return "CO2"

    async def fraction(self) -> Reading:
        """Mole fraction of CO2 in mol/mol."""
        return await self._read("fraction")

    async def temperature(self) -> Reading:
        """Temperature in degC."""
        return await self._read("temperature")

    async def humidity(self) -> Reading:
        """Relative humidity in %."""
        return await self._read("humidity")

    async def pressure(self) -> Reading:
        """Air pressure in Pa."""
        return await self._read("pressure")

    async def battery_level(self) -> Reading:
        """Charge of the sensor's own battery in % as it estimates it."""
        value = self._value(BATTERY_LEVEL, await self._link.read(BATTERY_LEVEL))
        return self._reading(value, "%", None)

    @asynccontextmanager
    async def follow(self, quantity: Quantity) -> AsyncGenerator[AsyncIterator[Reading]]:
        """Readings of `quantity` as the device sends them (degC, %, Pa, mol/mol).

        Subscribed inside the `async with` block; the iterator raises `LinkError` where the
        connection is lost, `InstrumentError` for a value that is not known.
        """
        async with self._link.notifications(QUANTITIES[quantity]) as values:
            yield self._readings(quantity, values)

    async def warm_up_left(self) -> Reading:
        """0 s: a device of this service says that a value is not known while it warms up."""
        await self._some_quantity()
        return self._reading(0.0, "s", None)

    async def set_range(self, fraction: float) -> None:
        """Its one range holds a `fraction` up to 65533e-6 mol/mol; `LimitRefused` beyond."""
        high = LINES["fraction"].range
        refuse_outside(
            "range", fraction, 0.0, high, "mol/mol", address=self.address, command="range"
        )

    async def zero(self) -> None:
        """`UsageError`: the service adjusts nothing."""
        raise self._lacks("a zero adjustment")

    async def span(self, fraction: float) -> None:
        """`UsageError`: the service adjusts nothing, to no `fraction` in mol/mol."""
        raise self._lacks("a span adjustment")

    async def automatic_baseline(self, on: bool) -> None:
        """`UsageError`: the service does not say whether the device corrects itself."""
        raise self._lacks("a baseline correction that can be switched")

    async def alarm(self) -> bool:
        """`UsageError`: the service has no alarm."""
        raise self._lacks("an alarm")

    async def _some_quantity(self) -> None:
        """The device has at least one quantity, whose value may be unknown at this moment."""
        refusals: list[str] = []
        for name, characteristic in QUANTITIES.items():
            try:
                data = await self._link.read(characteristic)
            except InstrumentError as error:
                refusals.append(f"{name}: {error.message}")
                continue
            self._decoded(characteristic, data)
            return
        raise self._wrong(
            "this is no Environmental Sensing device",
            "read " + ", ".join(QUANTITIES.values()),
            "; ".join(refusals),
            "correct the address or the driver in the bench file",
        )

    async def _text(self, characteristic: str) -> str:
        """A text of the Device Information Service, "" where the device has none."""
        try:
            data = await self._link.read(characteristic)
        except InstrumentError:
            return ""  # every text of that service is optional
        try:
            return gatt.text(data)
        except gatt.CorruptValue as error:
            raise self._wrong(str(error), f"read {characteristic}", data.hex(" ")) from error

    async def _read(self, quantity: Quantity) -> Reading:
        characteristic = QUANTITIES[quantity]
        value = self._value(characteristic, await self._link.read(characteristic))
        line = LINES[quantity]
        return self._reading(value, line.unit, line)

    async def _readings(
        self, quantity: Quantity, values: AsyncIterator[bytes]
    ) -> AsyncIterator[Reading]:
        line = LINES[quantity]
        async for data in values:
            yield self._reading(self._value(QUANTITIES[quantity], data), line.unit, line)

    def _value(self, characteristic: str, data: bytes) -> float:
        value = self._decoded(characteristic, data)
        if value is None:
            raise self._wrong(
                "the value is not known at this moment",
                f"read {characteristic}",
                data.hex(" "),
                "wait until the sensor is warm, or see whether it is broken",
            )
        return value

    def _decoded(self, characteristic: str, data: bytes) -> float | None:
        try:
            return gatt.decode(characteristic, data)
        except gatt.CorruptValue as error:
            raise self._wrong(str(error), f"read {characteristic}", data.hex(" ")) from error

    def _reading(self, value: float, unit: str, line: Accuracy | None) -> Reading:
        t, utc = clock.stamp()
        return Reading(value, unit, t, utc, self.address, self.identity.serial, line)

    def _wrong(self, what: str, command: str, answer: str, remedy: str = LOOK) -> InstrumentError:
        return InstrumentError(
            what, address=self.address, command=command, answer=answer, remedy=remedy
        )

    def _lacks(self, what: str) -> UsageError:
        return UsageError(
            f"the Environmental Sensing Service has not {what}",
            address=self.address,
            remedy="use the device's own buttons or its maker's program",
        )


DRIVER = EnvironmentalSensing
