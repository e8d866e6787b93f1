"""The table `[notices]` of labctl.toml, as it is written (docs/notices.md)."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from labctl.desk import NoticeKind
from labctl.i18n import Language
from labctl.secret import Secret

Security = Literal["starttls", "tls", "none"]
Shape = Literal["wecom", "dingtalk", "slack", "template"]


class SmtpEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[notices.smtp]`: the server that takes mail; `ca` is a file of certificates to trust.

    Without a port it is that of the kind of security. "none" carries no password.
    """

    host: str
    sender: str
    port: int | None = None
    security: Security = "starttls"
    user: str = ""
    password: Secret | None = None
    ca: str = ""


class WebhookEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[notices.webhooks.<name>]`: a robot of a chat group, or an own `template` of JSON.

    The robots' addresses hold their key and are secrets. `secret` signs messages to DingTalk.
    `mention` names who is called: user ids, mobile numbers, "@all".
    """

    shape: Shape
    url: str | Secret
    secret: Secret | None = None
    mention: tuple[str, ...] = ()
    template: dict[str, Any] | None = None
    ca: str = ""


class RecipientEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[notices.recipients.<name>]`: a mail address, or the name of a webhook."""

    mail: str = ""
    webhook: str = ""
    language: Language | None = None


class EscalationEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who is told when nobody has acknowledged a notice for the time `after`."""

    after: str
    to: tuple[str, ...]


class RouteEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[[notices.routes]]`: which kinds go to whom; without kinds, all."""

    to: tuple[str, ...]
    kinds: tuple[NoticeKind, ...] = ()
    escalate: tuple[EscalationEntry, ...] = ()


class NoticesEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[notices]`: the same notice goes out once in the time `repeat`.

    Less than `disk` free where the run is kept is told, more where the run needs more.
    """

    recipients: dict[str, RecipientEntry] = {}
    routes: tuple[RouteEntry, ...] = ()
    smtp: SmtpEntry | None = None
    webhooks: dict[str, WebhookEntry] = {}
    language: Language = "en"
    repeat: str = "30min"
    disk: str = "1 GB"
