"""Putting a time stamp on a bundle, in its folder and in its archive."""

from __future__ import annotations

import os
import shutil
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

from labctl.bundle import archive, layout, seal, tokens
from labctl.bundle.files import sum_line
from labctl.bundle.make import archive_of
from labctl.bundle.tokens import Stamp
from labctl.errors import LinkError, UsageError
from labctl.keys import Authority

TIMEOUT = 30.0
"""Seconds that an authority has for its answer."""

LARGEST = 1 << 20
"""Bytes of an answer that are read."""


def stamp(path: Path, token: bytes, authorities: Iterable[Authority]) -> Stamp:
    """Put `token` on the bundle `path`, a folder or an archive, and on the other of both beside it.

    `UsageError` where it is over something else, or there is a time stamp already.
    """
    both = [one for one in (path, counterpart(path)) if one is not None]
    data = tokens.response(token)
    found = tokens.read(data, manifest_of(path), authorities)
    for one in both:
        if one.is_dir():
            _put(one, data)
        else:
            _put_into_archive(one, data)
    return found


def manifest_of(path: Path) -> bytes:
    """The bytes of the manifest of the bundle `path`, which a time stamp is over."""
    if path.is_dir():
        return seal.read(path).canonical
    with tempfile.TemporaryDirectory(prefix="labctl-") as folder:
        archive.unpack(path, Path(folder))
        return seal.read(Path(folder)).canonical


def counterpart(path: Path) -> Path | None:
    """The archive of a folder, or the folder of an archive, where it lies beside it and is the
    same bundle."""
    other = archive_of(path) if path.is_dir() else path.with_suffix("")
    there = other.is_file() if path.is_dir() else layout.is_crate(other)
    return other if there and manifest_of(other) == manifest_of(path) else None


def obtain(url: str, over: bytes) -> bytes:
    """The answer of the authority at `url` to a request for a token over `over`.

    It is told nothing but a SHA-256. `LinkError` where it does not answer.
    """
    if urlsplit(url).scheme not in ("http", "https"):
        raise UsageError(f"{url} is no address of an authority", remedy="http:// or https://")
    wanted = tokens.request(over)
    kind = {"Content-Type": "application/timestamp-query"}
    asked = urllib.request.Request(url, wanted.data, kind)
    try:
        with urllib.request.urlopen(asked, timeout=TIMEOUT) as answer:
            data = answer.read(LARGEST)
    except (OSError, urllib.error.HTTPError) as error:
        raise LinkError(
            f"the time stamping authority does not answer: {error}",
            address=url,
            remedy="another authority, or --token with one obtained elsewhere",
        ) from error
    tokens.check_nonce(data, wanted.nonce)
    return data


def _put(folder: Path, data: bytes) -> None:
    if (folder / layout.TOKEN).exists():
        raise UsageError(f"{folder} has a time stamp already", remedy="an older one proves more")
    (folder / layout.TOKEN).write_bytes(data)
    (folder / layout.TOKEN_SUM).write_bytes(sum_line(layout.TOKEN, data))


def _put_into_archive(path: Path, data: bytes) -> None:
    with tempfile.TemporaryDirectory(prefix="labctl-", dir=path.parent) as scratch:
        folder, anew = Path(scratch) / "crate", Path(scratch) / path.name
        archive.unpack(path, folder)
        _put(folder, data)
        archive.pack(folder, anew)
        os.replace(anew, path)
        shutil.rmtree(folder)
