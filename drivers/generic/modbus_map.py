"""The map of a Modbus transmitter as a TOML file, read and checked; errors name file and line.

    maker = "Vaisala"
    model = "GMP252"
    table = "holding"            # or "input"
    word_order = "low_first"     # of 32 bits and more; "high_first" unless given
    gap = 0                      # unused registers that may be read along; 0 unless given

    [identity]                   # how it is known to be this model: one or both
    object = 1                   # an object of the device identification (function 43/14)
    matches = "GMP25[2x]"        # regular expression that is found in it
    register = 0                 # a register
    type = "int32"
    equals = 124

    [serial]                     # where its serial number stands, if it tells one
    object = 128                 # or register, type, words

    [channels.carbon_dioxide]
    register = 0                 # 0-based, as on the wire
    type = "float32"             # or int16, uint16, int32, uint32, int64, uint64
    unit = "ppm"
    scale = 1.0                  # value = raw x scale
    absent = 0x8000              # the raw value, unsigned, that means not available, as nan does
    low = 0.0                    # what is outside is no reading, in the unit
    high = 30000.0
    accuracy = { gain = 0.02, offset = 40.0, source = "datasheet, p. 2" }

A channel without `accuracy` gives readings without one, of which no uncertainty can be made.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

import msgspec

from drivers.links.registers import Field, Kind, RegisterMap
from drivers.toml_lines import line_of
from labctl.evidence import Accuracy

Table = Literal["holding", "input"]
WordOrder = Literal["high_first", "low_first"]
NUMBERS = tuple(kind for kind in get_args(Kind) if kind not in ("bits", "string"))
REGISTERS = 0x10000
IDENTITY, SERIAL = "identity", "serial"


class WrongMap(ValueError):
    """A map that cannot be read; its text names file and line."""


class AccuracyEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Limits of error: `gain` as a plain fraction, `offset` in the channel's unit."""

    source: str
    gain: float = 0.0
    offset: float = 0.0


class ChannelEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A channel as the file states it."""

    register: int
    type: str
    unit: str
    scale: float = 1.0
    absent: int | None = None
    low: float | None = None
    high: float | None = None
    accuracy: AccuracyEntry | None = None


class SourceEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where something that identifies stands."""

    object: int | None = None
    matches: str = ""
    register: int | None = None
    type: str = "uint16"
    words: int = 1
    equals: int | str | None = None


class FileEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    maker: str
    model: str
    channels: dict[str, ChannelEntry]
    table: Table = "holding"
    word_order: WordOrder = "high_first"
    gap: int = 0
    identity: SourceEntry | None = None
    serial: SourceEntry | None = None


@dataclass(frozen=True)
class Transmitter:
    """A map, checked: `fields` hold every channel and what identifies it, `lines` accuracies."""

    entry: FileEntry
    fields: RegisterMap
    lines: Mapping[str, Accuracy]


@dataclass(frozen=True)
class _File:
    path: Path
    text: str

    def wrong(self, key: tuple[str, ...], what: str) -> WrongMap:
        """The error that names file, line and key."""
        line = line_of(self.text, key)
        where = f"{self.path}:{line}" if line is not None else str(self.path)
        return WrongMap(f"{where}: {'.'.join(key)}: {what}")


def load_map(path: Path) -> Transmitter:
    """The map in the file at `path`; `WrongMap` names file and line."""
    try:
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WrongMap(f"{path}: {error}") from error
    return _checked(_File(path, text), data)


def _checked(file: _File, data: dict[str, Any]) -> Transmitter:
    for name, table in _tables(data.get("channels")):
        _converted(file, ("channels", name), table, ChannelEntry)
    for name in (IDENTITY, SERIAL):
        if name in data:
            _converted(file, (name,), data[name], SourceEntry)
    entry = _converted(file, (), data, FileEntry)
    if not entry.channels:
        raise file.wrong(("channels",), "there is none")
    low_first = entry.word_order == "low_first"
    fields = [_field(file, name, one, low_first) for name, one in entry.channels.items()]
    fields += [
        _source(file, name, one, low_first)
        for name, one in ((IDENTITY, entry.identity), (SERIAL, entry.serial))
        if one is not None and one.register is not None
    ]
    _check_identity(file, entry)
    lines = {name: _line(file, name, one) for name, one in entry.channels.items() if one.accuracy}
    return Transmitter(entry, RegisterMap(fields, entry.table, gap=max(entry.gap, 0)), lines)


