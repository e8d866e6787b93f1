"""Atomic force microscope that writes GWY, by the Gwyddion user guide, "GWY file format".

Magic `GWYP`, then a GwyContainer of components: `/0/data` (GwyDataField with xres, yres, xreal and
yreal in m, units as GwySIUnit, heights in m as an array of doubles, rows from the top), the title
`/0/data/title` and `/0/meta`, a container of texts: who, when, with what tip, what was done to the
heights. Makers' programs do not agree on names in `/0/meta`; these are ours.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping

import numpy as np

from sim_backends.emulators.files.scanner import (
    MAKER,
    METHOD,
    MODEL,
    POINTS,
    TIP,
    WIDTH,
    Scanner,
)
from sim_backends.emulators.files.station import FileStation, Shot
from sim_backends.models.specimens.grating import SurfacePort


class GwyMicroscope(FileStation):
    """A microscope above the surface in `port`."""

    suffix = ".gwy"

    def __init__(self, port: SurfacePort, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__(serial=serial, rng=rng)
        self._scanner = Scanner(port, rng)

    def document(self, shot: Shot) -> bytes:
        """One map."""
        heights = self._scanner.scan(shot.t)
        field = integer("xres", POINTS) + integer("yres", POINTS)
        field += double("xreal", WIDTH) + double("yreal", WIDTH)
        field += unit("si_unit_xy", "m") + unit("si_unit_z", "m")
        field += doubles("data", heights)
        items = component("/0/data", b"o", named("GwyDataField", field))
        items += text("/0/data/title", "Height")
        items += component("/0/meta", b"o", named("GwyContainer", texts(meta(shot))))
        return b"GWYP" + named("GwyContainer", items)


def meta(shot: Shot) -> dict[str, str]:
    """What the microscope's software notes beside the map."""
    return {
        "Instrument": f"{MAKER} {MODEL}",
        "Manufacturer": MAKER,
        "Model": MODEL,
        "Serial number": shot.serial,
        "Sample": shot.sample,
        "Date": shot.moment.isoformat(),
        "Method": METHOD,
        "Tip radius": f"{TIP * 1e9:g} nm",
        "Processing": "none",
    }


def named(kind: str, content: bytes) -> bytes:
    """An object: its type, its size, its components."""
    return kind.encode("ascii") + b"\0" + struct.pack("<I", len(content)) + content


def component(name: str, kind: bytes, value: bytes) -> bytes:
    """A component: name, letter of its type, value."""
    return name.encode("utf-8") + b"\0" + kind + value


def integer(name: str, value: int) -> bytes:
    """A 32-bit integer."""
    return component(name, b"i", struct.pack("<i", value))


def double(name: str, value: float) -> bytes:
    """A double."""
    return component(name, b"d", struct.pack("<d", value))


def doubles(name: str, values: np.ndarray) -> bytes:
    """An array of doubles, in the quantity's unit, in reading order."""
    head = struct.pack("<I", values.size)
    return component(name, b"D", head + values.astype("<f8").tobytes())


def text(name: str, value: str) -> bytes:
    """A string."""
    return component(name, b"s", value.encode("utf-8") + b"\0")


def texts(values: Mapping[str, str]) -> bytes:
    """Several strings."""
    return b"".join(text(name, value) for name, value in values.items())


def unit(name: str, symbol: str) -> bytes:
    """An SI unit."""
    return component(name, b"o", named("GwySIUnit", text("unitstr", symbol)))


EMULATOR = GwyMicroscope
