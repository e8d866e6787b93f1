"""Runs, benches and agreements by the names that a client sends: looked up, never joined to a path.

A name that is not in the folder's own listing is unknown, whatever it looks like.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from labctl import manifest
from labctl.errors import BenchError, JournalError
from labctl.journal.reader import Reader
from labctl.runfolder import file_sha256
from labctl.web.house import House
from labctl.web.problems import Problem, unknown


@dataclass(frozen=True)
class Bench:
    """A bench file that runs may be started on: its name, and whether it is simulated."""

    name: str
    path: Path
    simulated: bool
    rig: str
    roles: dict[str, dict[str, Any]]
    sha256: str
    error: str = ""


def run_folder(house: House, run: str) -> Path:
    """The folder of the run with the id `run`; 404 where there is none."""
    folder = _entry(house.settings.runs, run)
    if folder is None or not (folder / "journal.db").is_file():
        raise unknown("run", run)
    return folder


def listed_runs(house: House) -> Iterator[Path]:
    """Folders of runs, oldest first by their names."""
    if house.settings.runs.is_dir():
        for entry in sorted(os.scandir(house.settings.runs), key=lambda one: one.name):
            if entry.is_dir() and os.path.isfile(os.path.join(entry.path, manifest.FILE)):
                yield Path(entry.path)


def item_of(reader: Reader, run: str, number: int) -> tuple[int, str]:
    """Number and id of an item of `run`; 404 where it has none of that number."""
    for found, id, *_rest in reader.items():
        if found == number:
            return found, id
    raise unknown(f"item of {run}", str(number))


def bench_files(house: House) -> Iterator[Path]:
    """The bench files in the folders that the settings name."""
    for folder in house.settings.benches:
        yield from sorted(folder.glob("*.toml"))


def benches(house: House) -> list[Bench]:
    """The bench files in the folders that the settings name, by name; the first of a name counts.

    One that cannot be read is listed with its error.
    """
    found: dict[str, Bench] = {}
    for path in bench_files(house):
        found.setdefault(path.stem, _bench(path))
    return sorted(found.values(), key=lambda bench: bench.name)


def bench(house: House, name: str) -> Bench:
    """The bench called `name`; 404 where there is none."""
    for one in benches(house):
        if one.name == name:
            return one
    raise unknown("bench", name)


def agreement(house: House, name: str) -> Path:
    """The file of the agreement called `name`; 404 where there is none."""
    folder = house.settings.agreements
    for path in sorted(folder.glob("*")) if folder is not None else ():
        if path.is_file() and path.stem == name:
            return path
    raise unknown("agreement", name)


def journal_of(folder: Path) -> Reader:
    """The journal of a run; 409 where it has none yet."""
    try:
        return Reader(folder / "journal.db")
    except JournalError as error:
        raise Problem(409, error.message, remedy=error.remedy, kind=error.kind) from error


def _entry(folder: Path, name: str) -> Path | None:
    if not folder.is_dir():
        return None
    with os.scandir(folder) as entries:
        return next((Path(one.path) for one in entries if one.name == name and one.is_dir()), None)


def _bench(path: Path) -> Bench:
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        roles = rows.get("roles", {})
        if not isinstance(roles, dict):
            raise BenchError(f"{path.name}: roles is no table")
        tables = {
            str(role): cast("dict[str, Any]", row)
            for role, row in cast("dict[str, Any]", roles).items()
            if isinstance(row, dict)
        }
        sha256, rig = file_sha256(path), str(rows.get("rig", ""))
        return Bench(path.stem, path, "sim" in rows, rig, tables, sha256)
    except (OSError, ValueError, BenchError) as error:
        return Bench(path.stem, path, False, "", {}, "", str(error))
