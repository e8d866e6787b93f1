"""The barcode is scanned where a bench asks for it: at the start, after gaps and opened doors."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from labctl.asking.prompts import Answer, Prompt
from labctl.errors import OperatorError
from labctl.holding import PAUSED
from labctl.interlocks import Terms
from labctl.journal.standing import NOTHING
from labctl.landing import Landing
from labctl.resume import ResumeRequest, resume
from labctl.runfile import open_run
from labctl.samples.scanning import PROMPT, wants_scan
from labctl.verdict import Outcome
from labctl.words import said
from tests.labctl.fakelab import Meter, OhmBench, OhmRig
from tests.labctl.samples.inplace import FingerLab, Person, ran


class Scanner(Person):
    """Scans one code after the other."""

    codes: list[str]
    asked: list[str]

    async def ask(self, prompt: Prompt) -> Answer:
        self.asked.append(prompt.name)
        return Answer(self.codes.pop(0), "Ann")


def scanner(*codes: str) -> Scanner:
    desk = Scanner(act=lambda: None)
    desk.codes, desk.asked = list(codes), []
    return desk


def answered(path: Path) -> list[tuple[str, str, str]]:
    rows = open_run(path).items[0].answers
    return [(one.prompt, one.said, one.source) for one in rows if one.prompt == PROMPT]


def test_the_right_code_lets_the_item_begin(tmp_path: Path) -> None:
    desk = scanner("C-17")
    outcome = ran(tmp_path, FingerLab(scan=True), desk=desk, operator="Ann")
    assert outcome.items[0].verdict.outcome is Outcome.PASS
    assert answered(outcome.path) == [(PROMPT, "C-17", "person")]
    assert [said(one.text) for one in desk.notices if one.kind == "prompt"] == [
        "Scan the barcode of the sample in place; it should be C-17."
    ]


def test_another_code_holds_it_until_the_right_one_is_scanned(tmp_path: Path) -> None:
    desk = scanner("C-18", "C-17")
    lab = FingerLab(scan=True)
    outcome = ran(tmp_path, lab, desk=desk, operator="Ann")
    assert outcome.items[0].verdict.outcome is Outcome.PASS
    assert [code for _, code, _ in answered(outcome.path)] == ["C-18", "C-17"]
    assert desk.told("hold") == [
        "this is not the sample C-17: the barcode C-18 was scanned; put C-17 in; "
        "a person lets the run go on"
    ]
    assert len(lab.place.taken) == 1


def test_a_script_answers_in_ci(tmp_path: Path) -> None:
    script = tmp_path / "answers.toml"
    for code, outcome in (("C-17", Outcome.PASS), ("C-18", Outcome.INCOMPLETE)):
        script.write_text(f'["{PROMPT}"]\nvalue = "{code}"\nwho = "Ann"\n', encoding="utf-8")
        found = ran(tmp_path, FingerLab(scan=True), answers=script)
        assert found.items[0].verdict.outcome is outcome
        assert answered(found.path) == [(PROMPT, code, "script")]


def test_nobody_there_to_scan_is_told_and_the_run_can_be_resumed(tmp_path: Path) -> None:
    outcome = ran(tmp_path, FingerLab(scan=True), operator="Ann")
    assert outcome.items[0].verdict.outcome is Outcome.INCOMPLETE
    assert outcome.items[0].error is not None
    assert outcome.items[0].error["kind"] == OperatorError.kind


def test_the_simulated_operator_scans_what_is_there(tmp_path: Path) -> None:
    outcome = ran(tmp_path, FingerLab(scan=True))
    assert outcome.items[0].verdict.outcome is Outcome.PASS
    assert answered(outcome.path) == [(PROMPT, "C-17", "simulated")]


def test_a_run_that_stopped_at_the_scan_asks_again_when_it_is_resumed(tmp_path: Path) -> None:
    script = tmp_path / "answers.toml"
    script.write_text(f'["{PROMPT}"]\nvalue = "C-18"\n', encoding="utf-8")
    lab = FingerLab(scan=True)
    outcome = ran(tmp_path, lab, answers=script)
    script.write_text(f'["{PROMPT}"]\nvalue = "C-17"\n', encoding="utf-8")
    again = resume(ResumeRequest(outcome.path), lab.resolve())
    assert again.items[0].verdict.outcome is Outcome.PASS
    assert [code for _, code, _ in answered(again.path)] == ["C-18", "C-17"]


class Interlock:
    """An interlock by its terms alone."""

    def __init__(self, name: str, *, door: bool) -> None:
        self.terms = Terms(name, "hold", door=door)


HEAT, DOOR = Interlock("heat", door=False), Interlock("door", door=True)


@pytest.mark.parametrize(
    ("watches", "causes", "wanted"),
    [
        ((HEAT, DOOR), {"heat"}, False),
        ((HEAT, DOOR), {"door"}, True),
        ((HEAT, DOOR), {"heat", "door"}, True),
        ((HEAT, DOOR), {"heat", PAUSED}, True),
        ((HEAT, DOOR), {"suspended"}, True),
        ((HEAT,), {"heat"}, True),
    ],
)
def test_after_a_hold_it_is_scanned_unless_the_doors_are_known_to_have_stayed_shut(
    watches: Iterable[Interlock], causes: set[str], wanted: bool
) -> None:
    bench = OhmBench(OhmRig(Meter(1.0)), None, watches=tuple(watches), scan_sample=True)  # type: ignore[arg-type]
    landing = Landing(1, NOTHING, 0.0, real=True, held=True, causes=frozenset(causes))
    assert wants_scan(bench, landing) == wanted
    assert wants_scan(bench, None)
    bench.scan_sample = False
    assert not wants_scan(bench, landing)
