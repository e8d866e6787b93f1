"""Files of one named sample: those that an instrument begins to measure from now on."""

from __future__ import annotations

from typing import Protocol, TypeVar

from drivers.roles.imported import ImportedFile, ResultImporter
from labctl import clock
from labctl.asking.prompts import TextPrompt
from labctl.errors import InstrumentError
from labctl.run import Run
from labctl.words import Words

WAIT = 150.0
"""Seconds in which the next file is there."""

QUIET = 35.0
"""Seconds for which the folder is let alone before a file is waited for: what comes meanwhile is
not lost, and each look at a folder costs work."""

SKIPPED = 4
"""Files in a row that may have been begun before the sample was laid."""


class Filed(Protocol):
    """A result that names the file it was read from."""

    @property
    def file(self) -> ImportedFile:
        """The file."""
        ...


T = TypeVar("T", bound=Filed)


async def named(run: Run, prompt: str, words: Words, label: str) -> str:
    """What the operator typed into the instrument as the name of the sample: `label`, if he keeps
    to what is proposed. He answers `prompt` when the sample lies there."""
    return await run.ask(TextPrompt(prompt, words, proposed=label, simulated=label))


async def measured(source: ResultImporter[T], label: str, count: int) -> list[T]:
    """The next `count` results that were begun after now, all of the sample `label`.

    Call it inside a step. `InstrumentError` for a file of another sample, and where files are told
    to be old again and again.
    """
    _, begun = clock.stamp()
    found, skipped = list[T](), 0
    before = (await source.latest()).file.sha256
    while len(found) < count:
        await clock.sleep(QUIET)
        one = await source.following(before, timeout=WAIT)
        before = one.file.sha256
        if one.file.measured_utc < begun:
            skipped += 1
            if skipped > SKIPPED:
                raise _refused(source, one, "is older than the sample's place", "set its clock")
        elif one.file.sample != label:
            what = f"is of the sample {one.file.sample!r}, not of {label!r}"
            raise _refused(source, one, what, "type the name that is asked for")
        else:
            found.append(one)
    return found


def _refused(source: ResultImporter[Filed], one: Filed, what: str, remedy: str) -> InstrumentError:
    return InstrumentError(
        f"the file {one.file.name} {what}", address=source.address, remedy=remedy
    )
