"""What the readers of images share: one picture as micrograph, camera picture or beam image."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal, cast

from drivers.imported.folder import Importer
from drivers.imported.source import Header, Reader, Refused, Source
from drivers.roles.beam_profiler import BeamImage
from drivers.roles.camera import Picture
from drivers.roles.imported import Imported, ImportedFile
from drivers.roles.microscope_image import Micrograph
from labctl.evidence import Reading
from labctl.quantity import Quantity

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Technique = Literal["light", "SEM", "TEM", "FIB"]
TECHNIQUES = ("light", "SEM", "TEM", "FIB")
NAN = float("nan")
ALIKE = 1e-6
"""Part by which the pitches of rows and columns may differ: pixels are taken as squares."""


@dataclass(frozen=True, eq=False)
class Image:
    """An image as its file holds it: `pixels` of shape (rows, columns) or (rows, columns, 3);
    `pitch_x`, `pitch_y` of columns and rows in m and `exposure` in s, nan where the file has none;
    `limit` the largest value of a pixel (0: not known). The rest as in `Micrograph`."""

    pixels: NDArray[np.generic]
    header: Header
    reader: Reader
    pitch_x: float = NAN
    pitch_y: float = NAN
    exposure: float = NAN
    limit: float = 0.0
    technique: str = ""
    x: float = NAN
    y: float = NAN
    tilt: float = NAN
    voltage: float = NAN
    working_distance: float = NAN


class ImageImporter(Importer[Micrograph]):
    """Images of one format; a format's class says how a file becomes an `Image`."""

    instrument_class: ClassVar[str] = "microscope_image"

    def image_of(self, source: Source) -> Image:
        """The image in a finished file; `Refused` says what it lacks."""
        raise NotImplementedError

    def result_of(self, source: Source) -> Micrograph:
        """The image with its scale in m; `Refused` without pixel pitch or technique."""
        return micrograph(source, self.image_of(source))

    def file_of(self, source: Source) -> ImportedFile:
        """The file as evidence, whatever its image is of."""
        image = self.image_of(source)
        return source.file(image.reader, image.header)

    async def latest_picture(self) -> Imported[Picture]:
        """The newest complete picture, exposure in s; `InstrumentError` where it has none."""
        return await self._read(await self._newest(), self._picture_of)

    async def latest_beam_image(self) -> Imported[BeamImage]:
        """The newest complete image of a beam, pitch in m; `InstrumentError` where it has none."""
        return await self._read(await self._newest(), self._beam_of)

    def _picture_of(self, source: Source) -> Imported[Picture]:
        return picture(source, self.image_of(source))

    def _beam_of(self, source: Source) -> Imported[BeamImage]:
        return beam_image(source, self.image_of(source))


def micrograph(source: Source, image: Image) -> Micrograph:
    """A microscope's image; `Refused` without square pixels of known size or technique."""
    import numpy as np

    technique = image.technique or source.beside.technique
    if technique not in TECHNIQUES:
        raise Refused(f"does not say its technique, one of {', '.join(TECHNIQUES)}")
    return Micrograph(
        source.file(image.reader, image.header),
        np.asarray(image.pixels, dtype=np.float64),
        Quantity(_pitch(image), "m"),
        cast("Technique", technique),
        image.x,
        image.y,
        image.tilt,
        image.voltage,
        image.working_distance,
    )


def picture(source: Source, image: Image) -> Imported[Picture]:
    """A camera's picture; `Refused` without exposure."""
    import numpy as np

    if not image.exposure > 0:
        raise Refused("states no exposure")
    file = source.file(image.reader, image.header)
    t, now = source.stamp
    middle = file.measured_utc + image.exposure / 2
    time = Reading(
        t - (now - middle), "s", t - (now - middle), middle, source.address, file.instrument.serial
    )
    pixels = np.asarray(image.pixels)
    if not np.issubdtype(pixels.dtype, np.integer):
        raise Refused("holds no whole numbers: its pixels are not as the camera read them")
    found = Picture(pixels.astype(np.int64), time, 0, image.exposure, _saturated(image))
    return Imported(file, found)


def beam_image(source: Source, image: Image) -> Imported[BeamImage]:
    """A beam's image; `Refused` without pitch, exposure, or in colours."""
    if not image.exposure > 0:
        raise Refused("states no exposure")
    if image.pixels.ndim != 2:
        raise Refused("is a coloured image, no beam's")
    file = source.file(image.reader, image.header)
    t, now = source.stamp
    since = t - (now - file.measured_utc)
    serial = file.instrument.serial
    pitch = Reading(_pitch(image), "m", since, file.measured_utc, source.address, serial)
    counts = source.array(image.pixels, "dimensionless", file)
    return Imported(file, BeamImage(counts, pitch, _saturated(image), image.exposure))


def _pitch(image: Image) -> float:
    """The pitch of its pixels in m."""
    if not (image.pitch_x > 0 and image.pitch_y > 0):
        raise Refused("states no pixel pitch")
    if abs(image.pitch_x - image.pitch_y) > ALIKE * image.pitch_x:
        raise Refused(f"has no square pixels: {image.pitch_x:g} m by {image.pitch_y:g} m")
    return image.pitch_x


def _saturated(image: Image) -> int:
    """Pixels at the largest value that the file states; `Refused` where it states none."""
    if not image.limit:
        raise Refused("does not say at which value a pixel is saturated")
    import numpy as np

    return int(np.count_nonzero(np.asarray(image.pixels, dtype=np.float64) >= image.limit))
