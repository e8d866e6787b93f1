"""Register link over Modbus RTU and Modbus TCP (pymodbus, on the event loop itself).

pymodbus drops an answer that comes while nothing is asked; so after a failure the link waits in
silence, and a late answer is never taken for the next one.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from pymodbus.client import AsyncModbusSerialClient, AsyncModbusTcpClient
from pymodbus.constants import MoreData
from pymodbus.exceptions import ModbusException
from pymodbus.pdu import ModbusPDU
from pymodbus.pdu.mei_message import ReadDeviceInformationResponse

from drivers.links.line import Line
from drivers.links.retry import again
from drivers.links.serial import PortSettings
from drivers.links.settings import RegisterSettings
from labctl import clock
from labctl.errors import InstrumentError, LinkError

# Its warnings say again what the error of the link says: they go into the run's log alone.
# Without a handler of their own Python writes them to stderr.
logging.getLogger("pymodbus").addHandler(logging.NullHandler())

Client = AsyncModbusSerialClient | AsyncModbusTcpClient

NULL_MODEM = "__pymodbus_nullmodem"
"""The host name behind which pymodbus joins a client and a server in one process."""

EXCEPTIONS = {
    1: "illegal function",
    2: "illegal data address",
    3: "illegal data value",
    4: "device failure",
    5: "acknowledge",
    6: "device busy",
    8: "memory parity error",
    10: "gateway path unavailable",
    11: "gateway target did not respond",
}
"""Modbus Application Protocol Specification V1.1b3, chapter 7."""

OF_A_GATEWAY = (10, 11)
"""Exceptions of a gateway that finds no instrument of the unit id; the instrument knows nothing."""

REGULAR, EXTENDED = 2, 3
"""Read codes of the device identification: objects 0..127, and those of the maker too."""

LAST_REGULAR, MOST_OBJECTS = 0x7F, 0x100
"""Number of the last object that is no maker's own, and how many there can be."""