def _tables(value: Any) -> list[tuple[str, Any]]:
    return list(value.items()) if isinstance(value, dict) else []


def _converted(file: _File, key: tuple[str, ...], value: Any, kind: type[Any]) -> Any:
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        text, _, where = str(error).partition(" - at `$")
        inner = tuple(part for part in re.split(r"[.\[\]`]+", where) if part and part != "...")
        named = re.search(r"field `(\w+)`", text)
        if named is not None and not inner:
            inner = (named[1],)
        raise file.wrong((*key, *inner), text) from error


def _field(file: _File, name: str, entry: ChannelEntry, low_first: bool) -> Field:
    key = ("channels", name)
    if name in (IDENTITY, SERIAL):
        raise file.wrong(key, "is no name of a channel")
    _check_type(file, (*key, "type"), entry.type, NUMBERS)
    if not entry.unit.strip():
        raise file.wrong((*key, "unit"), "is empty; a plain number is dimensionless")
    if not math.isfinite(entry.scale) or entry.scale == 0:
        raise file.wrong((*key, "scale"), f"{entry.scale} is no scale")
    if entry.low is not None and entry.high is not None and not entry.low < entry.high:
        raise file.wrong((*key, "low"), f"{entry.low} is not below {entry.high}")
    field = Field(
        name,
        entry.register,
        entry.type,  # type: ignore[arg-type]  # checked above
        entry.unit,
        scale=entry.scale,
        absent=entry.absent,
        low_word_first=low_first,
    )
    _check_place(file, key, field)
    return field


def _source(file: _File, name: str, entry: SourceEntry, low_first: bool) -> Field:
    _check_type(file, (name, "type"), entry.type, (*NUMBERS, "string"))
    register = 0 if entry.register is None else entry.register
    field = Field(
        name,
        register,
        entry.type,  # type: ignore[arg-type]  # checked above
        words=entry.words,
        low_word_first=low_first,
    )
    _check_place(file, (name,), field)
    return field


def _check_type(file: _File, key: tuple[str, ...], kind: str, known: tuple[str, ...]) -> None:
    if kind not in known:
        raise file.wrong(key, f"{kind!r} is none of {', '.join(known)}")


def _check_place(file: _File, key: tuple[str, ...], field: Field) -> None:
    if not 0 <= field.register <= REGISTERS - field.count or field.count < 1:
        raise file.wrong((*key, "register"), f"{field.register} is no register from 0 to 65535")


def _check_identity(file: _File, entry: FileEntry) -> None:
    one = entry.identity
    if one is not None:
        if one.object is None and one.register is None:
            raise file.wrong((IDENTITY,), "names neither object nor register")
        if one.register is not None and one.equals is None:
            raise file.wrong((IDENTITY, "register"), "does not say what it equals")
        try:
            re.compile(one.matches)
        except re.error as error:
            raise file.wrong((IDENTITY, "matches"), str(error)) from error
    if entry.serial is not None and (entry.serial.object is None) == (
        entry.serial.register is None
    ):
        raise file.wrong((SERIAL,), "names an object or a register, one of them")


def _line(file: _File, name: str, entry: ChannelEntry) -> Accuracy:
    stated = entry.accuracy
    assert stated is not None, "asked for channels with an accuracy alone"
    key = ("channels", name, "accuracy")
    figures = (stated.gain, stated.offset)
    if not all(math.isfinite(figure) and figure >= 0 for figure in figures) or not any(figures):
        raise file.wrong(key, "expected gain or offset, neither of them negative")
    if not stated.source.strip():
        raise file.wrong(key, "names no source")
    full = max((abs(end) for end in (entry.low, entry.high) if end is not None), default=0.0)
    return Accuracy(name, full, entry.unit, stated.gain, stated.offset, stated.source)
