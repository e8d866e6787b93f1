from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from labctl import clock
from labctl.asking.answering import Answering, operator_name
from labctl.asking.prompts import Answer, ConfirmPrompt, FilePrompt, NumberPrompt, TextPrompt
from labctl.asking.script import Script, Scripted
from labctl.errors import Defect, OperatorError
from tests.labctl.asking.desks import Person

WIDTH = NumberPrompt("width", "Width", unit="mm", low=1.0, high=20.0)
DOOR = ConfirmPrompt("door", "The door is locked")


def answered(prompt: Any, *says: str | Answer, **more: Any) -> tuple[Any, Answer, list[Any]]:
    person = Person(list(says))
    fields: dict[str, Any] = {"simulated": False, **more}
    people = Answering("1.1-90", person.ask, **fields)
    value, answer = clock.run(people.answer(prompt), virtual=fields.pop("virtual", True))
    return value, answer, person.asked


def test_a_person_is_asked_again_until_it_is_an_answer() -> None:
    value, answer, asked = answered(WIDTH, "wide", "30", "7 mm")
    assert (value.value, answer) == (7.0, Answer("7 mm", "Ann"))
    assert [str(prompt.refused)[:5] for prompt in asked] == ["", "Text(", "Text("]
    assert [prompt.item for prompt in asked] == ["1.1-90"] * 3


def test_a_yes_needs_another_person() -> None:
    value, answer, asked = answered(DOOR, "y", Answer("y", "Ann", "ANN"), Answer("y", "Ann", "Bob"))
    assert (value, answer.second, len(asked)) == (True, "Bob", 3)
    assert answered(DOOR, "n")[:2] == (False, Answer("n", "Ann"))


def test_a_person_has_a_name_and_is_a_person_whatever_the_desk_says() -> None:
    forged = Answer("7", "Ann", "", "simulated")
    value, answer, asked = answered(WIDTH, Answer("6", " "), forged)
    assert (value.value, answer.source, len(asked)) == (7.0, "person", 2)
    assert asked[1].refused == "Say who answers."


def test_after_the_time_out_the_safe_answer_is_given_by_nobody() -> None:
    async def forever(prompt: object) -> Answer:
        await clock.sleep(1e9)
        raise AssertionError

    prompt = TextPrompt("light", "Is the light off?", timeout=60.0, safe="on")

    async def ask() -> tuple[Any, Answer, float]:
        found = await Answering("1.1-90", forever, simulated=False).answer(prompt)
        return *found, clock.now()

    assert clock.run(ask(), virtual=True) == ("on", Answer("on", "", "", "timeout"), 60.0)


def test_refused_answers_do_not_stop_the_clock_of_the_time_out() -> None:
    async def nonsense(prompt: object) -> Answer:
        await clock.sleep(40.0)
        return Answer("nonsense", "Ann")

    prompt = NumberPrompt("width", "?", unit="mm", timeout=100.0, safe="0")
    value, answer = clock.run(
        Answering("1.1-90", nonsense, simulated=False).answer(prompt), virtual=True
    )
    assert (value.value, answer.source) == (0.0, "timeout")


@pytest.mark.parametrize("safe", [None, "wide"])
def test_a_time_out_without_a_safe_answer_is_a_defect_before_anybody_is_asked(
    safe: str | None,
) -> None:
    with pytest.raises(Defect, match="no safe answer"):
        answered(NumberPrompt("width", "?", unit="mm", timeout=60.0, safe=safe), "7")


def test_an_error_of_the_desk_is_no_time_out() -> None:
    async def fails(prompt: object) -> Answer:
        raise TimeoutError("the desk's own")

    prompt = TextPrompt("light", "?", timeout=60.0, safe="on")
    with pytest.raises(TimeoutError, match="own"):
        clock.run(Answering("1.1-90", fails, simulated=False).answer(prompt), virtual=True)


def test_the_simulated_operator_gives_what_was_declared_and_invents_nothing() -> None:
    declared = TextPrompt("light", "?", simulated="off")
    value, answer, asked = answered(declared, simulated=True)
    assert (value, answer.who, answer.source, asked) == (
        "off",
        "simulated operator",
        "simulated",
        [],
    )
    with pytest.raises(OperatorError, match="no simulated answer is declared") as caught:
        answered(WIDTH, simulated=True)
    assert caught.value.command == "width"
    with pytest.raises(OperatorError, match="not in the range"):
        answered(NumberPrompt("w", "?", unit="mm", high=1.0, simulated="2"), simulated=True)
    assert answered(ConfirmPrompt("d", "?", simulated="y"), simulated=True)[0] is True


def test_a_named_operator_is_asked_on_a_simulated_bench_too() -> None:
    assert answered(WIDTH, "7", simulated=True, operator="Ann")[0].value == 7.0


def test_a_script_goes_before_everybody_but_the_sheet() -> None:
    script = Script(Path("a.toml"), {"width": Scripted("8"), "door": Scripted("y", "Ann")})
    value, answer, asked = answered(WIDTH, script=script)
    assert (value.value, answer.source, asked) == (8.0, "script", [])
    with pytest.raises(OperatorError, match="Two persons"):
        answered(DOOR, script=script)
    with pytest.raises(OperatorError, match="'light'"):
        answered(TextPrompt("light", "?", simulated="off"), script=script, simulated=True)


def test_a_person_does_not_leave_a_file_out_and_nobody_may_on_a_simulated_bench(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.txt").write_text("a", encoding="utf-8")
    prompt = FilePrompt("f", "?", simulated="")
    value, _, asked = answered(prompt, "", " ", str(tmp_path / "a.txt"))
    assert (value.name, len(asked)) == ("a.txt", 3)
    assert answered(prompt, simulated=True)[0] is None


def test_the_record_names_somebody_or_that_nobody_was_there() -> None:
    assert operator_name("", simulated=True) == "simulated operator"
    assert operator_name("", simulated=False) == ""
    assert operator_name("Ann", simulated=True) == "Ann"


def test_on_a_simulated_bench_what_was_asked_for_is_done_there() -> None:
    done: list[tuple[str, Any]] = []

    def acts(prompt: str, value: Any) -> None:
        done.append((prompt, value))

    width = NumberPrompt("film/width", "Width", unit="mm", simulated="6 mm")
    answered(width, simulated=True, acts=acts)
    [(name, value)] = done
    assert (name, value.value, value.unit) == ("film/width", 6.0, "mm")
    answered(WIDTH, "7 mm", acts=acts)
    assert len(done) == 1
