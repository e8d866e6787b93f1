"""Definitions of further information models, model_<n>.json as the SunSpec Alliance has them.

(github.com/sunspec/models, folder json.) What a type of point means is known here for numbers,
texts, enumerations and bits; network addresses are passed over.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from drivers.codecs import sunspec
from drivers.sunspec._definitions import Definition, Group, Point

UNITS = {
    **{"C": "degC", "Pct": "%", "Secs": "s", "Sec": "s", "mSecs": "ms", "VA": "V*A"},
    **{"Wh": "W*h", "WH": "W*h", "kWh": "kW*h", "VAh": "V*A*h", "varh": "var*h", "Varh": "var*h"},
    **{"Var": "var", "Ah": "A*h", "AH": "A*h", "kAH": "kA*h", "W/m2": "W/m**2", "W/m^2": "W/m**2"},
    **{"HPa": "hPa", "mps": "m/s", "deg": "deg", "Degrees": "deg", "ohms": "ohm", "kO": "kohm"},
    **{"meters": "m", "PF": "", "cos()": "", "SF": "", "text": "", "VNomPct": "%", "WMaxPct": "%"},
    **{"VarPct": "%", "DeptRef": "%", "%Max/Sec": "%/s", "% WChaMax/sec": "%/s"},
}
"""How units of the definitions are spelled here; a share of anything is in %."""

HEAD = ("ID", "L")
"""Points of every model that stand before its length is counted."""

BITS = frozenset(sunspec.BITFIELDS)
LONGEST = 0xFFFF


def read_folder(folder: Path) -> Mapping[int, Definition]:
    """Every definition in `folder` by its number; ValueError names the file that is none."""
    files = sorted(folder.glob("model_*.json"))
    if not files:
        raise ValueError(f"{folder}: there is no model_<number>.json")
    return {model.number: model for model in map(_read, files)}


def _read(path: Path) -> Definition:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        root = data["group"]
        points = [row for row in root["points"] if row["name"] not in HEAD]
        group = _group({**root, "points": points})
        return Definition(int(data["id"]), str(root["name"]), path.name, group)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{path}: this defines no model ({error!r})") from error


def _group(data: Mapping[str, Any]) -> Group:
    count = data.get("count", 1)
    if not isinstance(count, int | str):
        raise ValueError(f"group {data['name']} is {count!r} times there")
    return Group(
        str(data["name"]),
        count,
        tuple(point for row in data.get("points", ()) for point in _points(row)),
        tuple(_group(inner) for inner in data.get("groups", ())),
    )


def _points(row: Mapping[str, Any]) -> Iterator[Point]:
    """The point; where its type is not known here, as many registers that say nothing."""
    kind, size = str(row["type"]), int(row["size"])
    if not 0 < size < LONGEST:
        raise ValueError(f"point {row['name']} has {size} registers")
    try:
        own = sunspec.size_of(kind, size)
    except sunspec.CorruptPoint:
        yield from (_pad(f"{row['name']}.{index}") for index in range(size))
        return
    if own != size:
        raise ValueError(f"point {row['name']} has {size} registers, its type {own}")
    symbols = {one["name"]: int(one["value"]) for one in row.get("symbols", ())}
    bits = symbols if kind in BITS else {}
    yield Point(
        str(row["name"]),
        kind,
        size,
        row.get("sf", ""),
        unit_of(str(row.get("units", ""))),
        False,
        MappingProxyType({} if bits else symbols),
        MappingProxyType(bits),
    )


def _pad(name: str) -> Point:
    empty: Mapping[str, int] = MappingProxyType({})
    return Point(name, sunspec.PAD, 1, "", "", False, empty, empty)


def unit_of(text: str) -> str:
    """A unit of the definitions as it is spelled here."""
    found = text.strip()
    if found.startswith("%") and "/" not in found:
        return "%"
    return UNITS.get(found, found)
