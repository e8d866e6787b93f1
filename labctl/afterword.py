"""Writing into the journal of a run whose own process is gone, in good order.

What is added is dated with the last moment of the run itself, and says in words when it was: from
that moment a resumed run takes how long it was interrupted.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from labctl import clock, manifest, register
from labctl.journal.chain import Link
from labctl.journal.reader import Reader
from labctl.journal.standing import last_moment
from labctl.journal.writer import Journal
from labctl.runfolder import RunFolder, file_sha256

Event = tuple[str, str]
"""Kind and text."""


def note(path: Path, events: Iterable[Event], *, close: bool = False) -> None:
    """Append `events` to the journal of the run in the folder `path`, which nobody writes.

    With `close` the run is left as one that was interrupted in good order. `UsageError` where
    somebody writes it, `JournalError` where it cannot be written.
    """
    folder = RunFolder(path)
    now = clock.wall().isoformat(timespec="milliseconds")
    with folder.taken():
        with Reader(folder.journal) as reader:
            moment, virtual = last_moment(reader), bool(reader.meta().get("virtual"))
        journal = Journal(folder.journal, folder.attachments, virtual=virtual, resumed=True)
        try:
            journal.stand_still(moment)
            for kind, text in events:
                journal.event(None, kind, f"{now}: {text}")
            if close:
                journal.identity("ended", now)
                journal.meta("state", "interrupted")
        finally:
            link = journal.close()
        _follow(folder, link, now, close=close)


def _follow(folder: RunFolder, link: Link, now: str, *, close: bool) -> None:
    """Let the manifest and the register of a run that is closed say where its journal ends."""
    known = manifest.read(folder.path)
    if close and known.state == "running":
        known = msgspec.structs.replace(known, state="interrupted", ended=now)
    if known.state == "running":
        return
    closed = msgspec.structs.replace(
        known,
        transactions=link.tx,
        content=link.content.hex(),
        head=link.head.hex(),
        journal_sha256=file_sha256(folder.journal),
    )
    manifest.write(folder.path, closed)
    entry = register.Entry(
        run=folder.run,
        event=known.state,
        utc=now,
        transactions=link.tx,
        head=link.head.hex(),
        content=link.content.hex(),
    )
    register.append(folder.path.parent, entry)
