"""Gwyddion GWY height maps (Gwyddion user guide, appendix "File formats"), read by gwyfile.

The first channel is read: its data field with the units of plane and height, its log of what was
done to it, and the keys `Date`, `Sample`, `Instrument`, `Manufacturer`, `Serial number`, `Method`,
`Tip radius` (`8 nm`) of its metadata.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any, ClassVar

from drivers.imported.folder import Importer
from drivers.imported.heights import Field, height_map
from drivers.imported.source import (
    Header,
    Refused,
    Source,
    by_library,
    factor,
    library,
    missing,
    number,
    when,
)
from drivers.imported.text import spelled
from drivers.roles.surface_topography import HeightMap
from labctl.evidence import Identity

MAGIC = b"GWYPGwyContainer\0"


class Gwy(Importer[HeightMap]):
    """Height maps of GWY files in a watched folder, in m."""

    instrument_class: ClassVar[str] = "surface_topography"
    suffixes: ClassVar[tuple[str, ...]] = (".gwy",)

    def result_of(self, source: Source) -> HeightMap:
        """The first channel's map; `Refused` for a cut file and without units."""
        _refuse_cut(source.data)
        channel = by_library(lambda: _first_channel(source.data))
        field = by_library(lambda: _field(channel))
        return height_map(source, library("gwyfile"), _header(source, channel, field), field)


def _refuse_cut(data: bytes) -> None:
    """`Refused` where the file is not as long as its top object says."""
    if not data.startswith(MAGIC):
        raise Refused("is no GWY file, or cut in its first bytes")
    head = len(MAGIC) + 4
    size = int.from_bytes(data[len(MAGIC) : head], "little")
    if len(data) != head + size:
        raise Refused(f"is cut: {len(data)} of {head + size} bytes")


def _first_channel(data: bytes) -> Mapping[str, Any]:
    """The first channel: what stands below `/<number>/`, by the rest of its name."""
    import gwyfile

    loaded: Any = gwyfile.load(io.BytesIO(data))
    content: Mapping[str, Any] = loaded
    places = sorted(
        int(key.split("/")[1])
        for key in content
        if key.count("/") == 2 and key.endswith("/data") and key.split("/")[1].isdigit()
    )
    if not places:
        raise Refused("has no height map")
    start = f"/{places[0]}/"
    return {key[len(start) :]: one for key, one in content.items() if key.startswith(start)}


def _field(channel: Mapping[str, Any]) -> Field:
    data: Any = channel["data"]
    plane, height = _unit(data, "si_unit_xy"), _unit(data, "si_unit_z")
    log = channel.get("data/log")
    done = tuple(str(line) for line in log.get("strings", ())) if log is not None else ()
    tip = _meta(channel).get("Tip radius", "")
    return Field(
        data.data.astype(float) * factor(height, "m"),
        data["xreal"] / data["xres"] * factor(plane, "m"),
        data["yreal"] / data["yres"] * factor(plane, "m"),
        _length(tip, "Tip radius") if tip else 0.0,
        done,
    )


def _length(text: str, what: str) -> float:
    """A length such as `8 nm`, in m; `Refused` without a unit."""
    value, _, unit = text.strip().partition(" ")
    return number(value, what) * factor(spelled(unit), "m")


def _unit(data: Any, name: str) -> str:
    found = data.get(name)
    return spelled(str(found.get("unitstr", ""))) if found is not None else ""


def _meta(channel: Mapping[str, Any]) -> Mapping[str, str]:
    found = channel.get("meta")
    return {} if found is None else {str(key): str(text) for key, text in found.items()}


def _header(source: Source, channel: Mapping[str, Any], field: Field) -> Header:
    meta = _meta(channel)
    name = meta.get("Model", "") or meta.get("Instrument", "")
    who = Identity(meta.get("Manufacturer", ""), name, meta.get("Serial number", ""))
    method = meta.get("Method", "") and "\n".join(f"{key}: {text}" for key, text in meta.items())
    sample = meta.get("Sample", "") or str(channel.get("data/title", ""))
    measured = when(meta.get("Date", ""), source.beside.utc_offset)
    known = who if name else None
    return Header(method, sample, measured, known, "", missing(height=field.height))


DRIVER = Gwy
