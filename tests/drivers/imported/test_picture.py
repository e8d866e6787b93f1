"""Images: TIFF by tifffile's writer, PNG chunk by chunk, HDF5 by h5py's writer."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest
import tifffile
from hypothesis import given
from hypothesis import strategies as st

from drivers.imported.beside import Maker
from drivers.imported.hdf5 import Hdf5
from drivers.imported.picture import beam_image, picture
from drivers.imported.png import Png
from drivers.imported.source import Refused
from drivers.imported.tiff import Tiff
from tests.drivers.imported.folders import Folder, refusal, result, source, whole_or_refused

PIXELS = np.arange(12, dtype=np.uint16).reshape(3, 4) * 1000 + 53535
MEASURED = 1767323045.0
OME = """<OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06">
<Instrument ID="Instrument:0"><Microscope Manufacturer="Acme" Model="M1" SerialNumber="SIM-5"/>
<Objective ID="Objective:0" NominalMagnification="50"/></Instrument>
<Image ID="Image:0" Name="样品 1"><AcquisitionDate>2026-01-02T03:04:05Z</AcquisitionDate>
<Pixels ID="Pixels:0" DimensionOrder="XYCZT" Type="uint16" SizeX="4" SizeY="3" SizeC="1" SizeZ="1"
 SizeT="1" PhysicalSizeX="0.5" PhysicalSizeXUnit="\u00b5m" PhysicalSizeY="500"
 PhysicalSizeYUnit="nm"><TiffData/><Plane TheC="0" TheZ="0" TheT="0" ExposureTime="20"
 ExposureTimeUnit="ms" PositionX="1.5" PositionXUnit="mm"/></Pixels></Image></OME>"""


def tiff(description: str = OME, **options: Any) -> bytes:
    stream = io.BytesIO()
    with tifffile.TiffWriter(stream, ome=False) as writer:
        writer.write(PIXELS, description=description.encode("utf-8"), metadata=None, **options)
    return stream.getvalue()


def chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)


TEXTS = {
    **{"Make": "Acme", "Model": "M1", "SerialNumber": "SIM-5", "Title": "S1"},
    **{"Description": "objective 50x", "Creation Time": "2026-01-02T03:04:05Z"},
    **{"ExposureTime": "0.02", "Technique": "light", "StageX": "0.0015"},
}


def png(texts: dict[str, str] = TEXTS, scale: bytes = struct.pack(">IIB", 2000000, 2000000, 1)):
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in PIXELS)
    parts = [
        chunk(b"IHDR", struct.pack(">IIBBBBB", 4, 3, 16, 0, 0, 0, 0)),
        chunk(b"pHYs", scale),
        *(chunk(b"tEXt", f"{k}\0{v}".encode("latin-1")) for k, v in texts.items()),
        chunk(b"IDAT", zlib.compress(rows)),
        chunk(b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def hdf5(**without: bool) -> bytes:
    stream = io.BytesIO()
    with h5py.File(stream, "w") as file:
        entry = file.create_group("entry")
        entry.attrs["NX_class"] = "NXentry"
        entry["start_time"] = "2026-01-02T03:04:05Z"
        entry["experiment_description"] = "objective 50x"
        entry["technique"] = "light"
        entry["sample/name"] = "样品 1"
        detector = entry.create_group("instrument/detector")
        detector["data"] = PIXELS
        for name in ("x_pixel_size", "y_pixel_size"):
            detector[name] = 0.5
            detector[name].attrs["units"] = "um"
        detector["count_time"] = 20.0
        detector["count_time"].attrs["units"] = "ms"
        detector["saturation_value"] = 65535
        detector["vendor"], detector["model"], detector["serial_number"] = "Acme", "M1", "SIM-5"
        for name in without:
            del detector[name]
    return stream.getvalue()


ALL = [(Tiff, tiff()), (Png, png()), (Hdf5, hdf5())]


@pytest.mark.parametrize(("kind", "data"), ALL)
def test_a_micrograph(kind: Any, data: bytes) -> None:
    found = result(kind, source(data, "a"))
    np.testing.assert_array_equal(found.intensity, PIXELS.astype(float))
    assert (found.pitch.value, found.pitch.unit) == (pytest.approx(0.5e-6), "m")
    assert (found.technique, found.file.measured_utc) == ("light", MEASURED)
    assert found.file.instrument.serial == "SIM-5"
    assert found.file.sample in ("样品 1", "S1") and "50" in found.file.method
    assert np.isnan(found.voltage) and np.isnan(found.tilt)


@pytest.mark.parametrize(("kind", "data"), ALL)
def test_a_picture_and_a_beam(kind: Any, data: bytes) -> None:
    file = source(data, "a")
    image = _image(kind, file)
    shot = picture(file, image).result
    np.testing.assert_array_equal(shot.pixels, PIXELS)
    assert shot.exposure == pytest.approx(0.02)
    assert shot.time.utc == pytest.approx(MEASURED + 0.01)
    beam = beam_image(file, image).result
    assert (beam.pitch.value, beam.pitch.unit) == (pytest.approx(0.5e-6), "m")
    assert beam.counts.unit == "dimensionless"
    assert shot.saturated == beam.saturated == int((PIXELS >= 65535).sum())


def _image(kind: Any, file: Any) -> Any:
    return kind(Folder(Path())).image_of(file)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('PhysicalSizeX="0.5"', "", "no pixel pitch"),
        ('PhysicalSizeY="500"', 'PhysicalSizeY="400"', "no square pixels"),
        ("<AcquisitionDate>2026-01-02T03:04:05Z</AcquisitionDate>", "", "no time of measurement"),
        ("<Objective ID=", "<Dichroic ID=", "does not say its technique"),
        ("</OME>", "", ""),
    ],
)
def test_what_an_ome_tiff_lacks_is_named(old: str, new: str, why: str) -> None:
    assert why in refusal(Tiff, source(tiff(OME.replace(old, new)), "a.tif"))


def test_a_tiff_without_scale_or_with_loss_or_of_many() -> None:
    plain = io.BytesIO()
    tifffile.imwrite(plain, PIXELS, resolution=(72, 72), resolutionunit="INCH", metadata=None)
    assert "has no scale" in refusal(Tiff, source(plain.getvalue(), "a.tif"))
    many = io.BytesIO()
    tifffile.imwrite(many, np.stack([PIXELS, PIXELS]), metadata=None, photometric="minisblack")
    assert "holds 2 images" in refusal(Tiff, source(many.getvalue(), "a.tif"))


def test_imagej() -> None:
    stream = io.BytesIO()
    tifffile.imwrite(
        stream,
        PIXELS,
        imagej=True,
        resolution=(2.0, 2.0),
        metadata={"unit": "um", "Info": "10x"},
        datetime="2026:01:02 03:04:05",
    )
    beside = {"technique": "SEM", "instrument": None, "method": ""}
    assert "names no instrument" in refusal(Tiff, source(stream.getvalue(), "a.tif", **beside))
    beside["instrument"] = Maker("Acme", "E1", "9")
    found = result(Tiff, source(stream.getvalue(), "a.tif", **beside))
    assert found.pitch.value == pytest.approx(0.5e-6)
    assert (found.file.method, found.file.instrument.serial) == ("10x", "9")


def test_what_a_png_lacks_is_named() -> None:
    assert "no pixel pitch" in refusal(Png, source(png(scale=struct.pack(">IIB", 1, 1, 0)), "a"))
    for key, why in [
        ("Model", "no instrument"),
        ("Description", "no method"),
        ("Creation Time", "no time"),
        ("Technique", "technique"),
    ]:
        texts = {name: text for name, text in TEXTS.items() if name != key}
        assert why in refusal(Png, source(png(texts), "a.png"))
    file = source(png({k: v for k, v in TEXTS.items() if k != "ExposureTime"}), "a.png")
    with pytest.raises(Refused, match="no exposure"):
        picture(file, _image(Png, file))


def test_a_spoilt_bit_of_a_png_shows() -> None:
    data = bytearray(png())
    data[-20] ^= 1
    assert "spoilt in its chunk IDAT" in refusal(Png, source(bytes(data), "a.png"))


def test_what_an_hdf5_file_lacks_is_named() -> None:
    assert "no pixel pitch" in refusal(Hdf5, source(hdf5(x_pixel_size=True), "a.h5"))
    assert "has no image" in refusal(Hdf5, source(hdf5(data=True), "a.h5"))
    file = source(hdf5(saturation_value=True), "a.h5")
    with pytest.raises(Refused, match="saturated"):
        beam_image(file, _image(Hdf5, file))


@pytest.mark.parametrize(("kind", "data"), ALL)
@given(part=st.floats(0.0, 0.99999))
def test_a_cut_file_is_refused_or_whole(kind: Any, data: bytes, part: float) -> None:
    found = whole_or_refused(kind, source(data, "a"), int(part * len(data)))
    if found is not None:
        np.testing.assert_array_equal(found.intensity, PIXELS.astype(float))
        assert found.pitch.value == pytest.approx(0.5e-6)
