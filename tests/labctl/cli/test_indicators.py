from __future__ import annotations

from .conftest import Command


def test_a_direction_is_listed_with_its_rules(labctl: Command) -> None:
    answer = labctl("indicators", "5.2")
    assert answer.code == 0
    assert answer.out.startswith("5.2  Low-precious-metal ")
    assert "≤ 1.9 V" in answer.out


def test_names_are_chinese_on_demand(labctl: Command) -> None:
    answer = labctl("indicators", "5.2", "--lang", "zh")
    assert "膜电极电解电压" in answer.out
    assert "项指标" in answer.err


def test_json_is_a_list_of_rows(labctl: Command) -> None:
    rows = labctl("indicators", "1.1", "--json").document
    assert list(rows[0]) == [
        "id",
        "direction",
        "name_en",
        "name_zh",
        "evidence",
        "method",
        "criteria",
        "procedure",
    ]
    by_id = {row["id"]: row for row in rows}
    assert len(by_id) == 15
    assert by_id["1.1-02"]["procedure"].startswith("procedures.")
    assert by_id["1.1-03"]["criteria"][0]["op"] == ">="
    others = labctl("indicators", "10.12", "--json").document
    assert {row["id"]: row["procedure"] for row in others}["10.12-05"] is None


def test_a_field_limits_the_list(labctl: Command) -> None:
    rows = labctl("indicators", "time", "--field", "7", "--json").document
    assert rows
    assert all(row["direction"].startswith("7.") for row in rows)


def test_all_are_listed_without_a_query(labctl: Command) -> None:
    assert len(labctl("indicators", "--json").document) == 1084


def test_an_unknown_field_is_refused(labctl: Command) -> None:
    answer = labctl("indicators", "--field", "11", "--json")
    assert answer.code == 3
    assert "'11'" in answer.document["error"]["message"]


def test_nothing_found_is_no_error(labctl: Command) -> None:
    answer = labctl("indicators", "no-such-word", "--json")
    assert (answer.code, answer.document) == (0, [])
