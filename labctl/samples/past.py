"""What is known of a sample when an item on it begins."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

import msgspec

from labctl.asking.asked import read_file
from labctl.journal.reader import Reader
from labctl.journal.writer import Journal
from labctl.sample import Sample
from labctl.samples.fingerprint import Fingerprint
from labctl.samples.history import Entry, history, last_fingerprint

FACT = "exposed before"
"""Name of the journal's fact that says what was done to a sample that should be fresh."""


class Before(msgspec.Struct, frozen=True):
    """The sample's last fingerprint, with its run in `against`, and its exposures in words."""

    fingerprint: Fingerprint | None = None
    exposed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Past:
    """The past of the sample `id` before the item number `item` of `run`, in the folder `runs`.

    `runs` is None on a simulated bench, whose samples are made anew for every item. `fresh`: the
    item's procedure wants one that was not exposed.
    """

    runs: Path | None
    run: str
    item: int
    id: str
    fresh: bool = True

    async def looked_up(self) -> Before:
        """What the journals of the folder say.

        They are read beside the loop, on which the time that many take would look like a hang.
        """
        return Before() if self.runs is None else await asyncio.to_thread(self._read, self.runs)

    def _read(self, runs: Path) -> Before:
        entries = [one for one in history(runs, self.id) if self._earlier(one)]
        exposed = tuple(_text(one) for one in entries if one.exposures)
        return Before(last_fingerprint(entries), exposed if self.fresh else ())

    def _earlier(self, one: Entry) -> bool:
        return one.run != self.run or one.item < self.item


def note_exposed(journal: Journal, item: int, id: str, exposed: tuple[str, ...]) -> None:
    """Journal that the sample `id` was exposed before, if it was."""
    if exposed:
        told = [f"sample {id} was exposed before: {one}" for one in exposed]
        journal.fact(item, FACT, told)


def exposed_before(journal: Journal, item: int) -> tuple[str, ...]:
    """What was noted of it, for the item's verdict; it was committed with the first step."""
    with Reader(journal.path) as reader:
        return reader.fact(item, FACT, tuple[str, ...]) or ()


async def keep_photo(journal: Journal, item: int, sample: Sample, sheet: str | None) -> None:
    """Keep the sample's picture with the item; `sheet` is the path of its sheet.

    `OperatorError` where it was changed since the sheet was read.
    """
    from labctl.sheet import photo_path

    path = None if sheet is None or sample.photo is None else photo_path(Path(sheet))
    if path is not None and sample.photo is not None:
        await journal.attach(item, sample.photo, read_file(str(path), sample.photo.sha256))


def _text(one: Entry) -> str:
    steps = ", ".join(f"{step.step} for {step.hours:.4g} h" for step in one.exposures)
    return f"{steps} in {one.run} ({one.indicator})"
