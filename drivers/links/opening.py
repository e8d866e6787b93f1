"""From an address to an open link, by the scheme of the address.

    visa://TCPIP::192.0.2.10::5025::SOCKET       tcp://192.0.2.10:5025
    serial:///dev/ttyUSB0?baudrate=115200        serial://usb:FT4TZX2P?baudrate=9600
    socket://192.0.2.12:4001                     rfc2217://192.0.2.12:4001?baudrate=9600
    modbus+rtu:///dev/ttyUSB1?baudrate=9600&unit=1
    modbus+tcp://192.0.2.11:502?unit=1
    ble://AA:BB:CC:DD:EE:FF                      ble://name/Thermometer
    mqtt://192.0.2.13:1883                       mqtt+unix:///run/broker.sock
    process://program?arg=--option&arg=value     folder:///data/spectrometer?pattern=*.csv
    sdk://acme_lab.drivers.camera_server

The library of a scheme is imported when the first address of that scheme is opened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from drivers.links.address import SCHEMES, Address, parse_address, unknown_scheme
from drivers.links.doors import Doors
from drivers.links.gate import Gate, always, behind
from drivers.links.link import AttributeLink, BytesLink, Link, MessageLink, RegisterLink, TopicLink
from drivers.links.link_programs import FolderLink, ProcessLink, SdkLink
from drivers.links.repeating import repeating
from drivers.links.settings import (
    AttributeSettings,
    BytesSettings,
    FolderSettings,
    LinkSettings,
    MessageSettings,
    ProcessSettings,
    RegisterSettings,
    SdkSettings,
    TopicSettings,
)
from labctl.errors import UsageError

if TYPE_CHECKING:
    from drivers.links.trace import TraceWriter

__all__ = ["SCHEMES", "Address", "Link", "open_link", "parse_address"]

MESSAGE_SCHEMES = ("visa", "tcp", "serial", "socket", "rfc2217")
BYTES_SCHEMES = ("tcp", "serial", "socket", "rfc2217")
REGISTER_SCHEMES = ("modbus+rtu", "modbus+tcp")
ATTRIBUTE_SCHEMES = ("ble",)
TOPIC_SCHEMES = ("mqtt", "mqtts", "mqtt+unix")
PORT_OPTIONS = ("baudrate", "bytesize", "parity", "stopbits")


async def open_link(
    address: str,
    doors: Doors,
    settings: LinkSettings,
    trace: TraceWriter | None = None,
    gate: Gate = always,
) -> Link:
    """Open the kind of link that `settings` are for; it repeats what is idempotent.

    Every transaction is written into `trace`, if there is one, and `gate` is asked before it.
    `UsageError` for an address that
    carries no such link, `LinkError` where nobody is there.
    """
    with behind(gate):
        link = await _open(address, doors, settings)
    if trace is not None:
        from drivers.links.tapping import tapped

        link = tapped(link, settings, trace)
    return repeating(link, settings)


async def _open(address: str, doors: Doors, settings: LinkSettings) -> Link:
    match settings:
        case MessageSettings():
            return await open_message_link(address, doors, settings)
        case RegisterSettings():
            return await open_register_link(address, settings)
        case BytesSettings():
            return await open_bytes_link(address, doors, settings)
        case AttributeSettings():
            return await open_attribute_link(address, doors, settings)
        case TopicSettings():
            return await open_topic_link(address, settings)
        case ProcessSettings():
            return await open_process_link(address, settings)
        case FolderSettings():
            return await open_folder_link(address, settings)
        case SdkSettings():
            return await open_sdk_link(address, settings)


async def open_message_link(
    address: str, doors: Doors | None = None, settings: MessageSettings | None = None
) -> MessageLink:
    """Open a line of text at `address`; `UsageError` for a scheme that carries none.

    `LinkError` where nobody is there.
    """
    parts = _parts(address, MESSAGE_SCHEMES)
    doors = doors or Doors()
    settings = settings or MessageSettings()
    if parts.scheme == "visa":
        from drivers.links.visa import open_visa

        return await open_visa(address, parts.target, doors, settings)
    if parts.scheme == "tcp":
        from drivers.links.tcp import open_tcp_messages

        parts.refuse_options()
        return await open_tcp_messages(address, *parts.host_and_port(), settings)
    from drivers.links.serial import open_serial

    return await open_serial(address, _pyserial_url(parts), parts.options, doors, settings)


async def open_bytes_link(
    address: str, doors: Doors | None = None, settings: BytesSettings | None = None
) -> BytesLink:
    """Open a line of raw frames at `address`; errors as `open_message_link`."""
    parts = _parts(address, BYTES_SCHEMES)
    settings = settings or BytesSettings()
    if parts.scheme == "tcp":
        from drivers.links.tcp import open_tcp_bytes

        parts.refuse_options()
        return await open_tcp_bytes(address, *parts.host_and_port(), settings)
    from drivers.links.serial_bytes import open_serial_bytes

    url = _pyserial_url(parts)
    return await open_serial_bytes(address, url, parts.options, doors or Doors(), settings)


async def open_register_link(
    address: str, settings: RegisterSettings | None = None
) -> RegisterLink:
    """Open a Modbus line at `address`; `UsageError` for another scheme, `LinkError` for nobody."""
    parts = _parts(address, REGISTER_SCHEMES)
    settings = settings or RegisterSettings()
    from drivers.links.modbus import open_rtu, open_tcp
    from drivers.links.serial import port_settings

    unit = parts.number("unit", parts.options.get("unit", "1"), 1, 247)
    if parts.scheme == "modbus+rtu":
        frame = port_settings(address, parts.options)
        return await open_rtu(address, parts.target, unit, frame, settings)
    return await open_tcp(address, *parts.host_and_port(502), unit, settings)


async def open_attribute_link(
    address: str, doors: Doors | None = None, settings: AttributeSettings | None = None
) -> AttributeLink:
    """Connect to a Bluetooth device; errors as `open_message_link`."""
    parts = _parts(address, ATTRIBUTE_SCHEMES)
    parts.refuse_options()
    from drivers.links.ble import open_ble

    return await open_ble(parts, doors or Doors(), settings or AttributeSettings())


async def open_topic_link(address: str, settings: TopicSettings | None = None) -> TopicLink:
    """Connect to an MQTT broker; errors as `open_message_link`."""
    parts = _parts(address, TOPIC_SCHEMES)
    from drivers.links.mqtt import open_mqtt

    return await open_mqtt(parts, settings or TopicSettings())


async def open_process_link(address: str, settings: ProcessSettings | None = None) -> ProcessLink:
    """Start a program; `LinkError` where it cannot be started."""
    parts = _parts(address, ("process",))
    from drivers.links.process import open_process

    return await open_process(parts, settings or ProcessSettings())


async def open_folder_link(address: str, settings: FolderSettings | None = None) -> FolderLink:
    """Watch a folder; `LinkError` where there is none."""
    parts = _parts(address, ("folder",))
    from drivers.links.files import open_folder

    return await open_folder(parts, settings or FolderSettings())


async def open_sdk_link(address: str, settings: SdkSettings | None = None) -> SdkLink:
    """Start a vendor library's process; `LinkError` where it does not start."""
    parts = _parts(address, ("sdk",))
    from drivers.links.sdk import open_sdk

    return await open_sdk(parts, settings or SdkSettings())


def _parts(address: str, schemes: tuple[str, ...]) -> Address:
    parts = parse_address(address)
    if parts.scheme not in schemes:
        raise unknown_scheme(parts, schemes)
    return parts


def _pyserial_url(parts: Address) -> str:
    """What pyserial is given: the target with the options that are not the port's own."""
    target = parts.target if parts.scheme == "serial" else f"{parts.scheme}://{parts.target}"
    others = [pair for pair in parts.pairs if pair[0] not in PORT_OPTIONS]
    if others and "://" not in target:
        name = others[0][0]
        raise UsageError(
            f"a serial port has no option {name!r}",
            address=parts.text,
            remedy="its options are " + ", ".join(PORT_OPTIONS),
        )
    return f"{target}?{urlencode(others)}" if others else target
