"""Results that an instrument's own software writes to files, and the role that hands them over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from drivers.driver import Driver
from drivers.roles.battery_cycler import CyclerRecord
from drivers.roles.beam_profiler import BeamImage
from drivers.roles.camera import Picture
from drivers.roles.data_logger import LoggedChannel
from drivers.roles.material_tester import ForceCurve
from drivers.roles.potentiostat import Voltammogram
from drivers.roles.spectrometer import Spectrum
from drivers.roles.vector_network_analyzer import ScatteringMatrix
from labctl.evidence import Identity

Result = TypeVar("Result", covariant=True)


@dataclass(frozen=True)
class ImportedFile:
    """The file that a result was read from, and by what.

    `name` below the watched folder, `sha256` of its bytes in hexadecimal, `size` in bytes;
    `reader` is the reading library or module with `reader_version`; `method` is the method block
    as the instrument's software wrote it (method, calibration, settings), `sample` its sample
    name; `measured_utc` is when the sample was measured or drawn, `written_utc` when the file was
    complete, both Unix time in s. `instrument` is who measured, by the file's own header; its
    serial is empty where the header names none. `encoding` is that of a text file, empty for a
    binary one; `remarks` say what a reader of the result must know (values that are missing and
    how many, what was taken from beside the file).
    """

    name: str
    sha256: str
    size: int
    reader: str
    reader_version: str
    method: str
    sample: str
    measured_utc: float
    written_utc: float
    instrument: Identity
    encoding: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Imported(Generic[Result]):
    """A `result` that has no place for its `file` itself."""

    file: ImportedFile
    result: Result


class ResultImporter(Driver, Protocol[Result]):
    """Hands over results from a watched folder; each names its file, hash and reader.

    A file that still grows is not read. `InstrumentError` for a file that its reader refuses, or
    that lacks a unit, the method or the calibration that the result needs; a value that the file
    does not hold is absent from the result or nan, never 0.
    """

    async def latest(self) -> Result:
        """The newest complete result; `InstrumentError` where there is none."""
        ...

    async def read(self, name: str) -> Result:
        """The result in the file `name` below the folder; `InstrumentError` where it is absent."""
        ...

    async def of_sample(self, sample: str) -> tuple[Result, ...]:
        """All complete results whose header names `sample`, oldest first; empty where none is."""
        ...

    async def following(self, sha256: str, *, timeout: float) -> Result:
        """The first result completed after the one whose file hashes to `sha256`.

        An empty `sha256` asks for the first of all. Waits at most `timeout` in s, then
        `InstrumentError`.
        """
        ...


class SpectrumFiles(ResultImporter[Imported[Spectrum]], Protocol):
    """Spectra by file, wavelengths in m."""


class ForceCurveFiles(ResultImporter[Imported[ForceCurve]], Protocol):
    """Curves of a material tester by file, in N, m and s."""


class CyclerFiles(ResultImporter[Imported[CyclerRecord]], Protocol):
    """Logs of a battery cycler by file, in V, A, C, J and s."""


class VoltammogramFiles(ResultImporter[Imported[Voltammogram]], Protocol):
    """Voltammograms by file, in V, A and s."""


class ScatteringFiles(ResultImporter[Imported[ScatteringMatrix]], Protocol):
    """Scattering parameters by file, frequencies in Hz."""


class ChannelFiles(ResultImporter[Imported[tuple[LoggedChannel, ...]]], Protocol):
    """Logged channels by file, each in its own unit, times in s."""


class ImageFiles(Driver, Protocol):
    """Pictures of cameras and beam profilers by file.

    `InstrumentError` for a file without exposure, and for a beam image without pixel pitch.
    """

    async def latest_picture(self) -> Imported[Picture]:
        """The newest complete picture, exposure in s."""
        ...

    async def latest_beam_image(self) -> Imported[BeamImage]:
        """The newest complete image of a beam, pitch in m."""
        ...
