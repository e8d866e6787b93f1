"""OME-TIFF as simulated cameras write it, by TIFF 6.0 (Adobe 1992) and the OME model 2016-06.

Grey scale of 16 bits in one uncompressed strip; one plane. The OME-XML in ImageDescription has
pixel pitch (PhysicalSizeX, PhysicalSizeY), exposure (Plane), who (Microscope, Detector), when
(AcquisitionDate), the name of the sample (Image/@Name) and the method (Image/Description). The
pitch also stands in XResolution and YResolution (pixels per centimetre), the exposure in tag 33434
of TIFF/EP (ISO 12234-2). Real cameras often state less, each in its own words. Left out: stacks,
colour, compression, BigTIFF.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from sim_backends.emulators.files.station import Shot

MAKE, CAMERA_MODEL, EXPOSURE_TIME = 271, 272, 33434
"""Numbers of the tags."""

CENTIMETRE = 0.01
SCHEMA = "http://www.openmicroscopy.org/Schemas/OME/2016-06"


@dataclass(frozen=True, slots=True)
class About:
    """What a camera says of a picture: `maker`, `model`, `method` in words, `pitch` of the pixels
    in m, `exposure` in s."""

    maker: str
    model: str
    method: str
    pitch: float
    exposure: float


def ome_tiff(counts: Any, shot: Shot, about: About) -> bytes:
    """The file of one picture of `counts`, shape (rows, columns), 16 bits unsigned."""
    import tifffile

    exposure = Fraction(about.exposure).limit_denominator(10**6)
    file = io.BytesIO()
    tifffile.imwrite(
        file,
        counts,
        photometric="minisblack",
        resolution=(CENTIMETRE / about.pitch, CENTIMETRE / about.pitch),
        resolutionunit="CENTIMETER",
        description=ome(shot, about, counts.shape),
        metadata=None,
        software=f"{about.model} 1.0",
        datetime=shot.moment.replace(tzinfo=None),
        extratags=[
            (MAKE, 2, 0, about.maker, True),
            (CAMERA_MODEL, 2, 0, about.model, True),
            (EXPOSURE_TIME, 5, 1, exposure.as_integer_ratio(), True),
        ],
    )
    return file.getvalue()


def ome(shot: Shot, about: About, shape: tuple[int, int]) -> str:
    """OME-XML of one picture of `shape` (rows, columns), in ASCII."""
    who = f"Manufacturer={quoteattr(about.maker)} Model={quoteattr(about.model)}"
    who += f" SerialNumber={quoteattr(shot.serial)}"
    size = f'PhysicalSize{{0}}="{about.pitch * 1e6:g}" PhysicalSize{{0}}Unit="&#181;m"'
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<OME xmlns="{SCHEMA}"><Instrument ID="Instrument:0">'
        f'<Microscope Type="Other" {who}/><Detector ID="Detector:0" Type="CMOS" {who}/>'
        f'</Instrument><Image ID="Image:0" Name={quoteattr(shot.sample)}>'
        f"<AcquisitionDate>{shot.moment:%Y-%m-%dT%H:%M:%S}Z</AcquisitionDate>"
        f'<Description>{escape(about.method)}</Description><InstrumentRef ID="Instrument:0"/>'
        '<Pixels ID="Pixels:0" DimensionOrder="XYZCT" Type="uint16" BigEndian="false"'
        f' SignificantBits="16" SizeX="{shape[1]}" SizeY="{shape[0]}" SizeZ="1" SizeC="1" SizeT="1"'
        f" {size.format('X')} {size.format('Y')}>"
        '<Channel ID="Channel:0:0" SamplesPerPixel="1"><DetectorSettings ID="Detector:0"/>'
        '</Channel><TiffData IFD="0" PlaneCount="1"/>'
        f'<Plane TheZ="0" TheC="0" TheT="0" ExposureTime="{about.exposure:g}"/>'
        "</Pixels></Image></OME>"
    )
