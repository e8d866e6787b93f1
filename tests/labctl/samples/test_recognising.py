"""A sample is recognised before the first step, after gaps and holds; another stops the item."""

from __future__ import annotations

from pathlib import Path

import pytest

from labctl.resume import ResumeRequest, resume
from labctl.runfile import open_run
from labctl.verdict import Outcome
from tests.labctl.asking.desks import PNG
from tests.labctl.samples.inplace import (
    OURS,
    STRANGER,
    FingerLab,
    Person,
    Place,
    fingerprints,
    only_steps,
    ran,
    real,
)

SHEET = """
id = "C-17"
kind = "resistor"

[aspects]
medium = "air"

[fingerprint]
resistance = {{value = {ohms}, unit = "ohm", u = 0.1{more}}}
"""


def sheet(folder: Path, ohms: float, more: str = "") -> str:
    path = folder / "sheet.toml"
    path.write_text(SHEET.format(ohms=ohms, more=more), encoding="utf-8")
    return str(path)


def bare(folder: Path, id: str) -> str:
    """A sheet that states no fingerprint."""
    path = folder / f"{id}.toml"
    path.write_text(f'id = "{id}"\nkind = "resistor"\n[aspects]\nmedium = "air"\n', "utf-8")
    return str(path)


def test_the_first_fingerprint_is_the_reference_and_comes_before_the_first_step(
    tmp_path: Path,
) -> None:
    lab = FingerLab()
    outcome = ran(tmp_path, lab)
    (taken,) = fingerprints(outcome)
    assert (taken.occasion, taken.against, taken.matches) == ("start", "", True)
    assert taken.values["resistance"].value == OURS
    first = open_run(outcome.path).items[0].steps[0]
    assert taken.t <= first.begun
    assert lab.rigs[0].events.count("fingerprint") == 1


@pytest.mark.parametrize(
    ("ohms", "more", "fits"),
    [
        (101.0, "", True),
        (105.0, "", False),
        (105.0, ', band = {value = 6, unit = "ohm"}', True),
        (101.0, ', band = {value = 0.2, unit = "%"}', False),
    ],
)
def test_a_sheet_is_compared_in_its_own_band_or_the_rigs(
    tmp_path: Path, ohms: float, more: str, fits: bool
) -> None:
    outcome = ran(tmp_path, FingerLab(), sheet(tmp_path, ohms, more))
    (taken,) = fingerprints(outcome)
    assert (taken.matches, taken.against) == (fits, "sheet")
    assert (outcome.items[0].verdict.outcome is Outcome.PASS) == fits


def test_the_photo_of_the_sheet_is_kept_with_the_run(tmp_path: Path) -> None:
    text = sheet(tmp_path, OURS)
    Path(text).write_text('photo = "r.png"\n' + Path(text).read_text("utf-8"), "utf-8")
    (tmp_path / "r.png").write_bytes(PNG)
    record = open_run(ran(tmp_path, FingerLab(), text).path)
    sample = record.items[0].sample
    assert sample is not None
    assert sample.photo is not None
    assert record.attachment(sample.photo.sha256) == PNG


def test_nobody_can_let_an_unattended_run_go_on_so_it_ends_and_is_resumed_with_the_right_one(
    tmp_path: Path,
) -> None:
    lab = FingerLab(place=Place(STRANGER))
    text = sheet(tmp_path, OURS)
    outcome = ran(tmp_path, lab, text)
    assert outcome.items[0].verdict.outcome is Outcome.INCOMPLETE
    error = outcome.items[0].error
    assert error is not None
    assert "this is not the sample C-17: resistance is 130 ohm" in error["message"]
    assert "put C-17 in" in error["message"]
    assert "labctl resume" in error["remedy"]
    assert open_run(outcome.path).state == "interrupted"
    lab.place.ohms = OURS
    again = resume(ResumeRequest(outcome.path), lab.resolve())
    assert again.items[0].verdict.outcome is Outcome.PASS
    assert [one.matches for one in fingerprints(again)] == [False, True]


