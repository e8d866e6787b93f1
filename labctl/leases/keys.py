"""Keys: one spelling for an instrument, however its address is written.

    tcp://192.0.2.10:5025                       tcp:192.0.2.10:5025
    visa://TCPIP0::192.0.2.10::5025::SOCKET     tcp:192.0.2.10:5025
    serial:///dev/serial/by-id/usb-FTDI_X       pc1/serial:/dev/ttyUSB0
    modbus+rtu:///dev/ttyUSB0?unit=3            pc1/serial:/dev/ttyUSB0, and the same with #3

What hangs on one machine bears that machine's name. A host that is given by name has a key by its
name and one by each of its numbers, so that two spellings have one in common.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Mapping
from urllib.parse import parse_qsl

from labctl.leases.ports import port_names
from labctl.leases.resources import resource_keys
from labctl.platform.hosts import host_name

NETWORK = ("tcp", "socket", "rfc2217")
"""Schemes whose target is a host and a port that one client holds at a time."""

MODBUS_PORT = 502
LOOPBACK = "localhost"


def keys_of(address: str) -> tuple[str, ...]:
    """What a run must hold to use the instrument at `address`; () for a simulated one.

    An address that is not understood has its own text as key: nothing is refused here.
    """
    if address.startswith("sim:"):
        return ()
    scheme, found, rest = address.partition("://")
    if not found:
        return (address,)
    target, _, query = rest.partition("?")
    return _keys(scheme.lower(), target, dict(parse_qsl(query)))


def _keys(scheme: str, target: str, options: Mapping[str, str]) -> tuple[str, ...]:
    if scheme in NETWORK:
        return _network(target)
    if scheme == "visa":
        return _visa(target)
    if scheme == "serial":
        return _serial(target)
    if scheme == "modbus+rtu":
        ports, unit = _serial(target), options.get("unit", "1")
        return (*ports, *(f"{port}#{unit}" for port in ports))
    if scheme == "modbus+tcp":
        # A gateway takes many clients, and each unit behind it is an instrument.
        return tuple(f"{key}#{options.get('unit', '1')}" for key in _network(target, MODBUS_PORT))
    if scheme == "ble":
        # Within reach of several machines, so it bears the name of none.
        return (f"ble:{target if target.startswith('name/') else target.upper()}",)
    if scheme == "folder":
        # Reading files disturbs nobody, whoever else reads them.
        return ()
    if scheme in ("process", "sdk"):
        return (f"{host_name()}/{scheme}:{target}?{_written(options)}",)
    return _broker(scheme, target, options)


def _broker(scheme: str, target: str, options: Mapping[str, str]) -> tuple[str, ...]:
    """A broker serves many; the options tell which instrument is meant."""
    plain = {name: text for name, text in options.items() if name != "password_env"}
    return tuple(f"{scheme}:{place}?{_written(plain)}" for place in _places(target, 1883))


def _written(options: Mapping[str, str]) -> str:
    return "&".join(f"{name}={options[name]}" for name in sorted(options))


def _visa(resource: str) -> tuple[str, ...]:
    kind, *parts = resource_keys(resource)
    match kind:
        case "tcp":
            return _network(":".join(parts))
        case "lan":
            host, device = parts
            return tuple(f"lan:{name}:{device}" for name in _hosts(host))
        case "serial":
            return _serial(parts[0])
        case "usb":
            return (":".join((kind, *parts)),)
        case _:
            return (f"{host_name()}/{':'.join((kind, *parts))}",)


def _serial(port: str) -> tuple[str, ...]:
    """A port of this machine, or one that pyserial reaches over the network by a URL."""
    scheme, found, target = port.partition("://")
    if found and scheme in NETWORK:
        return _network(target)
    return tuple(f"{host_name()}/serial:{name}" for name in port_names(port))


def _network(target: str, default: int | None = None) -> tuple[str, ...]:
    return tuple(f"tcp:{place}" for place in _places(target, default))


def _places(target: str, default: int | None) -> tuple[str, ...]:
    """host:port under each name of the host; the target as it is where it names no port."""
    host, colon, port = target.rpartition(":")
    if not colon or not port.isdecimal():
        if default is None:
            return (target.lower(),)
        host, port = target, str(default)
    return tuple(f"{name}:{int(port)}" for name in _hosts(host.strip("[]")))


def _hosts(host: str) -> tuple[str, ...]:
    """The host's name and every number that it has now; the name alone where nobody knows it."""
    try:
        return (_number(host),)
    except ValueError:
        name = host.lower().rstrip(".")
    try:
        found = {_number(str(row[4][0])) for row in socket.getaddrinfo(name, None)}
    except (OSError, UnicodeError, ValueError):
        found = set[str]()
    if any(number.endswith(LOOPBACK) for number in found):
        return (f"{host_name()}/{LOOPBACK}",)
    return (name, *sorted(found))


def _number(host: str) -> str:
    """One spelling of a host's number; that of this machine itself bears this machine's name."""
    number = ipaddress.ip_address(host.partition("%")[0])
    return f"{host_name()}/{LOOPBACK}" if number.is_loopback else number.compressed
