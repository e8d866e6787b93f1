"""Conditions in words are prompts: stated by the sheet, a script or a person, once in a run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from labctl.agreement import default
from labctl.asking.prompts import Answer
from labctl.engine import execute
from labctl.evidence import Observed
from labctl.indicator import Condition
from labctl.requests import RunRequest
from labctl.runfile import open_run
from tests.labctl.asking.desks import Person, asking
from tests.labctl.fakelab import INDICATOR, FakeLab

WORDS = (
    Condition(quantity="duration", value=1.0, unit="h"),
    Condition(aspect="medium", text="pure water"),
    Condition(aspect="must_include", text="a, b"),
    Condition(aspect="for_example", text="c"),
    Condition(aspect="exposure", text="continuous illumination"),
)
ASKING = msgspec.structs.replace(INDICATOR, conditions=WORDS)


def declared(
    runs: Path, *says: str | Answer, simulated: bool = False, sheet: dict[str, str], **more: Any
) -> tuple[list[Observed], Person]:
    person = Person(list(says))
    lab = FakeLab(simulated=simulated, aspects=sheet)
    path = runs / "sheet.toml"
    aspects = "".join(f'{name} = "{text}"\n' for name, text in sheet.items())
    path.write_text(f'id = "R-1"\nkind = "resistor"\n[aspects]\n{aspects}', encoding="utf-8")
    request = RunRequest(
        ("1.1-90",),
        (ASKING,),
        default(),
        runs,
        sample=str(path),
        virtual=False,
        operator="" if simulated else "Ann",
        desk=person,
        **more,
    )
    outcome = execute(request, lambda _: lab.bound(asking({}, {})))
    assert outcome.items[0].error is None
    evidence = open_run(outcome.path).items[0].evidence
    assert evidence is not None
    return [one for one in evidence.conditions if one.aspect], person


def test_the_sheet_answers_for_what_it_states_and_a_person_for_the_rest(tmp_path: Path) -> None:
    found, person = declared(tmp_path, "y", sheet={"medium": "tap water"})
    assert found == [
        Observed(aspect="medium", text="tap water", declared_by="Ann"),
        Observed(aspect="exposure", text="continuous illumination", declared_by="Ann"),
    ]
    assert [prompt.name for prompt in person.asked] == ["condition/exposure"]


def test_a_person_confirms_or_says_what_it_is(tmp_path: Path) -> None:
    found, _ = declared(tmp_path, Answer("是", "Bob"), "six lamps", sheet={})
    assert [(one.text, one.declared_by) for one in found] == [
        ("pure water", "Bob"),
        ("six lamps", "Ann"),
    ]


def test_no_answer_is_no_observation(tmp_path: Path) -> None:
    found, person = declared(tmp_path, "", " ", sheet={})
    assert found == []
    assert len(person.asked) == 2


def test_on_a_simulated_bench_nobody_is_asked(tmp_path: Path) -> None:
    found, person = declared(tmp_path, simulated=True, sheet={"medium": "oil"})
    assert [(one.text, one.declared_by) for one in found] == [("oil", "simulated operator")]
    assert person.asked == []


def test_a_script_states_conditions_too(tmp_path: Path) -> None:
    script = tmp_path / "answers.toml"
    script.write_text('["condition/medium"]\nvalue = "y"\nwho = "Cleo"\n', encoding="utf-8")
    found, _ = declared(tmp_path, simulated=True, sheet={}, answers=script)
    assert [(one.text, one.declared_by) for one in found] == [("pure water", "Cleo")]
