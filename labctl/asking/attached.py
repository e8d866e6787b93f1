"""A file that a person hands in: what is noted of it, and whether it is a picture."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from labctl.evidence import Attachment
from labctl.runfolder import file_sha256

MOST = 256 * 1024 * 1024
"""Bytes that a file may have."""

_BEGINNINGS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_HEIC = (b"heic", b"heix", b"mif1", b"avif")


def attachment_of(path: Path) -> Attachment:
    """What will be attached of the file at `path`; `OSError` where that cannot be read."""
    size = path.stat().st_size
    if size > MOST:
        raise OSError(f"{size} bytes are more than {MOST}")
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return Attachment(path.name, file_sha256(path), media_type, size)


def is_picture(path: Path) -> bool:
    """Whether the file begins as a photo does: JPEG, PNG, GIF, BMP, TIFF, WebP, HEIC or AVIF."""
    with open(path, "rb") as file:
        head = file.read(16)
    webp = head[:4] == b"RIFF" and head[8:12] == b"WEBP"
    heic = head[4:8] == b"ftyp" and head[8:12] in _HEIC
    return head.startswith(_BEGINNINGS) or webp or heic
