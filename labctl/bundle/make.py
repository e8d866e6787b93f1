"""Making a bundle of a run: written beside its place, sealed, and put there whole."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from labctl import clock, manifest
from labctl.bundle import archive, layout, parts
from labctl.bundle.metadata import write_metadata
from labctl.bundle.seal import CrateManifest, Stand, seal
from labctl.errors import JournalError, UsageError
from labctl.journal.reader import Reader
from labctl.keys import Signer
from labctl.manifest import Manifest
from labctl.provenance import labctl_version
from labctl.runfile import open_run
from labctl.runfolder import RunFolder
from labctl.verification.integrity import check


@dataclass(frozen=True)
class Crate:
    """A bundle that was made: its folder, the archive beside it, what was sealed."""

    folder: Path
    archive: Path
    manifest: CrateManifest


def write_crate(run: Path, output: Path | None = None, signer: Signer | None = None) -> Crate:
    """Make the bundle of the run in the folder `run`, signed where there is a `signer`.

    It becomes the folder `output` (without .zip), else one in the run's folder, and a .zip beside
    it. `UsageError` where there is one already, or the run goes on; `JournalError` where the run
    is not what was written, since nobody should sign that.
    """
    source = RunFolder(run)
    stated = _closed(source)
    place = _place(run, output, stated.run)
    part = place.with_name(f"{place.name}.part")
    if part.exists():
        shutil.rmtree(part)  # of an attempt that was killed
    try:
        part.mkdir(parents=True)
        made = clock.wall().isoformat(timespec="milliseconds").replace("+00:00", "Z")
        _fill(source, stated, part, made)
        stand = Stand(stated.transactions, stated.content, stated.head)
        sealed = seal(part, stated.run, stand, made, labctl_version(), signer)
        os.replace(part, place)
    except OSError as error:
        raise UsageError(f"{place}: {error.strerror}", remedy="choose another --output") from error
    zipped = archive_of(place)
    archive.pack(place, zipped)
    return Crate(place, zipped, sealed)


def archive_of(folder: Path) -> Path:
    """The archive of the bundle in `folder`."""
    return folder.with_name(f"{folder.name}.zip")


def _closed(run: RunFolder) -> Manifest:
    """The manifest of a run that was closed and is whole."""
    stated = manifest.read(run.path)
    if run.is_running or stated.state == "running":
        raise UsageError(
            f"{stated.run} was not closed: it goes on, or was killed",
            remedy="wait for its end, or labctl resume",
        )
    problems = check(run).problems
    if problems:
        raise JournalError(
            f"{stated.run} is not what was written: {problems[0]}",
            remedy="labctl verify tells more; a bundle of it would vouch for it",
        )
    return stated


def _place(run: Path, output: Path | None, id: str) -> Path:
    place = output or run / layout.crate_name(id)
    place = place.with_suffix("") if place.suffix == ".zip" else place
    for path in (place, archive_of(place)):
        if path.exists():
            raise UsageError(f"{path} is there already", remedy="choose another --output")
    return place


def _fill(run: RunFolder, stated: Manifest, folder: Path, made: str) -> None:
    record = open_run(run.path)
    with Reader(run.journal) as reader:
        parts.write_run(run, reader, folder)
        parts.write_texts(record, reader, folder)
        parts.write_provenance(record, reader, folder)
        parts.write_sources(run, reader, folder)
    parts.write_tables(record, folder)
    parts.write_reports(record, folder)
    parts.write_register(run, stated.run, folder)
    write_metadata(record, folder, made)
