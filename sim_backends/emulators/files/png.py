"""Beam profiler that writes PNG, by the PNG specification (ISO/IEC 15948, W3C, 2nd edition).

Grey scale of 16 bits, not interlaced. The pixel pitch stands in the chunk pHYs (11.3.5.3), whole
pixels per metre; who, when and how in tEXt chunks (11.3.4.3) with the keywords of the specification
(Software, Source, Creation Time, Title, Description) and those of docs/imported-files.md. Real
software often writes no pHYs, or that of a screen. Left out: colour, palettes, 8 bits.
"""

from __future__ import annotations

import struct
import zlib
from typing import Any

import numpy as np

from sim_backends.emulators.files.beam_camera import MAKER, MODEL, PITCH, BeamCamera
from sim_backends.emulators.files.station import FileStation, Shot
from sim_backends.models.specimens.gaussian_beam import BeamProfilePort

SIGNATURE = b"\x89PNG\r\n\x1a\n"
METRE = 1
"""Unit of pHYs."""


class PngBeamProfiler(FileStation):
    """A beam camera before the beam in `port`."""

    suffix = ".png"

    def __init__(self, port: BeamProfilePort, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__(serial=serial, rng=rng)
        self._camera = BeamCamera(port, rng)

    def document(self, shot: Shot) -> bytes:
        """One picture."""
        frame = self._camera.frame(shot)
        texts = {
            "Title": shot.sample,
            "Source": f"{MAKER} {MODEL} {shot.serial}",
            "Software": f"{MODEL} 1.0",
            "Creation Time": shot.moment.isoformat(),
            **frame.about,
        }
        per_metre = round(1.0 / PITCH)
        parts = [
            chunk(b"IHDR", struct.pack(">IIBBBBB", *frame.counts.shape[::-1], 16, 0, 0, 0, 0)),
            chunk(b"pHYs", struct.pack(">IIB", per_metre, per_metre, METRE)),
            *(chunk(b"tEXt", f"{key}\0{text}".encode("latin-1")) for key, text in texts.items()),
            chunk(b"IDAT", zlib.compress(scan_lines(frame.counts))),
            chunk(b"IEND", b""),
        ]
        return SIGNATURE + b"".join(parts)


def chunk(kind: bytes, data: bytes) -> bytes:
    """Length, type, data and CRC-32 (5.3)."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def scan_lines(counts: Any) -> bytes:
    """Rows of big-endian samples, each after its filter type 0 (9.2)."""
    return b"".join(b"\0" + row.astype(">u2").tobytes() for row in counts)


EMULATOR = PngBeamProfiler
