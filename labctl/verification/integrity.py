"""Whether a run's folder is what was written: journal, attachments, manifest, register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from labctl import register
from labctl.errors import JournalError
from labctl.journal.checking import UNREADABLE, ChainReport, verify_chain
from labctl.journal.reader import Reader
from labctl.manifest import Manifest
from labctl.register import Entry
from labctl.runfolder import RunFolder, file_sha256
from labctl.verification import authorised, tails
from labctl.verification.problems import Problem
from labctl.verification.salvage.marks import is_salvage

SALVAGE = "this is a salvage of a damaged run, which is never whole"
NO_REGISTER = "there is no register of runs beside it: a folder exchanged as a whole does not show"


@dataclass(frozen=True)
class Integrity:
    """What was found: the chain, problems, and remarks on what could not be compared."""

    chain: ChainReport
    problems: tuple[Problem, ...]
    remarks: tuple[str, ...]
    stated: Manifest | None


def check(folder: RunFolder, known: Sequence[Entry] | None = None) -> Integrity:
    """Compare the run in `folder` with all that knows of it; never raises on what is there.

    `known` are its entries in the register of runs, where that is not beside it.
    """
    stated, problems = tails.stated(folder)
    if is_salvage(folder.path):
        problems.insert(
            0, Problem("lost", "this is a salvage of a damaged run, which is not whole")
        )
    own, more, remarks = _registered(folder, stated) if known is None else _told(known)
    heads = tails.known_heads(folder, stated, own)
    chain = verify_chain(folder.journal, tails.wanted(heads))
    problems += [*more, *_journal(folder, chain), *tails.compare(chain, heads)]
    if stated is not None and chain.ok:
        problems += _closed(folder, stated) + _stated(folder, stated, own)
        void, late = authorised.told(folder.path, own)
        problems += void
        remarks += late
    remarks += tails.superseded(heads)
    return Integrity(chain, tuple(dict.fromkeys(problems)), tuple(remarks), stated)


def _registered(
    folder: RunFolder, stated: Manifest | None
) -> tuple[list[Entry], list[Problem], list[str]]:
    run = folder.run if stated is None else stated.run
    if not (folder.path.parent / register.FILE).exists():
        return [], [], [NO_REGISTER]
    try:
        own = tails.entries_of(folder, run)
    except JournalError as error:
        return [], [Problem("altered", error.message)], []
    if own:
        return own, [], []
    return [], [Problem("altered", "the register of runs does not know this run")], []


def _told(known: Sequence[Entry]) -> tuple[list[Entry], list[Problem], list[str]]:
    return list(known), [], [] if known else [NO_REGISTER]


def _journal(folder: RunFolder, chain: ChainReport) -> list[Problem]:
    if not folder.journal.is_file():
        return [Problem("missing", f"there is no journal {folder.journal}")]
    return [Problem("altered", text) for text in chain.problems]


def _closed(folder: RunFolder, stated: Manifest) -> list[Problem]:
    """The file of a run that was closed is the one that was closed, byte by byte."""
    if stated.state == "running" or file_sha256(folder.journal) == stated.journal_sha256:
        return []
    return [Problem("altered", "the journal's file is not the one that was closed")]


def _stated(folder: RunFolder, stated: Manifest, own: Sequence[Entry]) -> list[Problem]:
    """The manifest says of the run what the journal says, and it ended where the register says."""
    problems: list[Problem] = []
    if own and own[-1].event in ("done", "authorised") and stated.state != "done":
        problems.append(Problem("altered", "the manifest lacks the end that the register knows"))
    try:
        with Reader(folder.journal) as reader:
            identity, meta = reader.identity(), reader.meta()
    except (*UNREADABLE, ValueError) as error:
        return [*problems, Problem("altered", f"cannot be read: {error}")]
    pairs = {
        "run": (stated.run, identity.get("run", stated.run)),
        "start": (stated.started, identity.get("started", stated.started)),
        "targets": (list(stated.targets), meta.get("targets", list(stated.targets))),
        "seed": (stated.seed, meta.get("seed", stated.seed)),
        "agreement": (
            stated.agreement_sha256,
            meta.get("agreement_sha256", stated.agreement_sha256),
        ),
    }
    differing = [name for name, (said, kept) in pairs.items() if said != kept]
    return problems + [
        Problem("altered", f"manifest and journal name another {name}") for name in differing
    ]
