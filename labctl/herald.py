"""Telling journal, viewer and people what befalls an item.

It reaches the procedure by its run, and so holds the item's id and nothing of its limits.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

from labctl import clock
from labctl.desk import Desk, Notice, NoticeKind
from labctl.holding import Control
from labctl.journal.writer import Journal
from labctl.viewer import ItemViewer
from labctl.words import Words


@dataclass
class Herald:
    """Tells of the item `id`, which is number `number` in the journal once it was begun.

    `control` is what holds and trips it, of which everybody is told.
    """

    id: str
    journal: Journal
    viewer: ItemViewer
    desk: Desk
    number: int = 0
    control: Control = field(init=False)

    def __post_init__(self) -> None:
        self.control = Control(self._changed)

    def notice(self, kind: NoticeKind, text: Words) -> None:
        """Tell people of something that befell the item."""
        self.desk.notice(Notice(kind, text, self.id, *clock.stamp()))

    def band(self, text: Words) -> None:
        """Tell people that a condition has left its band."""
        self.notice("band", text)

    def refused(self, why: str) -> None:
        """Tell people that what they ordered is not done."""
        self.journal.event(self.number, "refused", why)
        self.notice("error", why)

    def dated(self, text: str) -> None:
        """Note that the date was changed."""
        self.journal.event(self.number, "clock", text)

    def _changed(self, what: str, why: str) -> None:
        self.journal.event(self.number, what, why)
        self.viewer.stands(self.control.state)
        self.notice(cast("NoticeKind", what), why)
