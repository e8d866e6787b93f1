"""What `labctl.toml` says of notices, checked, with its secrets looked up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from labctl.config import FILE, table
from labctl.errors import BenchError, LabError
from labctl.notices.channels import Channel, MailChannel, WebhookChannel
from labctl.notices.entries import (
    NoticesEntry,
    RecipientEntry,
    RouteEntry,
    SmtpEntry,
    WebhookEntry,
)
from labctl.notices.routing import Level, Recipient, Route
from labctl.notices.shapes import unknown_names
from labctl.secret import Secret, reveal

SIZES = {"k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12}
PORTS = {"starttls": 587, "tls": 465, "none": 25}
_PLACE = re.compile(r" - at `\$\.?([^`]*)`$")


@dataclass(frozen=True)
class NoticesConfig:
    """Who is told what, and on which channels; `repeat` in s, `disk` in bytes, channels by name."""

    recipients: Mapping[str, Recipient] = field(default_factory=dict[str, Recipient])
    routes: tuple[Route, ...] = ()
    channels: Mapping[str, Channel] = field(default_factory=dict[str, Channel])
    repeat: float = 1800.0
    disk: float = 1e9


def read_config(stated: Mapping[str, Any] | None = None) -> NoticesConfig:
    """The table `[notices]` of labctl.toml, or `stated` in its place; nobody is told without one.

    `BenchError` names the key that is wrong, and the secret that is missing.
    """
    given = table("notices") if stated is None else stated
    try:
        entry = msgspec.convert(given, NoticesEntry)
    except msgspec.ValidationError as error:
        place = _PLACE.search(str(error))
        raise wrong(place[1] if place else "", _PLACE.sub("", str(error))) from error
    recipients = {name: _recipient(name, one, entry) for name, one in entry.recipients.items()}
    return NoticesConfig(
        recipients,
        tuple(_route(index, one, recipients) for index, one in enumerate(entry.routes)),
        dict(_channels(entry)),
        _seconds("repeat", entry.repeat),
        _bytes("disk", entry.disk),
    )


def wrong(key: str, what: str, remedy: str = "") -> BenchError:
    """The error that names `key` in the table."""
    where = f"notices.{key}" if key else "notices"
    return BenchError(f"{FILE}: {where}: {what}", remedy=remedy or "see docs/notices.md")


def _recipient(name: str, one: RecipientEntry, entry: NoticesEntry) -> Recipient:
    key, language = f"recipients.{name}", one.language or entry.language
    if bool(one.mail) == bool(one.webhook):
        raise wrong(key, "names no mail address and no webhook, or both", "name one of them")
    if one.webhook:
        if one.webhook not in entry.webhooks:
            raise wrong(f"{key}.webhook", f"there is no webhook {one.webhook!r}")
        return Recipient(name, f"webhook {one.webhook}", "", language)
    if entry.smtp is None:
        raise wrong(f"{key}.mail", "no server for mail is named", "write [notices.smtp]")
    if not re.fullmatch(r"[^@\s<>,;]+@[^@\s<>,;]+", one.mail):
        raise wrong(f"{key}.mail", f"{one.mail!r} is no mail address", "write name@domain")
    return Recipient(name, "mail", one.mail, language)


def _route(index: int, one: RouteEntry, known: Mapping[str, Recipient]) -> Route:
    levels = [Level(0.0, one.to)]
    for step in one.escalate:
        after = _seconds(f"routes.{index}.escalate", step.after)
        if after <= levels[-1].after:
            raise wrong(f"routes.{index}.escalate", "the times must rise")
        levels.append(Level(after, step.to))
    for name in {name for level in levels for name in level.to}:
        if name not in known:
            raise wrong(f"routes.{index}", f"there is no recipient {name!r}", _names(known))
    return Route(one.kinds, tuple(levels))


def _names(known: Mapping[str, Recipient]) -> str:
    return "known: " + ", ".join(known) if known else "write [notices.recipients.<name>]"


def _seconds(key: str, text: str) -> float:
    from labctl.units import seconds

    try:
        return seconds(text)
    except LabError as error:
        raise wrong(key, error.message, 'write "30min" or "2 h"') from error


def _bytes(key: str, text: str) -> float:
    found = re.fullmatch(r"\s*([0-9]+(?:\.[0-9]+)?)\s*([kMGT])B\s*", text)
    if found is None:
        raise wrong(key, f"not a size: {text!r}", 'write "2 GB"')
    return float(found[1]) * SIZES[found[2]]


def _channels(entry: NoticesEntry) -> Iterator[tuple[str, Channel]]:
    if entry.smtp is not None:
        yield "mail", _mail(entry.smtp)
    for name, one in entry.webhooks.items():
        yield f"webhook {name}", _webhook(f"webhooks.{name}", one)


def _mail(one: SmtpEntry) -> MailChannel:
    password = "" if one.password is None else _revealed("smtp.password", one.password)
    if password and one.security == "none":
        raise wrong("smtp.security", "a password is not sent in the clear", 'write "starttls"')
    if bool(one.user) != bool(password):
        raise wrong("smtp", "user and password belong together")
    return MailChannel(
        one.host, one.port or PORTS[one.security], one.security, one.sender, one.user, password,
        one.ca,
    )  # fmt: skip


def _webhook(key: str, one: WebhookEntry) -> WebhookChannel:
    if isinstance(one.url, str) and one.shape != "template":
        raise wrong(f"{key}.url", "it holds the robot's key", 'write {env = "NAME"}')
    url = one.url if isinstance(one.url, str) else _revealed(f"{key}.url", one.url)
    if not url.startswith(("https://", "http://")):
        raise wrong(f"{key}.url", "is no https:// address")
    if one.secret is not None and one.shape != "dingtalk":
        raise wrong(f"{key}.secret", f"{one.shape} signs nothing")
    if (one.template is not None) != (one.shape == "template"):
        raise wrong(f"{key}.template", 'belongs to the shape "template", and to no other')
    unknown = unknown_names(one.template)
    if unknown:
        raise wrong(f"{key}.template", f"nothing is known by the name {unknown[0]!r}")
    secret = "" if one.secret is None else _revealed(f"{key}.secret", one.secret)
    return WebhookChannel(one.shape, url, secret, one.mention, one.template, one.ca)


def _revealed(key: str, secret: Secret) -> str:
    return reveal(secret, f"{FILE}: notices.{key}").text