class ModbusLink:
    """A `RegisterLink` on one unit of a Modbus line; make it with `open_rtu` or `open_tcp`."""

    def __init__(self, address: str, client: Client, unit: int, settings: RegisterSettings) -> None:
        self._address = address
        self._client = client
        self._unit = unit
        self._settings = settings
        self._line = Line(address, self._clear)

    @property
    def address(self) -> str:
        """Where this link goes, `modbus+rtu://` or `modbus+tcp://`, port and unit."""
        return self._address

    async def read_holding(self, register: int, count: int = 1) -> list[int]:
        """`count` holding registers from `register`, each 0..65535."""
        pdu = await self._request(
            f"read holding {register} x{count}",
            lambda: self._client.read_holding_registers(
                register, count=count, device_id=self._unit
            ),
        )
        return self._registers(pdu, f"read holding {register} x{count}", count)

    async def read_input(self, register: int, count: int = 1) -> list[int]:
        """`count` input registers from `register`, each 0..65535."""
        pdu = await self._request(
            f"read input {register} x{count}",
            lambda: self._client.read_input_registers(register, count=count, device_id=self._unit),
        )
        return self._registers(pdu, f"read input {register} x{count}", count)

    async def write_registers(self, register: int, values: Sequence[int]) -> None:
        """Write `values`, each 0..65535, from `register` on; one alone by function 06."""
        data = list(values)
        if len(data) == 1 and self._settings.single:
            await self._request(
                f"write {register} = {data[0]}",
                lambda: self._client.write_register(register, data[0], device_id=self._unit),
            )
            return
        await self._request(
            f"write {register} = {data}",
            lambda: self._client.write_registers(register, data, device_id=self._unit),
        )

    async def read_identification(self, first: int = 0) -> dict[int, str]:
        """Texts of the device identification by object number, from object `first` on."""
        code = EXTENDED if first > LAST_REGULAR else REGULAR
        objects: dict[int, str] = {}
        for _ in range(MOST_OBJECTS):
            command = f"read identification {code} from object {first}"
            ask = partial(self._ask_identification, code, first)
            pdu = await self._request(command, ask)
            if not isinstance(pdu, ReadDeviceInformationResponse):
                raise LinkError("no identification", address=self._address, command=command)
            objects |= {number: text_of(data) for number, data in pdu.information.items()}
            if pdu.more_follows != MoreData.KEEP_READING or pdu.next_object_id <= first:
                break
            first = pdu.next_object_id
        return objects

    async def resync(self) -> None:
        """Connect again where the connection is lost; wait until late answers have passed."""
        await self._line.resync()

    async def close(self) -> None:
        """Give the line back. Closing twice is no error."""
        await self._line.close(self._end)

    async def _request(self, command: str, send: Callable[[], Awaitable[ModbusPDU]]) -> ModbusPDU:
        pdu = await self._line.transact(lambda: self._exchange(command, send))
        if pdu.isError():
            code = pdu.exception_code
            raise InstrumentError(
                f"Modbus exception {code:02d}, {EXCEPTIONS.get(code, 'unknown')}",
                address=self._address,
                command=command,
                answer=f"exception {code}",
                remedy=self._remedy(code),
            )
        return pdu

    def _remedy(self, code: int) -> str:
        if code in OF_A_GATEWAY:
            return f"check the unit id in the address (unit={self._unit})"
        return "check the register and the value against the instrument's manual"

    async def _exchange(self, command: str, send: Callable[[], Awaitable[ModbusPDU]]) -> ModbusPDU:
        await self._connected()
        try:
            return await send()
        except (ModbusException, OSError) as error:
            raise LinkError(
                f"no valid answer within {self._settings.timeout:g} s ({error})",
                address=self._address,
                command=command,
                remedy=f"check the unit id in the address (unit={self._unit}), line, speed and "
                "parity, and that the instrument is on",
            ) from error

    def _ask_identification(self, code: int, first: int) -> Awaitable[ModbusPDU]:
        return self._client.read_device_information(
            read_code=code, object_id=first, device_id=self._unit
        )

    def _registers(self, pdu: ModbusPDU, command: str, count: int) -> list[int]:
        if len(pdu.registers) != count:
            raise LinkError(
                f"{len(pdu.registers)} registers answered, {count} asked for",
                address=self._address,
                command=command,
                answer=str(pdu.registers),
            )
        return list(pdu.registers)

    async def _clear(self) -> None:
        await clock.sleep(self._settings.quiet)
        await self._connected()

    async def _connected(self) -> None:
        """Connect anew where the connection is lost, which is safe: nothing was sent yet."""
        if not self._client.connected:
            await again(lambda: connect(self._client, self._address), self._settings.backoff)

    async def _end(self) -> None:
        self._client.close()


def text_of(data: object) -> str:
    """The text of an object; what is no ASCII stands as an escape, never guessed."""
    raw = data if isinstance(data, bytes) else str(data).encode("utf-8")
    return raw.decode("ascii", "backslashreplace").strip("\0 ")


async def connect(client: Client, address: str) -> None:
    """Connect `client`; `LinkError` where there is nobody."""
    if not await client.connect():
        raise LinkError(
            "cannot be opened",
            address=address,
            remedy="check the port or the host, and that no other program uses it",
        )


async def open_rtu(
    address: str, port: str, unit: int, frame: PortSettings, settings: RegisterSettings
) -> ModbusLink:
    """Open Modbus RTU on serial `port`, or on pymodbus's null modem (`socket://`...)."""
    if port.startswith(NULL_MODEM):
        port = f"socket://{port}"
    client = AsyncModbusSerialClient(
        port,
        baudrate=frame.baudrate,
        bytesize=frame.bytesize,
        parity=frame.parity,
        stopbits=int(frame.stopbits),
        timeout=settings.timeout,
        retries=0,
        reconnect_delay=0,
    )
    await connect(client, address)
    return ModbusLink(address, client, unit, settings)


async def open_tcp(
    address: str, host: str, port: int, unit: int, settings: RegisterSettings
) -> ModbusLink:
    """Open Modbus TCP at `host` and TCP `port`."""
    client = AsyncModbusTcpClient(
        host, port=port, timeout=settings.timeout, retries=0, reconnect_delay=0
    )
    await connect(client, address)
    return ModbusLink(address, client, unit, settings)
