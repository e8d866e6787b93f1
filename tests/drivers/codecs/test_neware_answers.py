"""Answers of the Neware BTS server: what was captured is read, what is spoilt is no value."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.codecs import neware_answers as answers
from drivers.codecs.neware import Place
from tests.drivers.scripted import transcript

PLACE = Place("127.0.0.1", 27, 21, 1, 1)
FILE = "neware/bts"
NUMBERS = st.floats(-1e6, 1e6)


def captured(scene: str, index: int = 0) -> str:
    return transcript(FILE, scene)[index]["answer"]


def points_text(numbers: list[int], first: int, values: list[float], **place: int) -> str:
    where = {"devtype": 27, "devid": 21, "subdevid": 1, "chlid": 1, **place}
    named = " ".join(f'{name}="{number}"' for name, number in where.items())
    rows = "".join(
        f'<data seqid="{number}" stepid="2" cycleid="1" steptype="cc" testtime="1000" atime="" '
        f'volt="{value!r}" curr="0.5" cap="0" eng="0" />'
        for number, value in zip(numbers, values, strict=True)
    )
    head = f'<download {named} testid="1" startpos="{first}" count="1000" auxid="0" />'
    table = f'<list count="{len(numbers)}">{rows}</list>'
    return f'<bts version="1.0"><cmd>download_resp</cmd>{head}{table}</bts>'


def read_points(text: str, first: int) -> tuple[answers.Point, ...]:
    return answers.points(answers.answer_to("download", text), PLACE, first)


@given(st.integers(1, 10**6), st.lists(NUMBERS, max_size=5))
def test_points_are_read_as_they_are(first: int, values: list[float]) -> None:
    numbers = list(range(first, first + len(values)))
    found = read_points(points_text(numbers, first, values), first)
    assert [(point.number, point.voltage) for point in found] == list(
        zip(numbers, values, strict=True)
    )
    assert all(point.step_time == 1.0 for point in found)


@given(st.permutations([1, 2, 3, 4]).filter(lambda order: order != [1, 2, 3, 4]))
def test_points_in_another_order_are_named(order: list[int]) -> None:
    with pytest.raises(answers.CorruptAnswer, match="another order"):
        read_points(points_text(order, 1, [1.0] * 4), 1)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (points_text([5], 5, [1.0]), "asked for from 4"),
        (points_text([4], 4, [1.0], chlid=2), "the answer is of"),
        (points_text([4], 4, [1.0]).replace('count="1">', 'count="2">'), "2 are expected"),
        (points_text([4], 4, [1.0]).replace('volt="1.0"', 'volt="--"'), "volt is '--'"),
        (points_text([4], 4, [1.0]).replace('volt="1.0"', 'volt="nan"'), "no number"),
        (points_text([4], 4, [1.0]).replace('volt="1.0" ', ""), "no volt"),
        (points_text([4], 4, [1.0]).replace('seqid="4"', 'seqid="-4"'), "no whole number"),
    ],
)
def test_what_was_not_asked_is_no_value(text: str, why: str) -> None:
    with pytest.raises(answers.CorruptAnswer, match=re.escape(why)):
        read_points(text, 4)


@pytest.mark.parametrize(
    ("command", "scene", "index"),
    [("inquire", "status_working", 0), ("download", "records", 0)],
)
@given(st.data())
def test_a_cut_answer_is_none(command: str, scene: str, index: int, data: st.DataObject) -> None:
    whole = captured(scene, index)
    cut = data.draw(st.integers(0, len(whole) - 1))
    with pytest.raises(answers.CorruptAnswer):
        answers.answer_to(command, whole[:cut])
    assert answers.answer_to(command, whole) is not None


@given(st.data())
def test_a_garbled_answer_is_refused_or_still_has_its_form(data: st.DataObject) -> None:
    whole = captured("status_working")
    at = data.draw(st.integers(0, len(whole) - 1))
    garbled = whole[:at] + data.draw(st.characters(max_codepoint=255)) + whole[at + 1 :]
    place = Place("127.0.0.1", 27, 21, 1, 2)
    try:
        found: Any = answers.state(answers.answer_to("inquire", garbled), place)
    except answers.CorruptAnswer:
        return
    assert isinstance(found, answers.State) and isinstance(found.voltage, float)


@given(st.text(max_size=60))
def test_noise_is_no_answer(text: str) -> None:
    with pytest.raises(answers.CorruptAnswer):
        answers.answer_to("inquire", text)


def test_an_answer_to_another_command_is_named() -> None:
    with pytest.raises(answers.CorruptAnswer, match="'connect_resp' is none to inquire"):
        answers.answer_to("inquire", captured("identify"))


def test_declarations_are_refused() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "c">]><bts><cmd>inquire_resp</cmd></bts>'
    with pytest.raises(answers.CorruptAnswer, match="declarations"):
        answers.answer_to("inquire", bomb)


def test_steps_with_a_gap_between_them_are_named() -> None:
    text = captured("steps").replace('startseqid="4322"', 'startseqid="4400"')
    with pytest.raises(answers.CorruptAnswer, match="begins at point 4400, after 4321"):
        answers.steps(answers.answer_to("downloadStepLayer", text), PLACE)


def test_a_channel_that_stands_twice_is_named() -> None:
    text = captured("identify", 1).replace('Channelid="2"', 'Channelid="1"')
    with pytest.raises(answers.CorruptAnswer, match="twice"):
        answers.places(answers.answer_to("getdevinfo", text))
