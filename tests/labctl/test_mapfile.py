from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

from labctl import catalogue, mapfile
from labctl.errors import BenchError
from labctl.indicator import Direction

Row = dict[str, Any]


def entry(**change: object) -> Row:
    row: Row = {
        "id": "leak-01",
        "name_en": "leak rate",
        "name_zh": "泄漏率",
        "evidence": "measured",
        "criteria": [{"quantity": "leak_rate", "op": "<=", "value": 5, "unit": "Pa*m**3/s"}],
        "conditions": [{"quantity": "temperature", "value": 25, "unit": "degC"}],
        "method": "leak_test",
        "nominal": {"leak_rate": 3},
        "failing": {"leak_rate": 9},
    }
    row.update(change)
    return {key: value for key, value in row.items() if value is not ...}


def written(folder: Path, *entries: object, **change: object) -> Path:
    direction: Row = {
        "direction": "leak",
        "slug": "leaks",
        "title_en": "Leaks",
        "title_zh": "泄漏",
        "kind": "key-technology",
        "indicators": list(entries),
    }
    direction.update(change)
    path = folder / "leaks.yaml"
    path.write_text(yaml.safe_dump([direction], allow_unicode=True), encoding="utf-8")
    return path


def test_a_labs_map_is_qualified(tmp_path: Path) -> None:
    (direction,) = mapfile.read_map(written(tmp_path, entry()), lab="acme")
    (indicator,) = direction.indicators
    assert (direction.id, indicator.id, indicator.direction) == (
        "acme/leak",
        "acme/leak-01",
        "acme/leak",
    )
    assert indicator.conditions[0].number == 25.0
    assert indicator.name_zh == "泄漏率"
    mapfile.check_units([direction])


CASES = [
    ({"id": ...}, "key id"),
    ({"id": 5}, "key id: expected text"),
    ({"method": ...}, "method"),
    ({"evidence": "guessed"}, "key evidence: Invalid enum value 'guessed'"),
    ({"colour": "red"}, "colour"),
    ({"direction": "x"}, "key direction"),
    ({"criteria": []}, "key criteria: expected at least one row"),
    ({"criteria": [{"quantity": "leak_rate", "op": "~"}]}, r"key criteria\[0\]\.op: .*'~'"),
    ({"criteria": [{"quantity": "Leak", "op": "present"}]}, "snake_case, got 'Leak'"),
    ({"conditions": [{"aspect": "gas"}]}, r"conditions\[0\] \(gas\): expected aspect and text"),
    ({"conditions": [{"quantity": "t", "value": 1}]}, "key unit"),
    ({"nominal": {"other": 1}}, "key nominal: expected the rows leak_rate"),
    ({"evidence": "document"}, "key nominal: a document"),
]


@pytest.mark.parametrize(("change", "text"), CASES)
def test_a_malformed_entry_is_named(tmp_path: Path, change: Row, text: str) -> None:
    path = written(tmp_path, entry(**change))
    with pytest.raises(BenchError, match=text) as caught:
        mapfile.read_map(path)
    assert str(path) in str(caught.value)
    if isinstance(change.get("id", "leak-01"), str):
        assert "leak-01" in str(caught.value)


def test_rows_that_share_a_name(tmp_path: Path) -> None:
    criteria = entry()["criteria"] * 2
    with pytest.raises(BenchError, match="a key of its own"):
        mapfile.read_map(written(tmp_path, entry(criteria=criteria)))
    conditions = entry()["conditions"] * 2
    with pytest.raises(BenchError, match="each quantity or aspect once"):
        mapfile.read_map(written(tmp_path, entry(conditions=conditions)))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: [", "not YAML: .*line"),
        ("a: 1", "expected a list of directions"),
        ("- 5", "expected a mapping"),
        ("- {slug: x}", "key direction"),
        ('- {direction: "1"}', "key indicators"),
    ],
    ids=["broken", "no list", "no mapping", "no id", "no indicators"],
)
def test_a_file_that_is_no_map(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "map.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BenchError, match=f"(?s){message}"):
        mapfile.read_map(path)
    with pytest.raises(BenchError, match="cannot be read"):
        mapfile.read_map(tmp_path / "absent.yaml")


def test_a_direction_with_a_wrong_kind(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match=r"leak: key kind: Invalid enum value 'hobby'"):
        mapfile.read_map(written(tmp_path, entry(), kind="hobby"))


def test_an_unknown_unit_is_named(tmp_path: Path) -> None:
    criteria = [{**entry()["criteria"][0], "unit": "frobs"}]
    directions = mapfile.read_map(written(tmp_path, entry(criteria=criteria)))
    with pytest.raises(BenchError, match="leak-01: leak_rate: unknown unit 'frobs'"):
        mapfile.check_units(directions)


def test_main_writes_the_catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "catalogue.json"
    monkeypatch.setattr(catalogue, "GENERATED", target)
    mapfile.main()
    found = msgspec.json.decode(target.read_bytes(), type=tuple[Direction, ...])
    assert len(found) == 107
