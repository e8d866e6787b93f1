"""A test message to each recipient, and what came back."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass

from labctl import clock
from labctl.errors import UsageError
from labctl.i18n import N_, Language, _, using
from labctl.notices.config import NoticesConfig
from labctl.notices.message import Message
from labctl.notices.shapes import NAMES
from labctl.notices.undelivered import Undelivered
from labctl.platform.hosts import host_name

TITLE = N_("labctl: test message")
TEXT = N_("This is a test message: everything is well.")


@dataclass(frozen=True)
class Trial:
    """What became of a test message; `answer` is what the other end said, or why it failed."""

    recipient: str
    channel: str
    ok: bool
    answer: str

    def as_dict(self) -> dict[str, str | bool]:
        """As `--json` prints it."""
        return asdict(self)


def try_all(config: NoticesConfig, names: Collection[str] | None = None) -> Iterator[Trial]:
    """Send a test message to the recipients `names` (None: all), one after the other.

    `UsageError` where there is nobody, or none of that name.
    """
    if not config.recipients:
        raise UsageError("labctl.toml names no recipients of notices", remedy="see docs/notices.md")
    for name in names or ():
        if name not in config.recipients:
            known = ", ".join(config.recipients)
            raise UsageError(f"there is no recipient {name!r}", remedy=f"known: {known}")
    for name in names or config.recipients:
        yield _tried(config, name)


def _tried(config: NoticesConfig, name: str) -> Trial:
    to = config.recipients[name]
    try:
        answer = config.channels[to.channel].deliver(_message(to.language), to.address)
    except Undelivered as error:
        return Trial(name, to.channel, False, error.text)
    return Trial(name, to.channel, True, answer)


def _message(language: Language) -> Message:
    with using(language):
        title, text = _(TITLE), _(TEXT)
        body = f"{text}\n\n" + _("machine") + f": {host_name()}"
    when = clock.wall().strftime("%Y-%m-%d %H:%M:%S UTC")
    parts = dict.fromkeys(NAMES, "") | {"kind": "test", "title": title, "text": text}
    return Message(title, body, {**parts, "utc": when, "message": body})