def test_a_stranger_holds_a_run_until_a_person_has_put_the_right_one_in(tmp_path: Path) -> None:
    lab = FingerLab(place=Place(STRANGER))

    def exchange() -> None:
        lab.place.ohms = OURS

    desk = Person(act=exchange)
    outcome = ran(tmp_path, lab, sheet(tmp_path, OURS), desk=desk)
    assert outcome.items[0].verdict.outcome is Outcome.PASS
    assert len(desk.told("hold")) == 1
    assert "resistance is 130 ohm and should be 97.8 to 102.2 ohm" in desk.told("hold")[0]
    assert [one.occasion for one in fingerprints(outcome)] == ["start", "hold"]
    assert "hold" in lab.rigs[0].events


def test_a_run_on_which_nobody_acts_ends_and_does_not_stand_still_for_ever(tmp_path: Path) -> None:
    desk = Person()
    outcome = ran(tmp_path, FingerLab(place=Place(STRANGER)), sheet(tmp_path, OURS), desk=desk)
    assert outcome.items[0].verdict.outcome is Outcome.INCOMPLETE
    assert "as nobody came: this is not the sample" in desk.told("trip")[0]


def test_let_go_on_with_the_wrong_one_it_is_held_again(tmp_path: Path) -> None:
    lab, tries = FingerLab(place=Place(STRANGER)), [STRANGER, OURS]

    def exchange() -> None:
        lab.place.ohms = tries.pop(0)

    outcome = ran(tmp_path, lab, sheet(tmp_path, OURS), desk=Person(act=exchange))
    assert [one.matches for one in fingerprints(outcome)] == [False, False, True]
    assert outcome.items[0].verdict.outcome is Outcome.PASS


def test_what_was_measured_before_and_cannot_be_now_is_a_mismatch(tmp_path: Path) -> None:
    lab = FingerLab(place=Place(None))
    outcome = ran(tmp_path, lab, sheet(tmp_path, OURS))
    (taken,) = fingerprints(outcome)
    assert taken.told == ("resistance cannot be measured, and was 100 ohm",)
    assert outcome.items[0].verdict.outcome is Outcome.INCOMPLETE


def test_a_rig_that_cannot_measure_it_at_first_goes_on_without(tmp_path: Path) -> None:
    outcome = ran(tmp_path, FingerLab(place=Place(None)))
    (taken,) = fingerprints(outcome)
    assert (taken.matches, taken.values) == (True, {})


def test_in_another_run_a_real_sample_is_compared_with_its_history(tmp_path: Path) -> None:
    lab = real()
    first = ran(tmp_path, lab, bare(tmp_path, "C-17"), operator="Ann", function=only_steps)
    lab.place.ohms = OURS * 1.05
    second = ran(tmp_path, lab, bare(tmp_path, "C-17"), operator="Ann", function=only_steps)
    assert [(one.against, one.matches) for one in fingerprints(second)] == [(first.run, True)]
    lab.place.ohms = STRANGER
    third = ran(tmp_path, lab, bare(tmp_path, "C-17"), operator="Ann", function=only_steps)
    (taken,) = fingerprints(third)
    assert (taken.against, taken.matches) == (second.run, False)
    other = ran(tmp_path, lab, bare(tmp_path, "C-18"), operator="Ann", function=only_steps)
    assert fingerprints(other)[0].against == ""


def test_a_simulated_sample_is_made_anew_and_has_no_history(tmp_path: Path) -> None:
    lab = FingerLab()
    ran(tmp_path, lab)
    lab.place.ohms = STRANGER
    assert fingerprints(ran(tmp_path, lab))[0].against == ""


@pytest.mark.parametrize("aged", [False, True])
def test_an_exposed_sample_is_told_where_a_fresh_one_is_wanted(tmp_path: Path, aged: bool) -> None:
    lab, text = real(), sheet(tmp_path, OURS)
    first = ran(tmp_path, lab, text, operator="Ann")
    assert first.items[0].verdict.reasons == ()
    second = ran(tmp_path, lab, text, operator="Ann", continues_aged=aged)
    told = f"changed: sample C-17 was exposed before: hour for 1 h in {first.run} (1.1-90)"
    assert second.items[0].verdict.reasons == (() if aged else (told,))
