"""Map files: the YAML of the indicator map into frozen directions, with errors that name the row.

`python -m labctl.mapfile` writes `data/catalogue.json` from `data/indicators/*.yaml`. A lab's own
map goes through `read_map(path, lab="acme")`, which qualifies its ids (`acme/leak-01`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar, cast

import msgspec

from labctl.errors import BenchError
from labctl.indicator import Direction, Indicator
from labctl.maprules import problems

SOURCES = Path(__file__).parent / "data" / "indicators"
Row = dict[str, Any]
T = TypeVar("T")


def read_map(path: Path, *, lab: str = "") -> tuple[Direction, ...]:
    """The directions of one YAML file; `BenchError` names file, id, key and what was expected.

    `lab` qualifies every id that the file states bare.
    """
    rows = _load(path)
    if not isinstance(rows, list):
        raise BenchError(f"{path}: expected a list of directions, got {type(rows).__name__}")
    return tuple(_direction(path, lab, row) for row in cast("list[object]", rows))


def read_all(folder: Path = SOURCES) -> tuple[Direction, ...]:
    """The directions of every YAML file of `folder`, in the order of their file names."""
    return tuple(d for path in sorted(folder.glob("*.yaml")) for d in read_map(path))


def check_units(directions: Iterable[Direction]) -> None:
    """`BenchError` naming the first indicator with a unit that means nothing (imports pint)."""
    from labctl.units import known

    for indicator in (i for direction in directions for i in direction.indicators):
        for row in (*indicator.criteria, *indicator.conditions):
            if row.unit and not known(row.unit):
                raise BenchError(f"{indicator.id}: {row.quantity}: unknown unit {row.unit!r}")


def encoded(directions: Iterable[Direction]) -> bytes:
    """The JSON of the generated catalogue; equal directions give equal bytes."""
    lines = (msgspec.json.encode(direction) for direction in directions)
    return b"[\n" + b",\n".join(lines) + b"\n]\n"


def main() -> None:
    """Write `data/catalogue.json` from the YAML files."""
    from labctl.catalogue import GENERATED

    directions = read_all()
    check_units(directions)
    GENERATED.write_bytes(encoded(directions))


def _load(path: Path) -> object:
    import yaml

    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_loader())
    except (OSError, UnicodeDecodeError) as error:
        raise BenchError(f"{path}: cannot be read: {error}") from error
    except yaml.YAMLError as error:
        raise BenchError(f"{path}: not YAML: {error}") from error


def _loader() -> Any:
    import yaml

    return yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


def _direction(path: Path, lab: str, row: object) -> Direction:
    where = f"{path}: direction"
    known = _mapping(where, row)
    id = _text_key(where, known, "direction")
    where = f"{path}: {id}"
    entries = known.get("indicators")
    if not isinstance(entries, list) or not entries:
        raise BenchError(f"{where}: key indicators: expected a list of at least one indicator")
    full = _qualified(lab, id)
    rest = {key: value for key, value in known.items() if key not in ("direction", "indicators")}
    indicators = [_indicator(path, lab, full, entry) for entry in cast("list[object]", entries)]
    return _convert(where, {**rest, "id": full, "indicators": indicators}, Direction)


def _indicator(path: Path, lab: str, direction: str, entry: object) -> Indicator:
    where = f"{path}: {direction}: indicator"
    row = _mapping(where, entry)
    id = _text_key(where, row, "id")
    where = f"{path}: {id}"
    if "direction" in row:
        raise BenchError(f"{where}: key direction: stands in the direction, not in the indicator")
    full = {**row, "id": _qualified(lab, id), "direction": direction}
    indicator = _convert(where, full, Indicator)
    for problem in problems(indicator):
        raise BenchError(f"{where}: {problem}")
    return indicator


def _convert(where: str, row: Row, type: type[T]) -> T:
    try:
        return msgspec.convert(row, type)
    except msgspec.ValidationError as error:
        raise BenchError(f"{where}: {_sentence(str(error))}") from error


def _sentence(message: str) -> str:
    """msgspec's message with its path (`$.criteria[0].op`) turned into a leading key."""
    text, _, path = message.partition(" - at `")
    key = re.sub(r"^\$\.?", "", path.rstrip("`"))
    return f"key {key}: {text}" if key else text


def _mapping(where: str, row: object) -> Row:
    if not isinstance(row, dict):
        raise BenchError(f"{where}: expected a mapping of keys, got {type(row).__name__}")
    return cast(Row, row)


def _text_key(where: str, row: Row, key: str) -> str:
    value = row.get(key)
    if not isinstance(value, str) or not value:
        raise BenchError(f"{where}: key {key}: expected text in quotes, got {value!r}")
    return value


def _qualified(lab: str, id: str) -> str:
    return f"{lab}/{id}" if lab and not id.startswith(f"{lab}/") else id


if __name__ == "__main__":
    main()
