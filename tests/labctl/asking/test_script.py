from __future__ import annotations

from pathlib import Path

import pytest

from labctl import clock
from labctl.asking.prompts import Answer, FilePrompt, NumberPrompt, TextPrompt
from labctl.asking.script import Script, load_script
from labctl.errors import OperatorError, UsageError

TEXT = """
[width]
value = 0.5
who = "Ann"

["film/colour"]
value = "clear"
after = "5 min"

["1.1-91:width"]
value = "0.7 mm"

[door]
value = true
who = "Ann"
second = "Bob"

[photo]
value = "photo.png"
"""


def script(tmp_path: Path, text: str = TEXT) -> Script:
    path = tmp_path / "answers.toml"
    path.write_text(text, encoding="utf-8")
    return load_script(path)


def said(found: Script, prompt: object) -> tuple[Answer, float]:
    async def ask() -> tuple[Answer, float]:
        return await found.ask(prompt), clock.now()  # type: ignore[arg-type]

    return clock.run(ask(), virtual=True)


def test_answers_are_taken_by_name_with_item_and_scopes(tmp_path: Path) -> None:
    found = script(tmp_path)
    width = NumberPrompt("width", "Width", unit="mm", item="1.1-90")
    other = NumberPrompt("width", "Width", unit="mm", item="1.1-91")
    assert said(found, width)[0] == Answer("0.5", "Ann", "", "script")
    assert said(found, other)[0] == Answer("0.7 mm", "script", "", "script")
    assert said(found, TextPrompt("film/colour", "?")) == (
        Answer("clear", "script", "", "script"),
        300.0,
    )
    assert said(found, TextPrompt("door", "?"))[0] == Answer("yes", "Ann", "Bob", "script")
    photo, _ = said(found, FilePrompt("photo", "?"))
    assert Path(photo.value) == tmp_path.resolve() / "photo.png"


def test_a_prompt_without_an_answer_is_named_with_the_remedy(tmp_path: Path) -> None:
    found = script(tmp_path)
    prompt = TextPrompt("film/edge", "?")
    assert not found.has(prompt)
    with pytest.raises(OperatorError, match="'film/edge'") as caught:
        said(found, prompt)
    assert '["film/edge"]' in caught.value.remedy
    assert caught.value.address.endswith("answers.toml")


@pytest.mark.parametrize(
    "text",
    ["[width", 'width = "5"', '[width]\nvalues = "5"', '[width]\nvalue = "5"\nafter = "soon"'],
)
def test_what_is_no_script_is_refused_with_its_name(tmp_path: Path, text: str) -> None:
    with pytest.raises(UsageError, match=r"answers\.toml"):
        script(tmp_path, text)


def test_a_script_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        load_script(tmp_path / "gone.toml")
