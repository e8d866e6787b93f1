"""An analysis carried out on files: from their bytes to a document."""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from labctl import clock
from labctl.analysing.document import Document, FileRead, Reader
from labctl.analysing.stating import stated
from labctl.analysis import Analysed, Analysis, Given, Source, registered
from labctl.discovery import import_analyses, installed_labs
from labctl.errors import UsageError
from labctl.evidence import Attachment, Evidence
from labctl.i18n import N_
from labctl.provenance import labctl_version, module_sha256
from labctl.uncertainty.montecarlo import MonteCarlo
from labctl.words import Text, Words

LARGEST = 1 << 30
"""Bytes of a file that are read at most."""

SILENT = N_("the accuracy of {what}: the file does not state it")


def known_analyses() -> dict[str, Analysis]:
    """The analyses of every installed lab, by name; `BenchError` where one cannot be imported."""
    for lab in installed_labs():
        import_analyses(lab)
    return registered()


def analysed(
    name: str, paths: Sequence[Path], settings: Mapping[str, str], *, seed: int = 1
) -> Document:
    """The analysis `name` of the files `paths` with `settings` as written (`{"area": "1 cm**2"}`).

    `seed` makes its draws repeatable. `UsageError` where analysis, files or settings do not fit.
    """
    one = chosen(name)
    sources = _sources(one, paths)
    said = stated(one, settings)
    mc = MonteCarlo(seed=seed)
    found = one.function(Given(sources, said, mc, {each.name: each for each in one.settings}))
    return Document(
        analysis=one.name,
        function=one.dotted,
        utc=clock.wall().isoformat(timespec="seconds"),
        files=tuple(FileRead(each.name, len(each.data), each.sha256) for each in sources),
        reader=_reader(one),
        settings=said,
        evidence=_evidence(found, sources, mc.silent),
        plots=found.plots,
    )


def chosen(name: str) -> Analysis:
    """The analysis `name`; `UsageError` lists those there are."""
    known = known_analyses()
    if name not in known:
        raise UsageError(
            f"no analysis {name!r}", remedy="one of " + (", ".join(known) or "none: there is none")
        )
    return known[name]


def _sources(one: Analysis, paths: Sequence[Path]) -> tuple[Source, ...]:
    least, most = one.files
    if not least <= len(paths) <= most:
        wanted = f"{least}" if least == most else f"{least} to {most}"
        raise UsageError(
            f"{one.name} takes {wanted} files, not {len(paths)}",
            remedy=f"labctl analyse {one.name} FILE...",
        )
    return tuple(_source(path) for path in paths)


def _source(path: Path) -> Source:
    try:
        if path.stat().st_size > LARGEST:
            raise UsageError(f"{path} is larger than {LARGEST >> 20} MiB", remedy="cut it")
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(
            f"{path} cannot be read: {error.strerror or error}", remedy="name a file"
        ) from error
    return Source(path.name, data, hashlib.sha256(data).hexdigest())


def _reader(one: Analysis) -> Reader:
    module = one.function.__module__
    libraries = {name: _version(one, name) for name in one.libraries}
    return Reader(module, module_sha256(module), labctl_version(), libraries)


def _version(one: Analysis, library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError as error:
        raise UsageError(
            f"{one.name} reads files by {library}, which is not installed",
            remedy=f"python -m pip install {library}",
        ) from error


def _evidence(found: Analysed, sources: Iterable[Source], silent: Iterable[str]) -> Evidence:
    unknown: list[Words] = [Text(SILENT, {"what": name}) for name in sorted(silent)]
    return Evidence(
        results=found.results,
        attachments=tuple(map(_attachment, sources)),
        budget=found.budget,
        left_out=(*found.left_out, *unknown),
        missing=found.missing,
        how=found.how,
        kind="imported",
    )


def _attachment(source: Source) -> Attachment:
    kind = mimetypes.guess_type(source.name)[0] or "application/octet-stream"
    return Attachment(source.name, source.sha256, kind, len(source.data))
