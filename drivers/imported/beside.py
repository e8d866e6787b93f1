"""What a bench adds to the files of a folder: `labctl-import.toml` beside them."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

import msgspec

from drivers.links.address import parse_address
from labctl.errors import BenchError
from labctl.evidence import Identity

NAME = "labctl-import.toml"
ENCODINGS = ("utf-8", "gb18030")
"""Candidates where a bench declares none. GB 18030 holds GBK and GB 2312."""


class Maker(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who measured, where the files name nobody."""

    maker: str
    model: str
    serial: str = ""


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A column or channel of a file by its `name` there; `unit` where the file states none."""

    name: str
    unit: str = ""


class Program(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A reader in a process of its own: its command line, and its longest time in s."""

    command: tuple[str, ...]
    timeout: float = 60.0


class Beside(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file's keys: docs/imported-files.md says what each means.

    `points` are the rows of a whole file (0: not said), `utc_offset` is in hours, `saturation` in
    the signal's own unit (0: not said), `tip` in m, `edge_exclusion` and `diameter` in m.
    """

    encodings: tuple[str, ...] = ENCODINGS
    points: int = 0
    end: str = ""
    method: str = ""
    sample: str = ""
    utc_offset: float = 0.0
    technique: str = ""
    polarity: str = ""
    decimal: str = "."
    tip: float = 0.0
    saturation: float = 0.0
    instrument: Maker | None = None
    columns: dict[str, Column] = {}
    program: Program | None = None
    sha256: str = ""

    @property
    def identity(self) -> Identity | None:
        """Who measured, as the bench says; None where it does not."""
        made = self.instrument
        return None if made is None else Identity(made.maker, made.model, made.serial)

    def remarks(self) -> tuple[str, ...]:
        """That the result leans on this file, with its hash; empty where there is none."""
        return (f"{NAME} beside it, sha256 {self.sha256}",) if self.sha256 else ()


def beside(address: str) -> Beside:
    """What stands in the folder of the link at `address`; the defaults where it has no such file.

    `BenchError` names the key that cannot be.
    """
    path = folder_of(address) / NAME
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return Beside()
    try:
        row = tomllib.loads(data.decode("utf-8"))
        found = msgspec.convert(row, Beside)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise BenchError(f"{path}: {error}", remedy="see docs/imported-files.md") from error
    return msgspec.structs.replace(found, sha256=hashlib.sha256(data).hexdigest())


def folder_of(address: str) -> Path:
    """The folder of a folder link's address."""
    return Path(parse_address(address).target)
