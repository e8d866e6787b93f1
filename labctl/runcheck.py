"""Whether a run's folder is what was written: journal, attachments, manifest, register."""

from __future__ import annotations

from pathlib import Path

from labctl import manifest, register
from labctl.errors import JournalError
from labctl.journal.chain import ChainReport, verify_chain
from labctl.manifest import Manifest
from labctl.runfolder import RunFolder, file_sha256


def check_run(path: Path) -> tuple[str, ...]:
    """What is wrong with the run in the folder `path`, in words; nothing where it is whole.

    Beside the chain the closed journal's file hash is compared, which finds any changed byte, and
    the register of all runs, which finds a folder that was exchanged with its manifest. A run
    that was killed has a chain only.
    """
    folder = RunFolder(path)
    chain = verify_chain(folder.journal)
    try:
        stated = manifest.read(path)
    except JournalError as error:
        return (*chain.problems, str(error))
    closed = () if stated.state == "running" else _closed(folder, stated, chain)
    return (*chain.problems, *closed, *_registered(path, stated))


def _closed(folder: RunFolder, stated: Manifest, chain: ChainReport) -> tuple[str, ...]:
    problems: list[str] = []
    if (chain.head, chain.transactions) != (stated.head, stated.transactions):
        problems.append("the manifest names another head of the chain")
    if not folder.journal.is_file() or file_sha256(folder.journal) != stated.journal_sha256:
        problems.append("the journal's file is not the one that was closed")
    return tuple(problems)


def _registered(path: Path, stated: Manifest) -> tuple[str, ...]:
    try:
        entries = [entry for entry in register.entries(path.parent) if entry.run == stated.run]
    except JournalError as error:
        return (str(error),)
    if not entries:
        return ("the register of runs does not know this run",)
    head = "" if entries[-1].event in ("begun", "resumed") else entries[-1].head
    return () if head == stated.head else ("the register names another head of the chain",)
