"""Addresses: `scheme://target?option=value`, taken apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from labctl.errors import UsageError

SCHEMES = (
    *("visa", "tcp", "serial", "socket", "rfc2217", "modbus+rtu", "modbus+tcp"),
    *("ble", "mqtt", "mqtts", "mqtt+unix", "process", "folder", "sdk"),
)
"""Every scheme that a link of this package takes."""


@dataclass(frozen=True)
class Address:
    """An address in its parts: `scheme`, what follows it, and the options after `?`.

    `pairs` are the options in order, where one may stand several times.
    """

    text: str
    scheme: str
    target: str
    options: Mapping[str, str]
    pairs: tuple[tuple[str, str], ...] = ()

    def host_and_port(self, default: int | None = None) -> tuple[str, int]:
        """Target as host and TCP port; `UsageError` where there is no port and no `default`."""
        host, colon, port = self.target.rpartition(":")
        if not colon and default is not None:
            return self.target, default
        if not host:
            raise UsageError(
                f"{self.text!r} names no port",
                address=self.text,
                remedy=f"write {self.scheme}://host:port",
            )
        return host.strip("[]"), self.number("port", port, 1, 65535)

    def number(self, name: str, text: str, low: int, high: int) -> int:
        """`text` as a whole number from `low` to `high`; `UsageError` names it."""
        if not text.isdecimal() or not low <= int(text) <= high:
            raise UsageError(
                f"{name} is {text!r}, expected a whole number from {low} to {high}",
                address=self.text,
            )
        return int(text)

    def refuse_options(self, *known: str) -> None:
        """`UsageError` where an option is none of `known`."""
        for name in self.options:
            if name not in known:
                raise UsageError(
                    f"{self.scheme}:// has no option {name!r}",
                    address=self.text,
                    remedy="its options are " + (", ".join(known) or "none"),
                )


def parse_address(text: str) -> Address:
    """Take `text` apart; `UsageError` where it has no scheme or nothing after it."""
    scheme, found, rest = text.partition("://")
    target, _, query = rest.partition("?")
    if not found or not target:
        raise UsageError(
            f"{text!r} is no address",
            address=text,
            remedy="write scheme://target, with scheme one of " + ", ".join(SCHEMES),
        )
    pairs = tuple(parse_qsl(query, keep_blank_values=True))
    return Address(text, scheme, target, dict(pairs), pairs)


def unknown_scheme(parts: Address, schemes: tuple[str, ...]) -> UsageError:
    """What to say of an address whose scheme carries no link of the kind that is wanted."""
    return UsageError(
        f"no link of this kind has the scheme {parts.scheme!r}",
        address=parts.text,
        remedy="this instrument is reached by one of " + ", ".join(f"{s}://" for s in schemes),
    )
