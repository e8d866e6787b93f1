"""Results that an instrument's own software writes to files, and the role that hands them over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, TypeVar

from drivers.driver import Driver
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
    serial is empty where the header names none.
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
