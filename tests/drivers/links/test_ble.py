"""Bluetooth link at bleak's own door, in virtual time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, ClassVar, TypeVar
from uuid import UUID

import pytest
from bleak.backends.characteristic import BleakGATTCharacteristic
from bleak.backends.client import BaseBleakClient
from bleak.backends.service import BleakGATTService, BleakGATTServiceCollection
from bleak.exc import BleakDeviceNotFoundError, BleakGATTProtocolError, BleakGATTProtocolErrorCode

from drivers.links.doors import Doors
from drivers.links.link import AttributeLink
from drivers.links.opening import open_attribute_link, open_link
from drivers.links.settings import AttributeSettings, Backoff
from labctl import clock
from labctl.errors import InstrumentError, LinkError

T = TypeVar("T")
TEMPERATURE = "00002a6e-0000-1000-8000-00805f9b34fb"
SETTINGS = AttributeSettings(timeout=1.0, backoff=Backoff(tries=3, first=0.5))


class Device(BaseBleakClient):
    """A thermometer behind bleak's door; the class holds what outlives a connection."""

    here: ClassVar[bool] = True
    value: ClassVar[bytes] = b"\x29\x09"
    delay: ClassVar[float] = 0.01
    refuses: ClassVar[bool] = False
    reads: ClassVar[int] = 0
    connected: ClassVar[list[Device]] = []

    def __init__(self, address_or_ble_device: Any, **options: Any) -> None:
        super().__init__(address_or_ble_device, **options)
        self._on = False
        self.told: Callable[[bytearray], None] | None = None

    @property
    def name(self) -> str:
        return "Thermometer"

    @property
    def mtu_size(self) -> int:
        return 23

    @property
    def is_connected(self) -> bool:
        return self._on

    async def connect(self, pair: bool, **kwargs: Any) -> None:
        await clock.sleep(0.1)
        if not Device.here:
            raise BleakDeviceNotFoundError(self.address)
        self.services = _services()
        self._on = True
        Device.connected.append(self)

    async def disconnect(self) -> None:
        self.drop()

    def drop(self) -> None:
        """The connection is gone."""
        if self._on and self._disconnected_callback is not None:
            self._disconnected_callback()
        self._on = False

    async def pair(self, *args: Any, **kwargs: Any) -> None: ...

    async def unpair(self) -> None: ...

    async def read_gatt_char(self, characteristic: Any, **kwargs: Any) -> bytearray:
        Device.reads += 1
        if Device.refuses:
            raise BleakGATTProtocolError(BleakGATTProtocolErrorCode.READ_NOT_PERMITTED)
        await clock.sleep(Device.delay)
        return bytearray(Device.value)

    async def read_gatt_descriptor(self, descriptor: Any, **kwargs: Any) -> bytearray:
        raise NotImplementedError

    async def write_gatt_char(self, characteristic: Any, data: Any, response: bool) -> None:
        await clock.sleep(Device.delay)
        Device.value = bytes(data)

    async def write_gatt_descriptor(self, descriptor: Any, data: Any) -> None:
        raise NotImplementedError

    async def start_notify(self, characteristic: Any, callback: Any, **kwargs: Any) -> None:
        self.told = callback

    async def stop_notify(self, characteristic: Any) -> None:
        self.told = None


def _services() -> BleakGATTServiceCollection:
    services = BleakGATTServiceCollection()
    service = BleakGATTService(None, 1, "0000181a-0000-1000-8000-00805f9b34fb")
    services.add_service(service)
    properties: Any = ["read", "write", "notify"]
    services.add_characteristic(
        BleakGATTCharacteristic(None, 2, str(UUID(TEMPERATURE)), properties, lambda: 20, service)
    )
    return services


@pytest.fixture(autouse=True)
def _fresh() -> None:
    Device.here, Device.value, Device.delay, Device.refuses = True, b"\x29\x09", 0.01, False
    Device.reads = 0
    Device.connected.clear()


def run(body: Callable[[AttributeLink], Awaitable[T]]) -> T:
    async def main() -> T:
        doors = Doors(simulated=True, bleak_backend=Device)
        link = await open_attribute_link("ble://SIM-1", doors, SETTINGS)
        try:
            return await body(link)
        finally:
            await link.close()
            await link.close()

    return clock.run(main(), virtual=True)


def test_reading_and_writing() -> None:
    async def body(link: AttributeLink) -> None:
        assert await link.read("2a6e") == b"\x29\x09"
        await link.write(TEMPERATURE, b"\x01")
        assert await asyncio.gather(*(link.read("2a6e") for _ in range(3))) == [b"\x01"] * 3

    run(body)
    assert len(Device.connected) == 1


def test_a_device_that_does_not_answer() -> None:
    async def body(link: AttributeLink) -> None:
        Device.delay = 60.0
        with pytest.raises(LinkError, match="no answer within 1 s") as caught:
            await link.read("2a6e")
        assert caught.value.command == "read 2a6e"
        assert clock.now() < 2.0

    run(body)


def test_a_refusal_is_the_instruments_and_leaves_the_line() -> None:
    async def body(link: AttributeLink) -> None:
        Device.refuses = True
        with pytest.raises(InstrumentError, match="refused"):
            await link.read("2a6e")
        with pytest.raises(InstrumentError):
            await link.read("2a19")

    run(body)
    assert len(Device.connected) == 1


def test_a_lost_connection_is_made_again() -> None:
    async def body(link: AttributeLink) -> None:
        Device.connected[0].drop()
        assert await link.read("2a6e") == b"\x29\x09"

    run(body)
    assert len(Device.connected) == 2


def test_reading_is_tried_again_while_the_device_is_away() -> None:
    async def main() -> bytes:
        doors = Doors(simulated=True, bleak_backend=Device)
        link = await open_link("ble://SIM-1", doors, SETTINGS)
        Device.here = False
        Device.connected[0].drop()
        asyncio.get_running_loop().call_later(1.0, _come_back)
        answer = await link.read("2a6e")  # type: ignore[union-attr,call-arg,arg-type]
        await link.close()
        return answer  # type: ignore[return-value]

    assert clock.run(main(), virtual=True) == b"\x29\x09"


def _come_back() -> None:
    Device.here = True


def test_notifications_until_the_connection_is_lost() -> None:
    async def body(link: AttributeLink) -> list[bytes]:
        came = []
        with pytest.raises(LinkError, match="disconnected"):
            async with link.notifications("2a6e") as values:
                told = Device.connected[0].told
                assert told is not None
                told(bytearray(b"1"))
                told(bytearray(b"2"))
                asyncio.get_running_loop().call_later(5.0, Device.connected[0].drop)
                async for value in values:
                    came.append(value)
        return came

    assert run(body) == [b"1", b"2"]


def test_notifications_end_with_their_block() -> None:
    async def body(link: AttributeLink) -> None:
        async with link.notifications("2a6e"):
            assert Device.connected[0].told is not None
        assert Device.connected[0].told is None

    run(body)


def test_nobody_there() -> None:
    Device.here = False
    with pytest.raises(LinkError, match="cannot be opened") as caught:
        run(lambda link: link.read("2a6e"))
    assert "Bluetooth" in caught.value.remedy
