"""Peripherals at bleak's door: a backend for `BleakClient` and one for `BleakScanner`.

`BleakClient(address, backend=SimClient)` and `BleakScanner(backend=SimScanner)` find the
peripherals that `plug` has made known, by address. Every exchange takes a connection event's time,
advertisements come ten times a second while somebody scans: all are timers of the running loop.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, cast

from bleak.args import SizedBuffer
from bleak.assigned_numbers import CharacteristicPropertyName
from bleak.backends.characteristic import BleakGATTCharacteristic
from bleak.backends.client import BaseBleakClient, NotifyCallback
from bleak.backends.descriptor import BleakGATTDescriptor
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData, BaseBleakScanner
from bleak.backends.service import BleakGATTService, BleakGATTServiceCollection
from bleak.exc import BleakDeviceNotFoundError, BleakError, BleakGATTProtocolError

from labctl import clock
from sim_backends.emulators.ble.attributes import AttError, Peripheral, Service, uuid16
from sim_backends.faults import LineLost
from sim_backends.faulty_peripheral import Unanswered
from sim_backends.plugs.radio import CONNECTING, EVENT, Radio

MTU = 247
ADVERTISING = 0.1
"""Seconds between advertisements."""

_radios: dict[str, Radio] = {}


def plug(radios: Mapping[str, Radio]) -> None:
    """Make the peripherals behind `radios` known by their addresses."""
    _radios.update(radios)


def unplug(radios: Mapping[str, Radio]) -> None:
    """Take them away."""
    for address in radios:
        _radios.pop(address, None)


class SimClient(BaseBleakClient):
    """A central's connection to one simulated peripheral."""

    def __init__(self, address_or_ble_device: BLEDevice | str, **kwargs: Any) -> None:
        kwargs.setdefault("disconnected_callback", None)
        super().__init__(address_or_ble_device, **kwargs)
        self._radio: Radio | None = None

    @property
    def name(self) -> str:
        """The address: names are heard by scanners."""
        return self.address.replace(":", "-")

    @property
    def mtu_size(self) -> int:
        """Negotiated MTU in bytes."""
        return MTU

    @property
    def is_connected(self) -> bool:
        """Whether the connection stands."""
        return self._radio is not None and self._radio.is_connected

    async def connect(self, pair: bool, **kwargs: Any) -> None:
        """Connect and find the services; `BleakDeviceNotFoundError` after the time-out."""
        radio = _radios.get(self.address.upper())
        if radio is None or not radio.reachable:
            await clock.sleep(self._timeout)
            raise BleakDeviceNotFoundError(
                self.address, f"Device with address {self.address} was not found."
            )
        await clock.sleep(CONNECTING)
        radio.connect(self._lost)
        self._radio = radio
        self.services = collection(radio.peripheral.services)

    async def disconnect(self) -> None:
        """Hang up; doing so twice is no error."""
        radio, self._radio = self._radio, None
        if radio is not None:
            await clock.sleep(EVENT)
            radio.disconnect()

    async def pair(self, *args: Any, **kwargs: Any) -> None:
        """These peripherals ask for no pairing."""

    async def unpair(self, *args: Any, **kwargs: Any) -> None:
        """There is no bond to forget."""

    async def read_gatt_char(
        self, characteristic: BleakGATTCharacteristic, *, use_cached: bool = False, **kwargs: Any
    ) -> bytearray:
        """Read a characteristic."""
        return await self._read(characteristic.handle)

    async def read_gatt_descriptor(
        self, descriptor: BleakGATTDescriptor, *, use_cached: bool = False, **kwargs: Any
    ) -> bytearray:
        """Read a descriptor."""
        return await self._read(descriptor.handle)

    async def write_gatt_char(
        self, characteristic: BleakGATTCharacteristic, data: SizedBuffer, response: bool
    ) -> None:
        """Write a characteristic."""
        await self._write(characteristic.handle, bytes(data))

    async def write_gatt_descriptor(
        self, descriptor: BleakGATTDescriptor, data: SizedBuffer
    ) -> None:
        """Write a descriptor."""
        await self._write(descriptor.handle, bytes(data))

    async def start_notify(
        self, characteristic: BleakGATTCharacteristic, callback: NotifyCallback, **kwargs: Any
    ) -> None:
        """Let `callback` have every notified value."""
        await self._exchange(
            lambda radio: radio.subscribe(
                characteristic.handle, lambda value: callback(bytearray(value))
            )
        )

    async def stop_notify(self, characteristic: BleakGATTCharacteristic) -> None:
        """End the notifications."""
        await self._exchange(lambda radio: radio.unsubscribe(characteristic.handle))

    async def _read(self, handle: int) -> bytearray:
        return bytearray(await self._exchange(lambda radio: radio.read(handle)))

    async def _write(self, handle: int, data: bytes) -> None:
        await self._exchange(lambda radio: radio.write(handle, data))

    async def _exchange(self, do: Callable[[Radio], Any]) -> Any:
        radio = self._radio
        if radio is None or not radio.is_connected:
            raise BleakError("Not connected")
        await radio.event()
        if not radio.is_connected:
            raise BleakError("disconnected")
        try:
            value = do(radio)
        except AttError as error:
            raise BleakGATTProtocolError(error.code) from None
        except (LineLost, Unanswered) as fault:
            await radio.break_off(fault)
            raise BleakError("disconnected") from None
        await clock.sleep(radio.late())
        return value

    def _lost(self) -> None:
        self._radio = None
        if self._disconnected_callback is not None:
            self._disconnected_callback()


class SimScanner(BaseBleakScanner):
    """Hears the simulated peripherals that are in reach and not connected."""

    def __init__(
        self,
        detection_callback: Any = None,
        service_uuids: list[str] | None = None,
        scanning_mode: str = "active",
        **kwargs: Any,
    ) -> None:
        super().__init__(detection_callback, service_uuids)
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Listen."""
        self.seen_devices = {}
        self._task = asyncio.create_task(self._listen(), name="simulated scanner")

    async def stop(self) -> None:
        """Listen no longer."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    async def _listen(self) -> None:
        while True:
            await clock.sleep(ADVERTISING)
            for address, radio in tuple(_radios.items()):
                self._hear(address, radio.peripheral if radio.reachable else None)

    def _hear(self, address: str, peripheral: Peripheral | None) -> None:
        heard = None if peripheral is None else peripheral.advertise(clock.now())
        if heard is None:
            return
        data = AdvertisementData(
            local_name=heard.name,
            manufacturer_data={},
            service_data={uuid16(uuid): data for uuid, data in heard.service_data.items()},
            service_uuids=[uuid16(uuid) for uuid in heard.services],
            tx_power=None,
            rssi=heard.rssi,
            platform_data=(),
        )
        if self.is_allowed_uuid(data.service_uuids):
            device = self.create_or_update_device(address, address, heard.name, None, data)
            self.call_detection_callbacks(device, data)


def collection(services: tuple[Service, ...]) -> BleakGATTServiceCollection:
    """The attribute table as bleak holds it."""
    found = BleakGATTServiceCollection()
    for each in services:
        service = BleakGATTService(None, each.handle, uuid16(each.uuid))
        found.add_service(service)
        for one in each.characteristics:
            properties = cast("list[CharacteristicPropertyName]", list(one.properties))
            characteristic = BleakGATTCharacteristic(
                None, one.handle, uuid16(one.uuid), properties, lambda: MTU - 3, service
            )
            found.add_characteristic(characteristic)
            for part in one.descriptors:
                found.add_descriptor(
                    BleakGATTDescriptor(None, part.handle, uuid16(part.uuid), characteristic)
                )
    return found
