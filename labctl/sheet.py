"""The sample's sheet as a file, for `--sample`.

```toml
id = "C-17"
kind = "flexible perovskite solar cell"
lot = "2026-03"
photo = "C-17.jpg"                     # named from the sheet's folder

[properties]
area = {value = 0.9987, unit = "cm**2", u = 0.0021}

[aspects]
exposure = "continuous illumination"

[fingerprint]
forward_voltage = {value = 1.012, unit = "V", u = 0.002, band = {value = 2, unit = "%"}}
```
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import msgspec

from labctl.errors import BenchError, UsageError
from labctl.evidence import Attachment
from labctl.quantity import Quantity
from labctl.sample import Sample, Stated
from labctl.units import known, same_dimension

TABLES: Mapping[str, type[msgspec.Struct]] = {"properties": Quantity, "fingerprint": Stated}
"""Tables of quantities, with what each of them may state."""


def sample_in_place(option: str | None, simulated: Sample | None, kind: str) -> Sample:
    """The sample under test: the file or id that `--sample` names, else the simulated one.

    `kind` says what an id that has no sheet is. `UsageError` where nobody names a sample.
    """
    if option is None:
        if simulated is None:
            raise UsageError(
                "a real bench does not know which sample is in it",
                remedy="name it: --sample ID, or --sample FILE with its sheet",
            )
        return simulated
    if is_sheet(option):
        return load(Path(option))
    if simulated is not None:
        return msgspec.structs.replace(simulated, id=option)
    return Sample(option, kind)


def is_sheet(option: str) -> bool:
    """Whether `--sample` names a sheet rather than an id."""
    return option.endswith(".toml") or Path(option).is_file()


def load(path: Path) -> Sample:
    """The sheet in a TOML file; `BenchError` names file and key."""
    rows = _rows(path)
    photo = rows.pop("photo", None)
    _check_keys(path, rows)
    try:
        sample = msgspec.convert(rows, Sample)
    except msgspec.ValidationError as error:
        raise BenchError(f"{path}: {error}", remedy="see the format of a sample's sheet") from error
    if not sample.id.strip():
        raise _wrong(path, "id", "is empty", "write what its barcode says")
    for name, one in sample.properties.items():
        _check(path, f"properties.{name}", one)
    for name, one in sample.fingerprint.items():
        _check_stated(path, f"fingerprint.{name}", one)
    return sample if photo is None else msgspec.structs.replace(sample, photo=_photo(path, photo))


def photo_path(sheet: Path) -> Path | None:
    """Where the picture lies that the sheet names; None where it names none. Raises as `load`."""
    name = _rows(sheet).get("photo")
    return None if name is None else sheet.parent / str(name)


def _rows(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise BenchError(f"{path}: cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BenchError(f"{path}: not TOML: {error}") from error


def _check_keys(path: Path, rows: Mapping[str, Any]) -> None:
    """A key that nothing reads is a misspelt one: a `u` that was meant would be missing."""
    _known(path, "", rows, Sample)
    for table, kind in TABLES.items():
        for name, entry in _table(rows.get(table)).items():
            place = f"{table}.{name}."
            _known(path, place, _table(entry), kind)
            _known(path, f"{place}band.", _table(_table(entry).get("band")), Quantity)


def _table(value: Any) -> dict[str, Any]:
    """A TOML table; an empty one for anything else, which the conversion tells."""
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def _known(path: Path, place: str, rows: Mapping[str, Any], kind: type[msgspec.Struct]) -> None:
    for key in rows:
        if key not in kind.__struct_fields__:
            raise _wrong(
                path, f"{place}{key}", "unknown key", f"known: {', '.join(kind.__struct_fields__)}"
            )


def _check(path: Path, key: str, one: Quantity) -> None:
    if not known(one.unit):
        raise _wrong(path, key, f"unknown unit {one.unit!r}", "write it as in cm**2, V or degC")
    if not math.isfinite(one.value):
        raise _wrong(path, key, f"value is {one.value}", "a finite number is expected")
    if not (math.isfinite(one.u) and one.u >= 0.0):
        raise _wrong(path, key, f"u is {one.u}", "a standard uncertainty is 0 or above")


def _check_stated(path: Path, key: str, one: Stated) -> None:
    _check(path, key, one.quantity)
    if one.band is None:
        return
    _check(path, f"{key}.band", one.band)
    if one.band.value <= 0.0:
        raise _wrong(path, f"{key}.band", f"value is {one.band.value:g}", "a width is above 0")
    if one.band.unit != "%" and not same_dimension(one.band.unit, one.unit):
        raise _wrong(path, f"{key}.band", f"{one.band.unit} does not fit {one.unit}", "or write %")


def _photo(path: Path, name: Any) -> Attachment:
    from labctl.asking.reading import Refused, file

    remedy = "name a picture from the sheet's folder"
    try:
        found = file(str(path.parent / name), photo=True) if isinstance(name, str) else None
    except Refused as error:
        raise _wrong(path, "photo", error.message, remedy) from error
    if found is None:
        raise _wrong(path, "photo", "names no file", remedy)
    return found


def _wrong(path: Path, key: str, what: str, remedy: str) -> BenchError:
    return BenchError(f"{path}: {key}: {what}", remedy=remedy)
