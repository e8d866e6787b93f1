"""TIFF images with a scale: OME-TIFF, FEI/Thermo microscopes, ImageJ; read by tifffile.

OME-XML states the pitch as PhysicalSizeX and its unit, FEI's tag 34682 as PixelWidth in m, ImageJ
as resolution with `unit`. The baseline resolution tags alone are no scale: software writes 72 dpi
there. Lossy compression is refused.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar
from xml.etree import ElementTree

from drivers.imported.picture import NAN, Image, ImageImporter
from drivers.imported.source import (
    Header,
    Refused,
    Source,
    by_library,
    factor,
    library,
    number,
    when,
    when_as,
)
from drivers.imported.text import spelled
from labctl.evidence import Identity

if TYPE_CHECKING:
    from tifffile import TiffFile, TiffPage

LOSSY = ("JPEG", "OJPEG", "JPEG_LOSSY", "JETRAW", "WEBP")
FEI_TECHNIQUES: Mapping[str, str] = {"EBeam": "SEM", "IBeam": "FIB"}


class Tiff(ImageImporter):
    """Images of TIFF files in a watched folder, pixel pitch in m."""

    suffixes: ClassVar[tuple[str, ...]] = (".tif", ".tiff")

    def image_of(self, source: Source) -> Image:
        """The one image of the file; `Refused` for a cut, lossy or unscaled one."""
        from tifffile import TiffFile

        with by_library(lambda: TiffFile(io.BytesIO(source.data))) as file:
            page = _only_page(file)
            _refuse_cut(page, len(source.data))
            pixels = by_library(page.asarray)
            if file.is_ome and file.ome_metadata:
                return _ome(source, page, pixels, file.ome_metadata)
            if file.fei_metadata:
                return _fei(source, page, pixels, file.fei_metadata)
            if file.imagej_metadata:
                return _imagej(source, page, pixels, file.imagej_metadata)
        raise Refused("has no scale: neither OME-XML nor the metadata of FEI or ImageJ")


def _only_page(file: TiffFile) -> TiffPage:
    pages: list[Any] = by_library(lambda: list(file.pages))
    if len(pages) != 1:
        raise Refused(f"holds {len(pages)} images; export one a file")
    page = pages[0]
    if _compression(page) in LOSSY:
        raise Refused(f"is compressed with loss ({_compression(page)})")
    if len(page.shape) not in (2, 3) or (len(page.shape) == 3 and page.shape[2] != 3):
        raise Refused(f"is no image of rows and columns: shape {page.shape}")
    return page


def _compression(page: Any) -> str:
    return page.compression.name


def _refuse_cut(page: TiffPage, size: int) -> None:
    """`Refused` where a strip or tile does not lie in the file: it would be read as 0."""
    ends = [
        place + count for place, count in zip(page.dataoffsets, page.databytecounts, strict=True)
    ]
    if not ends or max(ends) > size or min(page.databytecounts) <= 0:
        raise Refused(f"is cut: its image needs {max(ends, default=0)} bytes, it has {size}")
    held = sum(page.databytecounts)
    if _compression(page) == "NONE" and held != page.nbytes:
        raise Refused(f"is cut: its strips hold {held} of {page.nbytes} bytes")


def _ome(source: Source, page: TiffPage, pixels: Any, xml: str) -> Image:
    """By OME-XML, schema 2016-06."""
    root = by_library(lambda: ElementTree.fromstring(xml))
    image = _part(root, "Image")
    stated = _part(image, "Pixels")
    plane = stated.find("{*}Plane")
    who = root.find("{*}Instrument/{*}Microscope")
    named = stated.get("SignificantBits") or (page.bitspersample if _whole(pixels) else 0)
    header = Header(
        xml,
        image.get("Name", ""),
        when(_words(image, "AcquisitionDate"), source.beside.utc_offset),
        None if who is None else _ome_identity(who),
    )
    return Image(
        pixels,
        header,
        library("tifffile"),
        pitch_x=_length(stated, "PhysicalSizeX", "um"),
        pitch_y=_length(stated, "PhysicalSizeY", "um"),
        exposure=NAN if plane is None else _length(plane, "ExposureTime", "s", "s"),
        limit=2.0 ** int(named) - 1 if named else 0.0,
        technique="light" if root.find("{*}Instrument/{*}Objective") is not None else "",
        x=NAN if plane is None else _length(plane, "PositionX", ""),
        y=NAN if plane is None else _length(plane, "PositionY", ""),
    )


def _ome_identity(who: ElementTree.Element) -> Identity:
    return Identity(who.get("Manufacturer", ""), who.get("Model", ""), who.get("SerialNumber", ""))


def _part(parent: ElementTree.Element, name: str) -> ElementTree.Element:
    found = parent.findall(f"{{*}}{name}")
    if len(found) != 1:
        raise Refused(f"has OME-XML with {len(found)} {name}, expected one")
    return found[0]


def _words(parent: ElementTree.Element, name: str) -> str:
    found = parent.find(f"{{*}}{name}")
    return "" if found is None else (found.text or "")


def _length(element: ElementTree.Element, name: str, default: str, to: str = "m") -> float:
    """An attribute with the unit that its twin `...Unit` states (else `default`); nan without."""
    text = element.get(name)
    unit = spelled(element.get(f"{name}Unit", default))
    if text is None or unit in ("", "pixel", "reference frame"):
        return NAN
    return number(text, name) * factor(unit, to)


def _fei(source: Source, page: TiffPage, pixels: Any, found: Mapping[str, Any]) -> Image:
    """By the private tag of FEI and Thermo Fisher microscopes; lengths in m, angles in rad."""
    beam = str(found.get("Beam", {}).get("Beam", ""))
    scan, stage, system = (found.get(key, {}) for key in ("Scan", "Stage", "System"))
    user = found.get("User", {})
    text = f"{user.get('Date', '')} {user.get('Time', '')}"
    text_of_tag: Any = page.tags[34682].value
    header = Header(
        text_of_tag if isinstance(text_of_tag, str) else repr(dict(found)),
        "",
        when_as(text, "%m/%d/%Y %I:%M:%S %p", source.beside.utc_offset),
        Identity("FEI", str(system.get("SystemType", "")), str(system.get("Dnumber", ""))),
    )
    return Image(
        pixels,
        header,
        library("tifffile"),
        pitch_x=float(scan.get("PixelWidth", NAN)),
        pitch_y=float(scan.get("PixelHeight", NAN)),
        exposure=float(scan.get("FrameTime", NAN)),
        limit=2.0**page.bitspersample - 1,
        technique=FEI_TECHNIQUES.get(beam, ""),
        x=float(stage.get("StageX", NAN)),
        y=float(stage.get("StageY", NAN)),
        tilt=float(stage.get("StageT", NAN)),
        voltage=float(found.get(beam, {}).get("HV", NAN)),
        working_distance=float(stage.get("WorkingDistance", NAN)),
    )


def _imagej(source: Source, page: TiffPage, pixels: Any, found: Mapping[str, Any]) -> Image:
    """By ImageJ's description: `unit`, and the resolution tags in pixels a unit."""
    unit = spelled(str(found.get("unit", "")).replace("\\u00B5", "u"))
    if unit in ("", "pixel", "inch", "cm"):
        raise Refused("states no unit of length in ImageJ's metadata")
    tags, scale = page.tags, factor(unit.replace("micron", "um"), "m")
    date: Any = tags["DateTime"].value if "DateTime" in tags else ""
    header = Header(
        str(found.get("Info", "")),
        str(found.get("Title", "")),
        when_as(str(date), "%Y:%m:%d %H:%M:%S", source.beside.utc_offset),
        None,
    )
    return Image(
        pixels,
        header,
        library("tifffile"),
        pitch_x=scale * _inverse(tags["XResolution"].value),
        pitch_y=scale * _inverse(tags["YResolution"].value),
        limit=2.0**page.bitspersample - 1 if _whole(pixels) else 0.0,
    )


def _inverse(rational: tuple[int, int]) -> float:
    return rational[1] / rational[0] if rational[0] else NAN


def _whole(pixels: Any) -> bool:
    import numpy as np

    return bool(np.issubdtype(pixels.dtype, np.unsignedinteger))


DRIVER = Tiff
