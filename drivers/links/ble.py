"""Attribute link over Bluetooth Low Energy (bleak): by address, or by the name a device sends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import TypeVar

from bleak import BleakClient, BleakScanner
from bleak.backends.characteristic import BleakGATTCharacteristic
from bleak.exc import BleakCharacteristicNotFoundError, BleakError, BleakGATTProtocolError

from drivers.links.address import Address
from drivers.links.doors import Doors
from drivers.links.line import Line
from drivers.links.retry import again
from drivers.links.settings import AttributeSettings
from labctl.errors import InstrumentError, LinkError

T = TypeVar("T")
Find = Callable[[Callable[[BleakClient], None]], Awaitable[BleakClient]]
"""Makes a client that is not connected yet and calls back when it is disconnected."""

NAME = "name/"
"""Begins a target that is the name a device sends, not its address."""

REMEDY = "check that Bluetooth is on, the device is near, charged and connected to nobody else"


class BleLink:
    """An `AttributeLink` on one device; make it with `open_ble`.

    `find` is called for every connection: a device that comes back may need a new scan.
    """

    def __init__(self, address: str, find: Find, settings: AttributeSettings) -> None:
        self._address = address
        self._find = find
        self._settings = settings
        self._client: BleakClient | None = None
        self._lost = asyncio.Event()
        self._line = Line(address, self._recover)

    @property
    def address(self) -> str:
        """Where this link goes, `ble://` and the device."""
        return self._address

    async def read(self, characteristic: str) -> bytes:
        """The value of `characteristic`, a UUID of 4 or 36 characters."""

        async def work(client: BleakClient) -> bytes:
            return bytes(await client.read_gatt_char(characteristic))

        return await self._transact(f"read {characteristic}", work)

    async def write(self, characteristic: str, data: bytes, *, response: bool = True) -> None:
        """Write `data`; with `response` the device says that it has taken it."""
        await self._transact(
            f"write {characteristic} = {data.hex(' ')}",
            lambda client: client.write_gatt_char(characteristic, data, response=response),
        )

    @asynccontextmanager
    async def notifications(self, characteristic: str) -> AsyncGenerator[AsyncIterator[bytes]]:
        """Values as the device sends them, subscribed inside the `async with` block."""
        came: asyncio.Queue[bytes] = asyncio.Queue()

        def take(_: BleakGATTCharacteristic, data: bytearray) -> None:
            came.put_nowait(bytes(data))

        async def start(client: BleakClient) -> None:
            await client.start_notify(characteristic, take)

        async def stop(client: BleakClient) -> None:
            if client.is_connected:
                await client.stop_notify(characteristic)

        await self._transact(f"notify {characteristic}", start)
        lost = self._lost
        try:
            yield self._values(f"notify {characteristic}", came, lost)
        finally:
            if not lost.is_set():
                with suppress(LinkError):  # a device that goes away needs no unsubscribing
                    await self._transact(f"end notify {characteristic}", stop)

    async def resync(self) -> None:
        """Connect again where the connection is lost."""
        await self._line.resync()

    async def close(self) -> None:
        """Disconnect. Closing twice is no error."""
        await self._line.close(self._disconnect)

    async def connect(self) -> None:
        """Find the device and connect; `LinkError` where it is not there."""
        try:
            async with asyncio.timeout(self._settings.connect_timeout):
                self._lost = lost = asyncio.Event()
                client = await self._find(lambda _: lost.set())
                await client.connect()
        except (BleakError, OSError, TimeoutError, EOFError) as error:
            raise self._failure("cannot be opened", "", error) from error
        self._client = client

    async def _transact(self, command: str, work: Callable[[BleakClient], Awaitable[T]]) -> T:
        answer = await self._line.transact(lambda: self._exchange(command, work))
        if isinstance(answer, InstrumentError):
            raise answer
        return answer

    async def _exchange(
        self, command: str, work: Callable[[BleakClient], Awaitable[T]]
    ) -> T | InstrumentError:
        """What the device answers; a refusal is an answer too, and leaves the line as it is."""
        await self._recover()
        client = self._client
        try:
            if client is None:
                raise BleakError("the device is not connected")
            async with asyncio.timeout(self._settings.timeout):
                return await work(client)
        except (BleakCharacteristicNotFoundError, BleakGATTProtocolError) as error:
            return InstrumentError(
                f"refused ({error})",
                address=self._address,
                command=command,
                answer=str(error),
                remedy="check which characteristics the device has and what they allow",
            )
        except (BleakError, OSError, TimeoutError, EOFError) as error:
            raise self._failure("failed", command, error) from error

    async def _values(
        self, command: str, came: asyncio.Queue[bytes], lost: asyncio.Event
    ) -> AsyncIterator[bytes]:
        ended = asyncio.ensure_future(lost.wait())
        try:
            while True:
                value = asyncio.ensure_future(came.get())
                try:
                    await asyncio.wait({value, ended}, return_when=asyncio.FIRST_COMPLETED)
                    if not value.done():
                        raise self._failure("failed", command, "the device disconnected")
                    yield value.result()
                finally:
                    value.cancel()
        finally:
            ended.cancel()

    async def _recover(self) -> None:
        if self._client is not None and self._client.is_connected:
            return
        await again(self.connect, self._settings.backoff)

    async def _disconnect(self) -> None:
        if self._client is not None:
            with suppress(BleakError, OSError, EOFError):  # it is gone either way
                await self._client.disconnect()

    def _failure(self, what: str, command: str, why: Exception | str) -> LinkError:
        seconds = self._settings.timeout if command else self._settings.connect_timeout
        text = f"no answer within {seconds:g} s" if isinstance(why, TimeoutError) else str(why)
        return LinkError(f"{what} ({text})", address=self._address, command=command, remedy=REMEDY)


async def open_ble(parts: Address, doors: Doors, settings: AttributeSettings) -> BleLink:
    """Connect to the device that `parts` names; `LinkError` where it is not there."""
    name = parts.target.removeprefix(NAME)
    by_name = name != parts.target

    async def find(gone: Callable[[BleakClient], None]) -> BleakClient:
        seconds, backend = settings.connect_timeout, doors.bleak_backend
        if backend is not None and not by_name:
            return BleakClient(name, gone, timeout=seconds, backend=backend)
        scan = BleakScanner.find_device_by_name if by_name else BleakScanner.find_device_by_address
        if doors.bleak_scanner is None:
            device = await scan(name, timeout=seconds)
        else:
            device = await scan(name, timeout=seconds, backend=doors.bleak_scanner)
        if device is None:
            raise BleakError(f"no such device seen in {seconds:g} s")
        return BleakClient(device, gone, timeout=seconds, backend=backend)

    link = BleLink(parts.text, find, settings)
    await link.connect()
    return link
