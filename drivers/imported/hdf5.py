"""HDF5 images in NeXus form (NXentry, NXinstrument, NXdetector), read by h5py.

docs/imported-files.md names the paths that are read.
"""

from __future__ import annotations

import io
from typing import Any, ClassVar

from drivers.imported.picture import NAN, Image, ImageImporter
from drivers.imported.source import Header, Refused, Source, by_library, factor, library, when
from drivers.imported.text import spelled
from labctl.evidence import Identity

DETECTOR = "instrument/detector"


class Hdf5(ImageImporter):
    """Images of NeXus files in a watched folder, pixel pitch in m."""

    suffixes: ClassVar[tuple[str, ...]] = (".h5", ".hdf5", ".nxs", ".hdf")

    def image_of(self, source: Source) -> Image:
        """The one image of the file's entry; `Refused` for a cut file or one without units."""
        import h5py

        with by_library(lambda: h5py.File(io.BytesIO(source.data), "r")) as file:
            return by_library(lambda: _image(source, _entry(file)))


def _entry(file: Any) -> Any:
    """The file's only NXentry."""
    entries = [group for group in file.values() if _text(group.attrs.get("NX_class")) == "NXentry"]
    if len(entries) != 1:
        raise Refused(f"has {len(entries)} entries of NeXus, expected one")
    return entries[0]


def _image(source: Source, entry: Any) -> Image:
    if f"{DETECTOR}/data" not in entry:
        raise Refused(f"has no image at {entry.name}/{DETECTOR}/data")
    detector = entry[DETECTOR]
    pixels = detector["data"][()]
    if pixels.ndim == 3 and pixels.shape[0] == 1:
        pixels = pixels[0]
    if pixels.ndim not in (2, 3) or (pixels.ndim == 3 and pixels.shape[2] != 3):
        raise Refused(f"is no image of rows and columns: shape {pixels.shape}")
    limit = detector["saturation_value"][()] if "saturation_value" in detector else 0
    sample = entry.get("sample", {})
    return Image(
        pixels,
        _header(source, entry, detector),
        library("h5py"),
        pitch_x=_number(detector, "x_pixel_size", "m"),
        pitch_y=_number(detector, "y_pixel_size", "m"),
        exposure=_number(detector, "count_time", "s"),
        limit=float(limit),
        technique=_said(entry, "technique"),
        x=_number(sample, "x_translation", "m"),
        y=_number(sample, "y_translation", "m"),
        tilt=_number(sample, "tilt", "rad"),
    )


def _header(source: Source, entry: Any, detector: Any) -> Header:
    method = _said(entry, "experiment_description") or _said(entry, "definition")
    serial = _said(detector, "serial_number")
    model = _said(detector, "model") or _said(entry, "instrument/name")
    who = Identity(_said(detector, "vendor"), model, serial) if model else None
    measured = when(_said(entry, "start_time"), source.beside.utc_offset)
    return Header(method, _said(entry, "sample/name"), measured, who)


def _said(group: Any, name: str) -> str:
    """A text of a group; empty where it is absent."""
    return _text(group[name][()]) if name in group else ""


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8")
    return "" if value is None else str(value)


def _number(group: Any, name: str, unit: str) -> float:
    """A number in `unit`; nan where it is absent, `Refused` where it has no unit."""
    if name not in group:
        return NAN
    found = group[name]
    return float(found[()]) * factor(spelled(_text(found.attrs.get("units"))), unit)


DRIVER = Hdf5
