"""Prompts from a procedure: each kind, once in the life of a run, each answer on record."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from labctl.asking.prompts import Answer, FilePrompt, NumberPrompt, Prompt, TextPrompt
from labctl.evidence import Attachment
from labctl.quantity import Quantity
from labctl.runfile import open_run
from tests.labctl.asking.desks import PNG, Person, every_kind, told
from tests.labctl.fakelab import FakeLab
from tests.runcheck import check_run

PHOTO = Attachment("photo.png", hashlib.sha256(PNG).hexdigest(), "image/png", len(PNG))


def test_every_kind_comes_as_its_type(tmp_path: Path) -> None:
    outcome, seen, _ = told(tmp_path / "runs", every_kind(tmp_path))
    assert outcome.items[0].error is None
    assert seen == {
        "remark": "none",
        "width": Quantity(6.0, "mm", 0.05),
        "colour": "clear",
        "code": "4006381333931",
        "photo": PHOTO,
        "door": True,
    }
    item = open_run(outcome.path).items[0]
    assert item.evidence is not None and item.evidence.attachments == (PHOTO,)
    assert (outcome.path / "attachments" / PHOTO.sha256).read_bytes() == PNG
    assert check_run(outcome.path) == ()


def test_every_answer_is_journalled_with_who_when_and_how(tmp_path: Path) -> None:
    typed = ["all well", "wide", "7 mm", "brown", "4006381333931", str(tmp_path / "photo.png")]
    person = Person([*typed, Answer("y", "Ann", "Bob")])
    outcome, _, _ = told(
        tmp_path / "runs", every_kind(tmp_path), desk=person, operator="Ann", virtual=False
    )
    assert outcome.items[0].error is None
    rows = open_run(outcome.path).items[0].answers
    assert [(row.prompt, row.value, row.unit, row.said) for row in rows[1:4]] == [
        ("remark", '"all well"', "", "all well"),
        ("width", '{"value":7.0,"unit":"mm","u":0.05}', "mm", "7 mm"),
        ("colour", '"brown"', "", "brown"),
    ]
    assert [(row.kind, row.source) for row in rows] == [
        ("text", "sheet"),
        *((kind, "person") for kind in ("text", "number", "choice", "barcode", "file", "confirm")),
    ]
    assert (rows[-1].who, rows[-1].second) == ("Ann", "Bob")
    assert all(row.asked <= row.t and row.asked_utc <= row.utc for row in rows)
    assert [notice.kind for notice in person.notices] == ["prompt"] * 6, "once for each prompt"
    assert [str(prompt.refused) != "" for prompt in person.asked].count(True) == 1


def test_nobody_at_a_real_bench_is_an_incomplete_item_that_names_the_prompt(
    tmp_path: Path,
) -> None:
    prompts = {"width": NumberPrompt("width", "Width", unit="mm", simulated="6")}
    outcome, _, _ = told(tmp_path, prompts, FakeLab(simulated=False), sample="R-1", virtual=False)
    (item,) = outcome.items
    assert item.verdict.outcome == "INCOMPLETE"
    assert item.error is not None and item.error["kind"] == "operator"
    assert item.error["command"] == "condition/medium"
    assert "--answers" in item.error["remedy"]


def test_a_script_answers_and_what_it_lacks_is_named(tmp_path: Path) -> None:
    script = tmp_path / "answers.toml"
    script.write_text('[width]\nvalue = 5\nwho = "Ann"\n', encoding="utf-8")
    prompts: dict[str, Prompt] = {"width": NumberPrompt("width", "Width", unit="mm")}
    outcome, seen, _ = told(tmp_path / "a", prompts, answers=script)
    assert seen["width"] == Quantity(5.0, "mm")
    prompts["edge"] = TextPrompt("edge", "Edge", simulated="straight")
    outcome, _, _ = told(tmp_path / "b", prompts, answers=script)
    error = outcome.items[0].error
    assert error is not None and error["command"] == "edge"
    assert '["edge"]' in error["remedy"]


def test_the_safe_answer_comes_after_its_time_and_is_nobodys(tmp_path: Path) -> None:
    script = tmp_path / "answers.toml"
    script.write_text('[width]\nvalue = 5\nafter = "2 h"\n', encoding="utf-8")
    prompts = {"width": NumberPrompt("width", "Width", unit="mm", timeout=3600.0, safe="4")}
    outcome, seen, _ = told(tmp_path / "runs", prompts, answers=script)
    assert seen["width"].value == 4.0
    row = open_run(outcome.path).items[0].answers[-1]
    assert (row.who, row.source, row.t - row.asked) == ("", "timeout", 3600.0)


def test_the_same_name_twice_is_a_defect(tmp_path: Path) -> None:
    prompts = {
        "a": TextPrompt("read", "?", simulated="x"),
    }
    outcome, _, _ = told(tmp_path, prompts)
    error = outcome.items[0].error
    assert error is not None and error["kind"] == "defect"
    assert "two steps are named 'read'" in error["message"]


def test_no_file_on_a_simulated_bench_is_none(tmp_path: Path) -> None:
    outcome, seen, _ = told(tmp_path, {"photo": FilePrompt("photo", "?", simulated="")})
    assert outcome.items[0].error is None
    assert seen["photo"] is None


@pytest.mark.parametrize("kind", ["remark", "width", "colour", "code", "photo", "door"])
def test_an_answer_that_is_none_ends_a_simulated_item_with_its_name(
    tmp_path: Path, kind: str
) -> None:
    import msgspec

    prompt = msgspec.structs.replace(every_kind(tmp_path)[kind], simulated="\x07")
    outcome, _, _ = told(tmp_path / "runs", {kind: prompt})
    error = outcome.items[0].error
    assert error is not None and (error["kind"], error["command"]) == ("operator", kind)
