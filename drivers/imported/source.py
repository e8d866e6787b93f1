"""A whole file on its way to a result: its bytes, who read it, and what is refused of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from importlib import metadata
from typing import TYPE_CHECKING, TypeVar

from drivers.imported.beside import Beside
from drivers.roles.arrays import ReadingArray
from drivers.roles.imported import ImportedFile
from labctl.errors import UnitError
from labctl.evidence import Identity
from labctl.quantity import Quantity

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

T = TypeVar("T")


class Refused(ValueError):
    """Why a file gives no result; the importer names the file and raises `InstrumentError`."""


@dataclass(frozen=True)
class Reader:
    """Who reads a format, and which version of it."""

    name: str
    version: str


def library(distribution: str) -> Reader:
    """A library that is installed, as the reader of a format."""
    return Reader(distribution, metadata.version(distribution))


def own(module: str) -> Reader:
    """A module of ours as the reader, with our version."""
    return Reader(module, metadata.version("labctl-hil"))


@dataclass(frozen=True)
class Header:
    """What a file says of its making: fields as those of `ImportedFile`, times in Unix time, s."""

    method: str
    sample: str
    measured_utc: float
    instrument: Identity | None
    encoding: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """A finished file: `name` below the folder, `data` as read; `written_utc` in s, `stamp` the
    run time and Unix time in s of its reading."""

    name: str
    data: bytes
    sha256: str
    written_utc: float
    address: str
    stamp: tuple[float, float]
    beside: Beside = field(default_factory=Beside)

    def file(self, reader: Reader, header: Header) -> ImportedFile:
        """The file as evidence; what the header leaves open is taken from beside it.

        `Refused` where neither names the method or the instrument.
        """
        method = header.method.strip() or self.beside.method
        if not method:
            raise Refused("names no method; say it in labctl-import.toml")
        who = header.instrument or self.beside.identity
        if who is None:
            raise Refused("names no instrument; say it in labctl-import.toml")
        return ImportedFile(
            self.name,
            self.sha256,
            len(self.data),
            reader.name,
            reader.version,
            method,
            header.sample.strip() or self.beside.sample,
            header.measured_utc,
            self.written_utc,
            who,
            header.encoding,
            (*header.remarks, *self.beside.remarks()),
        )

    def array(self, values: ArrayLike, unit: str, file: ImportedFile) -> ReadingArray:
        """Values in `unit`, read at the time that the file says; no maker's accuracy is known."""
        import numpy as np

        t, now = self.stamp
        since = t - (now - file.measured_utc)
        numbers = np.asarray(values, dtype=np.float64)
        serial = file.instrument.serial
        return ReadingArray(numbers, unit, since, file.measured_utc, self.address, serial)


def by_library(call: Callable[[], T]) -> T:
    """What another party's reader returns; whatever it fails with says that it refuses the file."""
    try:
        return call()
    except (MemoryError, Refused):
        raise
    except Exception as error:
        said = str(error) or type(error).__name__
        raise Refused(f"its reader refuses it: {said}") from error


def factor(unit: str, to: str) -> float:
    """What a value in `unit` is multiplied with to be in `to`; `Refused` where it cannot be."""
    if not unit:
        raise Refused(f"states no unit where one of {to} is needed")
    try:
        return Quantity(1.0, unit).to(to).value
    except UnitError as error:
        raise Refused(f"states the unit {unit!r}, expected one of {to}") from error


def when(text: str, utc_offset: float) -> float:
    """Unix time in s of an ISO 8601 text; without a zone it is `utc_offset` h east of Greenwich."""
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise Refused(f"states no time of measurement that can be read: {text!r}") from error
    return unix(found, utc_offset)


def when_as(text: str, form: str, utc_offset: float) -> float:
    """As `when`, for a text in the `form` of `datetime.strptime`; `utc_offset` in hours."""
    try:
        return unix(datetime.strptime(text.strip(), form), utc_offset)
    except ValueError as error:
        raise Refused(f"states no time of measurement that can be read: {text!r}") from error


def unix(found: datetime, utc_offset: float) -> float:
    """Unix time in s; where `found` has no zone it is `utc_offset` hours east of Greenwich."""
    if found.tzinfo is None:
        found = found.replace(tzinfo=timezone(timedelta(hours=utc_offset)))
    return found.timestamp()


def missing(**values: ArrayLike) -> tuple[str, ...]:
    """One remark for each array that has nan in it, with their number."""
    import numpy as np

    counts = {name: np.isnan(np.asarray(array, dtype=float)) for name, array in values.items()}
    return tuple(
        f"{int(where.sum())} of {where.size} values of {name} are nan"
        for name, where in counts.items()
        if where.any()
    )


def number(text: str, what: str) -> float:
    """A finite number; `Refused` names `what` where the text is none."""
    try:
        value = float(text)
    except ValueError as error:
        raise Refused(f"{what} is no number: {text!r}") from error
    if value != value or value in (float("inf"), float("-inf")):
        raise Refused(f"{what} is no finite number: {text!r}")
    return value
