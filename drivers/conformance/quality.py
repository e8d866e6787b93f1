"""How well each driver is proved: the table `quality.toml` of a drivers package, and its rules.

["vendor.model"]
tier = "golden"                   # see TIERS
reason = "what proves it"
by = "pymeasure DMM6500"          # foreign-verified: whose driver or simulator
test = "tests/foreign/test_x.py"  # and the test in which they meet
serial = "04501234"               # hardware-verified: the instrument,
date = "2026-03-01"               # and when
exemptions = { rule = "why" }     # rules that it cannot keep, see EXEMPTIONS
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from drivers.conformance.folder import Folder, Subject
from drivers.conformance.transcripts import Golden
from labctl.errors import BenchError

FILE = "quality.toml"
UNVERIFIED, GOLDEN = "unverified", "golden"
FOREIGN, HARDWARE = "foreign-verified", "hardware-verified"
TIERS = (UNVERIFIED, GOLDEN, FOREIGN, HARDWARE)
"""From no proof but a manual read, to a real instrument."""

EXEMPTIONS = {
    "serial_number": "the instrument tells no serial number of its own",
    "safe_state": "it has no safe state that can be commanded and read back",
    "accuracy": "no maker states an accuracy; the limits of error are assumed",
    "sheet": "it serves any model: its accuracies come from the bench file",
    "manual": "no manual is public; other parties' drivers stand for it",
    "emulator": "it has no emulator, so no simulated bench can have it",
    "transcript": "its class is another model's, whose transcript proves it, or it reads files",
}
"""Rules that a driver may be exempt from, each with what the exemption says."""

SHORTEST_REASON = 20


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A driver's row of the table."""

    tier: str
    reason: str
    by: str = ""
    test: str = ""
    serial: str = ""
    date: str = ""
    exemptions: dict[str, str] = {}


def quality(folder: Folder) -> dict[str, Entry]:
    """The table of a drivers package; `BenchError` names the row that cannot be read."""
    path = folder.path / FILE
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BenchError(f"{path}: {error}", remedy=f"write {FILE} beside the drivers") from error
    return {name: _entry(path, name, row) for name, row in rows.items()}


def _entry(path: Path, name: str, row: Any) -> Entry:
    try:
        return msgspec.convert(row, Entry)
    except msgspec.ValidationError as error:
        raise BenchError(f"{path}: {name}: {error}", remedy="correct that row") from error


def has_its_tier(subject: Subject) -> Iterator[str]:
    """The driver stands in the table, with a tier, a reason, and what the tier asks for."""
    entry = quality(subject.folder).get(subject.name)
    if entry is None:
        yield f"{FILE} has no row for it"
        return
    if entry.tier not in TIERS:
        yield f"tier {entry.tier!r} is none of {', '.join(TIERS)}"
    if len(entry.reason) <= SHORTEST_REASON:
        yield f"the reason for its tier says too little: {entry.reason!r}"
    yield from _wrong_proof(entry)
    for rule, why in entry.exemptions.items():
        if rule not in EXEMPTIONS:
            yield f"no rule {rule!r} to be exempt from; there are {', '.join(EXEMPTIONS)}"
        if len(why) <= SHORTEST_REASON:
            yield f"the exemption from {rule} gives no reason: {why!r}"
    yield from _unproved(subject, entry)


def _wrong_proof(entry: Entry) -> Iterator[str]:
    if entry.tier == FOREIGN and not (entry.by and entry.test):
        yield "foreign-verified needs by (whose driver or simulator) and test (where they meet)"
    if entry.tier == HARDWARE and not (entry.serial and entry.date):
        yield "hardware-verified needs serial and date of the instrument that was met"


def _unproved(subject: Subject, entry: Entry) -> Iterator[str]:
    """A tier above unverified needs a transcript with sources that are not remembered."""
    sources = Golden(subject.folder.golden).load(subject.name).get("sources", {})
    proved = any(not text.startswith("remembered") for text in sources.values())
    if not sources and entry.tier != UNVERIFIED:
        yield f"tier {entry.tier} without a golden transcript"
    elif sources and not proved and entry.tier != UNVERIFIED:
        yield f"tier {entry.tier}, but every exchange of its transcript is remembered"
    elif proved and entry.tier == UNVERIFIED:
        yield "tier unverified, but exchanges of its transcript have a source"


def rows_without_driver(folder: Folder) -> Iterator[str]:
    """Every row of the table belongs to a driver, and a foreign test that it names exists."""
    known = set(folder.names())
    for name, entry in quality(folder).items():
        if name not in known:
            yield f"{name} stands in {FILE}, but there is no such driver"
        yield from _missing_test(folder, name, entry)


def _missing_test(folder: Folder, name: str, entry: Entry) -> Iterator[str]:
    """A named test is looked for in the source tree; an installed package may lack its tests."""
    if not entry.test:
        return
    tree = next((one for one in folder.path.parents if (one / "tests").is_dir()), None)
    if tree is None:
        return
    file, _, function = entry.test.partition("::")
    path = tree / file
    if not path.is_file():
        yield f"{name}: there is no test {file}"
        return
    text = f"{path.name}\n{path.read_text(encoding='utf-8')}"
    for part in (f"def {function}(", entry.by.partition(" ")[0]):
        if part != "def (" and _spelled(part) not in _spelled(text):
            yield f"{name}: {file} does not hold {part!r}"


def _spelled(text: str) -> str:
    """Distributions and modules differ in case, hyphens and underscores."""
    return text.lower().replace("-", "_")
