"""Prompts as data: they travel to other processes and stand in the journal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from labctl.asking.prompts import Answer, Prompt, check, stored_prompt
from labctl.asking.reading import Refused
from labctl.asking.wording import hint, shown
from labctl.journal.plain import encode
from labctl.words import Text
from tests.labctl.asking.desks import every_kind

KINDS = ["remark", "width", "colour", "code", "photo", "door"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_travels_and_comes_back_from_the_journal(tmp_path: Path, kind: str) -> None:
    prompt: Any = msgspec.structs.replace(
        every_kind(tmp_path)[kind], text=Text("{what}?", {"what": kind}), timeout=60.0, safe="x"
    )
    wire = msgspec.json.encode(prompt)
    assert msgspec.json.decode(wire, type=Prompt) == prompt
    assert stored_prompt(encode(prompt)) == prompt


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_shown_with_what_is_to_be_typed(tmp_path: Path, kind: str) -> None:
    prompt = every_kind(tmp_path)[kind]
    assert shown(prompt)[0] == prompt.text
    assert hint(prompt)


def test_only_a_yes_needs_two_and_only_nobody_leaves_a_file_out(tmp_path: Path) -> None:
    door, photo = every_kind(tmp_path)["door"], every_kind(tmp_path)["photo"]
    check(door, Answer("n", "Ann"))
    check(door, Answer("y", "Ann", "Bob"))
    check(photo, Answer("", "", "", "timeout"))
    for prompt, answer in ((door, Answer("y", "Ann")), (photo, Answer(" ", "Ann"))):
        with pytest.raises(Refused):
            check(prompt, answer)
