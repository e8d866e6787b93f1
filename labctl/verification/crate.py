"""Whether a bundle's folder is what was sealed: every file, the manifest, the link to the chain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from labctl.bundle import layout, seal
from labctl.bundle.files import Listed, listed
from labctl.bundle.seal import CrateManifest
from labctl.errors import JournalError
from labctl.register import Entry
from labctl.verification.problems import Problem


@dataclass(frozen=True)
class Sealed:
    """What was found of a bundle: its manifest, None where that is none; the run's lines in the
    register."""

    manifest: CrateManifest | None
    problems: tuple[Problem, ...]
    entries: tuple[Entry, ...] = ()


def check(folder: Path) -> Sealed:
    """Compare the bundle in `folder` with its manifest; never raises on what is there."""
    try:
        manifest = seal.read(folder)
    except JournalError as error:
        return Sealed(None, (Problem("altered", error.message),))
    entries, problems = _entries(folder)
    problems = [*_differing(manifest.files, listed(folder)), *_linked(manifest), *problems]
    return Sealed(manifest, tuple(problems), tuple(entries))


def _differing(sealed: tuple[Listed, ...], there: tuple[Listed, ...]) -> Iterator[Problem]:
    found = {one.path: one for one in there}
    for one in sealed:
        if one.path not in found:
            yield Problem("missing", f"{one.path} is missing")
        elif found.pop(one.path) != one:
            yield Problem("altered", f"{one.path} was altered")
    yield from (Problem("altered", f"{name} was added") for name in found)


def _linked(manifest: CrateManifest) -> Iterator[Problem]:
    try:
        link = seal.link_of(manifest.journal.head, manifest.files)
    except ValueError:
        link = ""
    if link != manifest.link:
        yield Problem("altered", "the manifest's files are not linked to the journal's chain")


def chained(manifest: CrateManifest, run: str, transactions: int, head: str) -> Iterator[Problem]:
    """Whether the journal is the one that the bundle was sealed with."""
    stand = manifest.journal
    if (manifest.run, stand.transactions, stand.head) != (run, transactions, head):
        yield Problem("altered", "the bundle was sealed with another journal")


class _Line(msgspec.Struct):
    line: str


class _Register(msgspec.Struct):
    lines: list[_Line]


def _entries(folder: Path) -> tuple[list[Entry], list[Problem]]:
    try:
        data = (folder / layout.REGISTER).read_bytes()
        lines = msgspec.json.decode(data, type=_Register).lines
        return [msgspec.json.decode(one.line, type=Entry) for one in lines], []
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        return [], [Problem("altered", f"{layout.REGISTER} cannot be read: {error}")]
