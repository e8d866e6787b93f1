"""Configurations and notices for tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from labctl.desk import Notice, NoticeKind
from labctl.notices.channels import Channel
from labctl.notices.config import NoticesConfig
from labctl.notices.message import Message
from labctl.notices.routing import Level, Recipient, Route
from labctl.notices.undelivered import Undelivered
from labctl.words import Words


@dataclass
class Box:
    """A channel that keeps what it is given, or fails as it is told."""

    pace: float = 0.0
    fail: Undelivered | None = None
    taken: list[tuple[str, Message]] = field(default_factory=list[tuple[str, Message]])

    def deliver(self, message: Message, address: str) -> str:
        if self.fail is not None:
            raise self.fail
        self.taken.append((address, message))
        return "in the box"


def notice(kind: NoticeKind = "hold", text: Words = "door open", item: str = "1.1-03") -> Notice:
    return Notice(kind, text, item, 5.0, 1767225600.0)


def config(
    *levels: Level,
    channels: Mapping[str, Channel] | None = None,
    repeat: float = 100.0,
    kinds: tuple[NoticeKind, ...] = (),
) -> NoticesConfig:
    """All kinds go through `levels`; recipient `x` has the channel `x` and the address `to x`."""
    names = {name for level in levels for name in level.to}
    return NoticesConfig(
        {name: Recipient(name, name, f"to {name}", "en") for name in names},
        (Route(kinds, levels),),
        {name: Box() for name in names} | dict(channels or {}),
        repeat,
    )


ANN = Level(0.0, ("ann",))
BOSS = Level(60.0, ("boss",))
