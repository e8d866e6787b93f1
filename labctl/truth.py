"""True values of the simulated sample that an item asks for: nominal, failing, or from a file.

A truth file (TOML or YAML) maps an indicator's id to its value, or to a table of its rows, or
names rows directly; what it does not name is nominal:

```toml
"1.1-03" = 20.4
"1.1-07" = {voltage = 1.9, capacity = [10, 20]}
relative_loss = 9.1
```
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, cast

from labctl.errors import BenchError, UsageError
from labctl.indicator import Criterion, Indicator, Truth
from labctl.item import set_points_of
from labctl.labs import SampleRequest

Dut = Literal["nominal", "failing", "file"]


def sample_request(indicator: Indicator, dut: str) -> SampleRequest:
    """The sample that an item asks its simulated bench for.

    `dut` is "nominal", "failing" or the path of a truth file. `BenchError` names what is wrong
    in the file, `UsageError` a file that is not there.
    """
    if dut == "nominal" or dut == "failing":
        return _request(indicator, _known(indicator, conforms=dut == "nominal"), dut)
    return _request(indicator, _from_file(indicator, Path(dut)), "file")


def _request(indicator: Indicator, truth: Mapping[str, Truth], dut: Dut) -> SampleRequest:
    aspects = {c.aspect: c.text for c in indicator.conditions if c.in_words}
    return SampleRequest(indicator.id, truth, dut, aspects, set_points_of(indicator))


def _known(indicator: Indicator, *, conforms: bool) -> dict[str, Truth]:
    """The map's true values; documents have none there, so theirs follow from the rows."""
    stated = indicator.nominal if conforms else indicator.failing
    if stated:
        return dict(stated)
    return {c.row: _document_truth(c, conforms=conforms) for c in indicator.criteria}


def _document_truth(row: Criterion, *, conforms: bool) -> Truth:
    """What a dossier shows that just conforms, or just does not: counts are off by one."""
    if row.op == "present":
        return conforms
    if isinstance(row.value, tuple):
        low, high = row.value
        return (low + high) / 2 if conforms else low - (high - low)
    step = 1.0 if row.number.is_integer() else 0.1 * row.number
    strict = {">": step, "<": -step}.get(row.op, 0.0)
    worse = {">=": -step, "==": -step, "<=": step, "about": -10 * step}.get(row.op, 0.0)
    return row.number + (strict if conforms else worse)


def _from_file(indicator: Indicator, path: Path) -> dict[str, Truth]:
    table = _read(path)
    rows = {c.row: c for c in indicator.criteria}
    stated = {key: value for key, value in table.items() if key in rows}
    own = table.get(indicator.id)
    if isinstance(own, dict):
        stated.update(cast("dict[str, Any]", own))
    elif own is not None:
        stated[_only_row(indicator, path)] = own
    if not stated:
        raise BenchError(
            f"{path}: nothing on {indicator.id}", remedy=f"state one of {', '.join(rows)}"
        )
    truth = _known(indicator, conforms=True)
    for key, value in stated.items():
        if key not in rows:
            raise BenchError(
                f"{path}: key {indicator.id}.{key}: no such row", remedy=f"one of {', '.join(rows)}"
            )
        truth[key] = _checked(rows[key], value, f"{path}: key {key}")
    return truth


def _only_row(indicator: Indicator, path: Path) -> str:
    rows = [c.row for c in indicator.criteria]
    if len(rows) > 1:
        raise BenchError(
            f"{path}: key {indicator.id}: expected a table of {', '.join(rows)}, got one value"
        )
    return rows[0]


def _checked(row: Criterion, value: Any, where: str) -> Truth:
    if row.op == "present":
        if isinstance(value, bool):
            return value
        raise BenchError(f"{where}: expected true or false, got {value!r}")
    if row.op == "covers":
        ends = cast("list[Any]", value) if isinstance(value, list) else []
        if len(ends) == 2 and all(map(_is_number, ends)):
            return (float(ends[0]), float(ends[1]))
        raise BenchError(f"{where}: expected [low, high] in {row.unit}, got {value!r}")
    if _is_number(value):
        return float(value)
    raise BenchError(f"{where}: expected a number in {row.unit}, got {value!r}")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _read(path: Path) -> Mapping[str, Any]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError(
            f"--dut {path}: cannot be read: {error.strerror}",
            remedy="nominal, failing, or the path of a truth file",
        ) from error
    rows = _parse_yaml(path, text) if path.suffix in (".yaml", ".yml") else _parse_toml(path, text)
    if not isinstance(rows, dict):
        raise BenchError(f"{path}: expected a table of indicators or rows")
    return cast("dict[str, Any]", rows)


def _parse_toml(path: Path, text: str) -> Any:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BenchError(f"{path}: not TOML: {error}") from error


def _parse_yaml(path: Path, text: str) -> Any:
    import yaml

    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise BenchError(f"{path}: not YAML: {error}") from error
