"""CSV with lines `name,value`, an empty line, column names with units, rows.

The layout of docs/protocols/result-files.md, which wafer maps and spectra share.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from drivers.imported.source import Header, Refused, Source, factor, missing, number, when
from drivers.imported.text import (
    Table,
    Text,
    decoded,
    numbers,
    refuse_open_end,
    spelled,
    split_row,
    split_unit,
)
from labctl.evidence import Identity

COUNTS = ("Sites", "Points")
"""Keys that say how many rows a whole file has."""


@dataclass(frozen=True, eq=False)
class Headed:
    """A file's text, its keys as they stand, each with its unit, and its table."""

    text: Text
    keys: Mapping[str, str]
    units: Mapping[str, str]
    table: Table

    def said(self, key: str) -> str:
        """What a key says; `Refused` where it is absent."""
        if not self.keys.get(key):
            raise Refused(f"has no {key!r} in its header")
        return self.keys[key]

    def number(self, key: str, to: str) -> float:
        """A key's number in `to`, by the unit that stands in brackets after the key."""
        return number(self.said(key), key) * factor(spelled(self.units[key]), to)

    def header(self, source: Source, sample: str) -> Header:
        """Who measured what, and when; the sample's name stands under the key `sample`."""
        keys = self.keys
        model = keys.get("Model", "")
        who = Identity(keys.get("Manufacturer", ""), model, keys.get("Serial Number", ""))
        method = keys.get("Method", "")
        lines = "\n".join(f"{key}: {value}" for key, value in keys.items()) if method else ""
        columns = {name: self.table.values[:, at] for at, name in enumerate(self.table.names)}
        return Header(
            lines,
            keys.get(sample, ""),
            when(keys.get("Date", ""), source.beside.utc_offset),
            who if model else None,
            self.text.encoding,
            missing(**columns),
        )


def headed(source: Source, *columns: str) -> Headed:
    """The file in its parts; its row of names begins with `columns`.

    `Refused` for a cut file and for one whose length nobody states.
    """
    text = decoded(source.data, source.beside.encodings, lambda text: _begins(text, columns))
    lines = [line.strip() for line in text.lines]
    at = lines.index("")
    pairs = [(*split_row(line), "", "")[:2] for line in lines[:at]]
    names = [(split_unit(key) if key.endswith(")") else (key, "")) for key, _ in pairs]
    keys = {name: value for (name, _), (_, value) in zip(names, pairs, strict=True)}
    heads = [split_unit(cell) for cell in split_row(lines[at + 1])]
    end = source.beside.end
    data = [line for line in lines[at + 2 :] if line and not (end and line.startswith(end))]
    values = numbers([split_row(line) for line in data], len(heads))
    said = next((int(number(keys[key], key)) for key in COUNTS if key in keys), 0)
    refuse_open_end(len(values), source, text, said)
    table = Table(tuple(name for name, _ in heads), tuple(unit for _, unit in heads), values)
    return Headed(text, keys, dict(names), table)


def _begins(text: str, columns: tuple[str, ...]) -> bool:
    """Whether the line after the first empty one has these columns."""
    lines = [line.strip() for line in text.splitlines()]
    if "" not in lines[:-1]:
        return False
    names = [split_unit(cell)[0] for cell in split_row(lines[lines.index("") + 1])]
    return set(columns) <= set(names)
