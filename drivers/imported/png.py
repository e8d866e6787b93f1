"""PNG images with a scale (W3C PNG, pHYs), read by Pillow.

pHYs states pixels a metre; the text keys of docs/imported-files.md state who measured and when.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from drivers.imported.picture import NAN, Image, ImageImporter
from drivers.imported.source import Header, Refused, Source, by_library, library, number, when
from labctl.evidence import Identity

SIGNATURE = b"\x89PNG\r\n\x1a\n"
METRE = 1


class Png(ImageImporter):
    """Images of PNG files in a watched folder, pixel pitch in m."""

    suffixes: ClassVar[tuple[str, ...]] = (".png",)

    def image_of(self, source: Source) -> Image:
        """The image; `Refused` for a cut or spoilt file and for one without a scale in metres."""
        parts = dict(_chunks(source.data))
        pixels, texts = by_library(lambda: _read(source.data))
        pitch_x, pitch_y = _pitches(parts.get(b"pHYs", b""))
        bits = parts.get(b"sBIT", parts[b"IHDR"][8:9])[0]
        return Image(
            pixels,
            _header(source, texts),
            library("pillow"),
            pitch_x=pitch_x,
            pitch_y=pitch_y,
            exposure=_number(texts, "ExposureTime"),
            limit=2.0**bits - 1,
            technique=texts.get("Technique", ""),
            x=_number(texts, "StageX"),
            y=_number(texts, "StageY"),
            tilt=_number(texts, "Tilt"),
            voltage=_number(texts, "Voltage"),
            working_distance=_number(texts, "WorkingDistance"),
        )


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and content of every chunk; `Refused` where one is cut or its check fails."""
    if not data.startswith(SIGNATURE):
        raise Refused("is no PNG")
    at, kind = len(SIGNATURE), b""
    while at + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, at)
        kind = data[at + 4 : at + 8]
        content = data[at + 8 : at + 8 + length]
        check = data[at + 8 + length : at + 12 + length]
        if len(check) < 4 or zlib.crc32(kind + content) != int.from_bytes(check, "big"):
            raise Refused(f"is cut or spoilt in its chunk {kind.decode('latin-1')}")
        yield kind, content
        at += 12 + length
    if kind != b"IEND":
        raise Refused("is cut: it does not end with IEND")


def _read(data: bytes) -> tuple[Any, Mapping[str, str]]:
    import numpy as np
    from PIL import Image as Pillow

    with Pillow.open(io.BytesIO(data), formats=["PNG"]) as image:
        image.load()
        if image.mode not in ("L", "I;16", "I;16B", "RGB"):
            raise Refused(f"has pixels of the mode {image.mode}, expected grey or RGB")
        texts: dict[Any, Any] = dict(image.info)
        return np.asarray(image), {str(k): v for k, v in texts.items() if isinstance(v, str)}


def _pitches(physical: bytes) -> tuple[float, float]:
    """Pitch of columns and rows in m; nan where the file has no scale in metres."""
    if len(physical) != 9 or physical[8] != METRE:
        return NAN, NAN
    x, y = struct.unpack(">II", physical[:8])
    return (1.0 / x, 1.0 / y) if x and y else (NAN, NAN)


def _number(texts: Mapping[str, str], key: str) -> float:
    return number(texts[key], key) if key in texts else NAN


def _header(source: Source, texts: Mapping[str, str]) -> Header:
    model = texts.get("Model", "")
    who = Identity(texts.get("Make", ""), model, texts.get("SerialNumber", "")) if model else None
    measured = when(texts.get("Creation Time", ""), source.beside.utc_offset)
    return Header(texts.get("Description", ""), texts.get("Title", ""), measured, who)


DRIVER = Png
