"""Who was told of what, and who was not: nothing is lost without a word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from labctl.desk import Notice
from labctl.notices.config import NoticesConfig
from labctl.notices.kept import Story
from labctl.notices.routing import levels_for
from labctl.words import said


def missing(story: Story, config: NoticesConfig) -> dict[str, str]:
    """Recipients that have not got the notice, and why; those it would have come to first count."""
    found = {**story.failed, **story.tried}
    if not story.acknowledged:
        for level in levels_for(story.notice.kind, config.routes)[:1]:
            found |= {to: "not tried yet" for to in level.to if to not in found}
    else:
        found = dict(story.failed)
    return {to: why for to, why in found.items() if to not in story.told}


def undelivered(stories: Iterable[Story], config: NoticesConfig) -> Iterator[str]:
    """A line for each recipient that was not told."""
    for story in stories:
        for to, why in missing(story, config).items():
            yield f"{to} was not told: {told(story.notice)} ({why})"


def told(notice: Notice) -> str:
    """A notice as one line, in English: for logs."""
    return " ".join(f"{notice.kind} {notice.item}: {said(notice.text)}".split())
