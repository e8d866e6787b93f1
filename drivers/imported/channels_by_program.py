"""Channels of any file that a program of the bench's reads, `[program]` in labctl-import.toml.

The program prints one JSON document (docs/imported-files.md): who read, a header, and channels with
name, unit, times and values. For readers under the GPL or LGPL, and for a maker's own converter.
"""

from __future__ import annotations

from typing import Any, ClassVar

import msgspec

from drivers.imported.folder import Importer
from drivers.imported.program import read_by_program
from drivers.imported.source import Header, Refused, Source, missing, when
from drivers.imported.text import spelled
from drivers.roles.data_logger import LoggedChannel
from drivers.roles.imported import Imported
from labctl.evidence import Identity


class Said(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The header that a program prints; `measured` is ISO 8601."""

    measured: str
    method: str = ""
    sample: str = ""
    maker: str = ""
    model: str = ""
    serial: str = ""


class Series(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A channel: `time` in s of Unix time and `values` in `unit`, null where one is missing."""

    name: str
    unit: str
    time: list[float]
    values: list[float | None]


class Printed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands under `result` in the document."""

    header: Said
    channels: list[Series]


class ChannelsByProgram(Importer[Imported[tuple[LoggedChannel, ...]]]):
    """Channels of files in a watched folder, each in its own unit, times in s; all files of the
    address's pattern are read."""

    instrument_class: ClassVar[str] = "data_logger"
    suffixes: ClassVar[tuple[str, ...]] = ("",)

    def result_of(self, source: Source) -> Imported[tuple[LoggedChannel, ...]]:
        """All channels; `Refused` where the program fails or prints something else."""
        program = source.beside.program
        if program is None:
            raise Refused("needs [program] in labctl-import.toml")
        reader, result = read_by_program(program, source.name, source.data)
        found = _converted(result)
        values = {one.name: _values(one) for one in found.channels}
        file = source.file(reader, _header(source, found.header, values))
        return Imported(
            file,
            tuple(_logged(source, file, one, values[one.name]) for one in found.channels),
        )


def _converted(result: Any) -> Printed:
    try:
        found = msgspec.convert(result, Printed)
    except msgspec.ValidationError as error:
        raise Refused(f"its program prints another result: {error}") from error
    if not found.channels:
        raise Refused("holds no values")
    return found


def _values(found: Series) -> list[float]:
    if len(found.time) != len(found.values) or not found.unit:
        raise Refused(f"its program prints no unit, or other times than values, of {found.name}")
    return [float("nan") if value is None else value for value in found.values]


def _header(source: Source, said: Said, values: dict[str, list[float]]) -> Header:
    who = Identity(said.maker, said.model, said.serial) if said.model else None
    measured = when(said.measured, source.beside.utc_offset)
    return Header(said.method, said.sample, measured, who, "", missing(**values))


def _logged(source: Source, file: Any, found: Series, values: list[float]) -> LoggedChannel:
    import numpy as np

    time = np.asarray(found.time, dtype=np.float64)
    return LoggedChannel(found.name, time, source.array(values, spelled(found.unit), file), 0)


DRIVER = ChannelsByProgram
