"""The ways to people: a server for mail, a webhook. Blocking calls, for a thread of their own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

from labctl import clock
from labctl.notices import mail
from labctl.notices.entries import Security, Shape
from labctl.notices.message import Message
from labctl.notices.posting import post
from labctl.notices.shapes import PACE, payload, refusal, signed
from labctl.notices.undelivered import Undelivered


class Channel(Protocol):
    """A way to people."""

    @property
    def pace(self) -> float:
        """Seconds between two messages."""
        ...

    def deliver(self, message: Message, address: str) -> str:
        """Send `message`, blocking; what the other end said. `Undelivered` where it did not."""
        ...


@dataclass(frozen=True)
class MailChannel:
    """A server for mail."""

    host: str
    port: int
    security: Security
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    ca: str = ""
    pace: float = 0.0

    def deliver(self, message: Message, address: str) -> str:
        """Send `message` to the mail address."""
        return mail.send_mail(self, message, address)


@dataclass(frozen=True)
class WebhookChannel:
    """A webhook; its `url` and `secret` are never printed."""

    shape: Shape
    url: str = field(repr=False)
    secret: str = field(default="", repr=False)
    mention: tuple[str, ...] = ()
    template: dict[str, Any] | None = None
    ca: str = ""

    @property
    def pace(self) -> float:
        """Seconds between two messages, as the chat allows."""
        return PACE[self.shape]

    def deliver(self, message: Message, address: str) -> str:
        """Post `message`."""
        url = signed(self.url, self.secret, clock.wall().timestamp()) if self.secret else self.url
        answer = post(url, payload(self.shape, message, self.mention, self.template), self.ca)
        refused, final = refusal(self.shape, answer)
        if refused:
            raise Undelivered(refused, final=final)
        return answer.strip() or "2xx"
