"""What the drivers of each bench lack: proof by a second party, an accuracy, a certificate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from drivers.conformance.folder import Subject, folder_of, package_path
from drivers.conformance.quality import FOREIGN, TIERS, Entry, quality
from labctl.errors import BenchError
from labctl.labs import Lab
from labctl.lacking import BenchLacks, Lack
from rigs.bench import Bench, load_bench
from rigs.conformance.models import NO_ENTRY, guesses

Row = tuple[Subject, Entry]


def lacking(labs: Sequence[Lab], bench: Path | None) -> Iterator[BenchLacks]:
    """Of every bench of `labs`, or of the file `bench` alone, what each role lacks."""
    known = {name: row for lab in labs for name, row in _drivers(lab)}
    if bench is not None:
        yield _of_bench("", bench, known)
        return
    for lab in labs:
        for path in _files(lab):
            yield _of_bench(f"{lab.name}/", path, known)


def _drivers(lab: Lab) -> Iterator[tuple[str, Row]]:
    """Every driver of a lab by its name on a bench, with its row of the table of quality."""
    if "drivers" in lab.packages:
        folder = folder_of(lab.packages["drivers"])
        table = quality(folder)
        for subject in folder.subjects():
            row = table.get(subject.name, NO_ENTRY)
            yield folder.full(subject.name), (subject, row)


def _of_bench(prefix: str, path: Path, known: Mapping[str, Row]) -> BenchLacks:
    found = load_bench(path)
    lacks = {role: tuple(_lacks(found, role, known)) for role in found.roles}
    return BenchLacks(f"{prefix}{found.name}", path, found.simulated, lacks)


def _files(lab: Lab) -> list[Path]:
    """The lab's own bench files, real ones first."""
    if "rigs" not in lab.packages:
        return []
    folder = package_path(lab.packages["rigs"]) / "benches"
    return [*sorted(folder.glob("*.toml")), *sorted(folder.glob("sim/*.toml"))]


def _lacks(bench: Bench, role: str, known: Mapping[str, Row]) -> Iterator[Lack]:
    name = bench.roles[role].driver
    if name not in known:
        yield Lack("driver", f"no installed lab has the driver {name!r}")
        return
    try:
        yield from _of_driver(*known[name])
    except BenchError as error:
        yield Lack("driver", error.message)
        return
    entry = bench.roles[role]
    if not (bench.simulated or entry.certificate or entry.certificate_file):
        yield Lack("certificate", entry.address)


def _of_driver(subject: Subject, entry: Entry) -> Iterator[Lack]:
    if entry.tier not in TIERS or TIERS.index(entry.tier) < TIERS.index(FOREIGN):
        yield Lack("tier", entry.tier)
    for rule, why in entry.exemptions.items():
        yield Lack("exempt", f"{rule}: {why}")
    guessed = guesses(subject.kind)
    if guessed:
        yield Lack("accuracy", ", ".join(guessed))
