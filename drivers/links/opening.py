"""From an address to an open link, by the scheme of the address.

    visa://TCPIP::192.0.2.10::5025::SOCKET
    serial:///dev/ttyUSB0?baudrate=115200        serial://COM3       serial://loop://
    modbus+rtu:///dev/ttyUSB1?baudrate=9600&unit=1
    modbus+tcp://192.0.2.11:502?unit=1

The library of a scheme is imported when the first address of that scheme is opened.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from drivers.links.doors import Doors
from drivers.links.link import MessageLink, RegisterLink
from drivers.links.settings import MessageSettings, RegisterSettings
from labctl.errors import UsageError

MESSAGE_SCHEMES = ("visa", "serial")
REGISTER_SCHEMES = ("modbus+rtu", "modbus+tcp")
PORT_OPTIONS = frozenset({"baudrate", "bytesize", "parity", "stopbits"})


@dataclass(frozen=True)
class Address:
    """An address in its parts: `scheme`, what follows it, and the options after `?`."""

    text: str
    scheme: str
    target: str
    options: Mapping[str, str]


def parse_address(text: str) -> Address:
    """Take `text` apart; `UsageError` where it has no scheme or nothing after it."""
    scheme, found, rest = text.partition("://")
    target, _, query = rest.partition("?")
    if not found or not target:
        raise UsageError(
            f"{text!r} is no address",
            address=text,
            remedy="write scheme://target, with scheme one of "
            + ", ".join(MESSAGE_SCHEMES + REGISTER_SCHEMES),
        )
    return Address(text, scheme, target, dict(parse_qsl(query, keep_blank_values=True)))


async def open_message_link(
    address: str, doors: Doors | None = None, settings: MessageSettings | None = None
) -> MessageLink:
    """Open a line of text at `address`; `UsageError` for a scheme that carries none.

    `LinkError` where nobody is there.
    """
    parts = parse_address(address)
    doors = doors or Doors()
    settings = settings or MessageSettings()
    if parts.scheme == "visa":
        from drivers.links.visa import open_visa

        return await open_visa(address, parts.target, doors, settings)
    if parts.scheme == "serial":
        from drivers.links.serial import open_serial

        return await open_serial(address, _pyserial_url(parts), parts.options, doors, settings)
    raise _unknown(parts, MESSAGE_SCHEMES)


async def open_register_link(
    address: str, settings: RegisterSettings | None = None
) -> RegisterLink:
    """Open a Modbus line at `address`; `UsageError` for another scheme, `LinkError` for nobody."""
    parts = parse_address(address)
    settings = settings or RegisterSettings()
    if parts.scheme not in REGISTER_SCHEMES:
        raise _unknown(parts, REGISTER_SCHEMES)
    from drivers.links.modbus import open_rtu, open_tcp
    from drivers.links.serial import port_settings

    unit = _number(parts, "unit", parts.options.get("unit", "1"), 1, 247)
    if parts.scheme == "modbus+rtu":
        frame = port_settings(address, parts.options)
        return await open_rtu(address, parts.target, unit, frame, settings)
    host, _, port = parts.target.rpartition(":")
    if not host:
        host, port = port, "502"
    return await open_tcp(address, host, _number(parts, "port", port, 1, 65535), unit, settings)


async def open_link(
    address: str, doors: Doors, settings: MessageSettings | RegisterSettings
) -> MessageLink | RegisterLink:
    """Open the kind of link that `settings` are for."""
    if isinstance(settings, RegisterSettings):
        return await open_register_link(address, settings)
    return await open_message_link(address, doors, settings)


def _pyserial_url(parts: Address) -> str:
    """What pyserial is given: the target with the options that are not the port's own."""
    others = {name: text for name, text in parts.options.items() if name not in PORT_OPTIONS}
    return f"{parts.target}?{urlencode(others)}" if others else parts.target


def _number(parts: Address, name: str, text: str, low: int, high: int) -> int:
    if not text.isdecimal() or not low <= int(text) <= high:
        raise UsageError(
            f"{name} is {text!r}, expected a whole number from {low} to {high}",
            address=parts.text,
        )
    return int(text)


def _unknown(parts: Address, schemes: tuple[str, ...]) -> UsageError:
    return UsageError(
        f"no link of this kind has the scheme {parts.scheme!r}",
        address=parts.text,
        remedy="this instrument is reached by one of " + ", ".join(f"{s}://" for s in schemes),
    )
