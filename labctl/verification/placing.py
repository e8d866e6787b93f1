"""Where the bench file of a recorded item is: as it lies on this machine, else as it was kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from labctl.indicator import Indicator
from labctl.journal.standing import Standing
from labctl.requests import RunRequest
from labctl.runfolder import file_sha256

DOSSIER = "dossier.toml"
"""Name of the index in the folder of a dossier, whose text a journal keeps as that of its bench."""


def placed(request: RunRequest, indicator: Indicator, known: Standing, folder: Path) -> RunRequest:
    """`request` with the bench file or dossier that the item `known` was begun with.

    Where that file is not on this machine, or has changed since, the text that the journal keeps
    is written into `folder`.
    """
    if indicator.evidence == "document":
        _write(folder / DOSSIER, known.bench_text)
        return replace(request, dossier=folder)
    if request.bench is not None and _is(request.bench, known.bench):
        return request
    path = folder / "bench.toml"
    _write(path, known.bench_text)
    return replace(request, bench=path)


def _is(path: Path, sha256: str) -> bool:
    return path.is_file() and file_sha256(path) == sha256


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))
