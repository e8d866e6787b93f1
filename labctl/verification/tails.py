"""How far a run had come by what others know: its manifest, the register of runs, its witness.

A chain says that the rows that are there are those that were written. That none is missing at its
end is known from outside alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from labctl import manifest, register
from labctl.changes import Change
from labctl.errors import JournalError
from labctl.journal import witness
from labctl.journal.checking import ChainReport
from labctl.journal.reader import Reader
from labctl.manifest import Manifest
from labctl.register import Entry
from labctl.registercheck import ENDS
from labctl.runfolder import RunFolder
from labctl.verification.problems import Problem

TAIL = "journal:tail"
"""Name of the change "the end of the journal is gone", by which a resume accepts it."""


class Head(NamedTuple):
    """What `where` knows: the chain came to `head` with transaction `tx`.

    `closed` says that it ended there; `superseded` that the run was gone on with from an earlier
    transaction, with the loss accepted.
    """

    where: str
    tx: int
    head: str
    closed: bool = False
    superseded: bool = False


def known_heads(folder: RunFolder, stated: Manifest | None, own: Sequence[Entry]) -> list[Head]:
    """All that is known of the head of the run in `folder`; `own` are its entries in the register.

    Taken before the journal is read, so that a journal that grows meanwhile is never too short.
    """
    found = list(_registered(own))
    told = witness.told(folder.journal)
    if told is not None:
        found.append(Head("journal.head", told.tx, told.head))
    if stated is not None and stated.state != "running":
        found.append(Head("the manifest", stated.transactions, stated.head, closed=True))
    return found


def _registered(own: Sequence[Entry]) -> Iterator[Head]:
    for number, entry in enumerate(own):
        later = [other.transactions for other in own[number + 1 :]]
        ended = entry.event in ENDS
        yield Head(
            f"the register of runs ({entry.event} {entry.utc})",
            entry.transactions,
            entry.head,
            closed=ended and not later,
            superseded=any(one < entry.transactions for one in later),
        )


def wanted(heads: Sequence[Head]) -> set[int]:
    """Transactions whose heads are to be compared."""
    return {head.tx for head in heads}


def compare(chain: ChainReport, heads: Sequence[Head]) -> list[Problem]:
    """Where the journal is shorter than was known, longer than it was closed, or another."""
    problems = [_compared(chain, head) for head in heads if not head.superseded]
    return list(dict.fromkeys(one for one in problems if one is not None))


def _compared(chain: ChainReport, head: Head) -> Problem | None:
    if chain.stored is None:  # unreadable, which is told
        return None
    if chain.stored < head.tx:
        return Problem("lost", _shorter(chain.stored, head))
    if not chain.ok:
        return None
    if chain.heads.get(head.tx) != head.head:
        return Problem("altered", f"{head.where} names another head of the chain")
    if head.closed and chain.stored > head.tx:
        return Problem("altered", f"rows were added after the run was closed, by {head.where}")
    return None


def _shorter(tx: int, head: Head) -> str:
    gone = f"{tx + 1}..{head.tx}" if head.tx > tx + 1 else f"{head.tx}"
    return (
        f"the journal ends with transaction {tx}, {head.where} knows {head.tx}:"
        f" transaction {gone} is lost or was cut off"
    )


def superseded(heads: Sequence[Head]) -> list[str]:
    """Ends of the journal that were lost and given up when the run was gone on with, in words."""
    return [
        f"{head.where} knew transaction {head.tx}; the run was gone on with from an earlier one"
        for head in heads
        if head.superseded
    ]


def lost(folder: RunFolder) -> tuple[Change, ...]:
    """The end of an interrupted run's journal that is gone, as a change that is to be accepted.

    Nothing where the journal is as long as register and witness know. `JournalError` where it
    cannot be read.
    """
    last = max(_told(folder), default=0)
    with Reader(folder.journal) as reader:
        there = next(reader.rows("SELECT coalesce(max(tx), 0) FROM chain"))[0]
    if there >= last:
        return ()
    return (Change(TAIL, f"tx {last}", f"tx {there}", measures=True),)


def _told(folder: RunFolder) -> Iterator[int]:
    told = witness.told(folder.journal)
    if told is not None:
        yield told.tx
    own = [one for one in register.entries(folder.path.parent) if one.run == folder.run]
    yield from (head.tx for head in _registered(own) if not head.superseded)


def entries_of(folder: RunFolder, run: str) -> list[Entry]:
    """What the register beside the run says of it; `JournalError` where the register is changed."""
    return [entry for entry in register.entries(folder.path.parent) if entry.run == run]


def stated(folder: RunFolder) -> tuple[Manifest | None, list[Problem]]:
    """The run's manifest, or why there is none."""
    try:
        return manifest.read(folder.path), []
    except JournalError as error:
        missing = not (folder.path / manifest.FILE).exists()
        return None, [Problem("missing" if missing else "altered", error.message)]
