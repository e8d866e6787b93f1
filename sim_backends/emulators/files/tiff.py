"""Beam profiler that writes OME-TIFF, by TIFF 6.0 (Adobe 1992) and the OME model 2016-06.

Grey scale of 16 bits in one uncompressed strip; one plane. The OME-XML in ImageDescription has
pixel pitch (PhysicalSizeX, PhysicalSizeY), exposure (Plane), who (Microscope, Detector), when
(AcquisitionDate), the name of the sample (Image/@Name) and the method (Image/Description). The
pitch also stands in XResolution and YResolution (pixels per centimetre), the exposure in tag 33434
of TIFF/EP (ISO 12234-2). Real cameras often state less, each in its own words. Left out: stacks,
colour, compression, BigTIFF.
"""

from __future__ import annotations

import io
from fractions import Fraction
from xml.sax.saxutils import escape, quoteattr

import numpy as np

from sim_backends.emulators.files.beam_camera import (
    COLUMNS,
    EXPOSURE,
    MAKER,
    METHOD,
    MODEL,
    PITCH,
    ROWS,
    BeamCamera,
)
from sim_backends.emulators.files.station import FileStation, Shot
from sim_backends.models.specimens.gaussian_beam import BeamProfilePort

MAKE, CAMERA_MODEL, EXPOSURE_TIME = 271, 272, 33434
"""Numbers of the tags."""

CENTIMETRE = 0.01
SCHEMA = "http://www.openmicroscopy.org/Schemas/OME/2016-06"


class TiffBeamProfiler(FileStation):
    """A beam camera before the beam in `port`."""

    suffix = ".ome.tif"

    def __init__(self, port: BeamProfilePort, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__(serial=serial, rng=rng)
        self._camera = BeamCamera(port, rng)

    def document(self, shot: Shot) -> bytes:
        """One picture."""
        import tifffile

        exposure = Fraction(EXPOSURE).limit_denominator(10**6)
        file = io.BytesIO()
        tifffile.imwrite(
            file,
            self._camera.frame(shot).counts,
            photometric="minisblack",
            resolution=(CENTIMETRE / PITCH, CENTIMETRE / PITCH),
            resolutionunit="CENTIMETER",
            description=ome(shot),
            metadata=None,
            software=f"{MODEL} 1.0",
            datetime=shot.moment.replace(tzinfo=None),
            extratags=[
                (MAKE, 2, 0, MAKER, True),
                (CAMERA_MODEL, 2, 0, MODEL, True),
                (EXPOSURE_TIME, 5, 1, exposure.as_integer_ratio(), True),
            ],
        )
        return file.getvalue()


def ome(shot: Shot) -> str:
    """OME-XML of one picture, in ASCII."""
    who = f"Manufacturer={quoteattr(MAKER)} Model={quoteattr(MODEL)}"
    who += f" SerialNumber={quoteattr(shot.serial)}"
    size = f'PhysicalSize{{0}}="{PITCH * 1e6:g}" PhysicalSize{{0}}Unit="&#181;m"'
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<OME xmlns="{SCHEMA}"><Instrument ID="Instrument:0">'
        f'<Microscope Type="Other" {who}/><Detector ID="Detector:0" Type="CMOS" {who}/>'
        f'</Instrument><Image ID="Image:0" Name={quoteattr(shot.sample)}>'
        f"<AcquisitionDate>{shot.moment:%Y-%m-%dT%H:%M:%S}Z</AcquisitionDate>"
        f'<Description>{escape(METHOD)}</Description><InstrumentRef ID="Instrument:0"/>'
        '<Pixels ID="Pixels:0" DimensionOrder="XYZCT" Type="uint16" BigEndian="false"'
        f' SignificantBits="16" SizeX="{COLUMNS}" SizeY="{ROWS}" SizeZ="1" SizeC="1" SizeT="1"'
        f" {size.format('X')} {size.format('Y')}>"
        '<Channel ID="Channel:0:0" SamplesPerPixel="1"><DetectorSettings ID="Detector:0"/>'
        '</Channel><TiffData IFD="0" PlaneCount="1"/>'
        f'<Plane TheZ="0" TheC="0" TheT="0" ExposureTime="{EXPOSURE:g}"/>'
        "</Pixels></Image></OME>"
    )


EMULATOR = TiffBeamProfiler
