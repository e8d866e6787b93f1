"""A nail that did not go through, a cell that was not full, blind loggers: no evidence."""

from __future__ import annotations

import msgspec
import pytest

from labctl.evidence import Reading
from labctl.words import said
from procedures.methods.abuse.driving import TARGET, Heat, heated, wanted_at
from procedures.methods.abuse.looking import EVERY, Course, Look, Scene, Sensed, unseen
from procedures.methods.abuse.mounting import not_charged
from procedures.methods.abuse.nail import Stroke, not_penetrated
from procedures.methods.abuse.pictures import FRAMES


def reading(value: float, unit: str) -> Reading:
    return Reading(value, unit, 0.0, 0.0, "a", "s")


def stroke(**changes: object) -> Stroke:
    whole = Stroke(
        depth=reading(0.032, "m"),
        largest=reading(2200.0, "N"),
        before=reading(4.18, "V"),
        after=reading(4.15, "V"),
        met=True,
        trip="none",
    )
    return msgspec.structs.replace(whole, **changes)


def test_a_nail_through_a_full_cell_is_evidence() -> None:
    assert not_penetrated(stroke(), 40.0, 0.027) == ()


@pytest.mark.parametrize(
    ("changes", "warming", "why"),
    [
        ({"depth": reading(0.020, "m")}, 40.0, "depth"),
        ({"met": False}, 40.0, "force"),
        ({"largest": reading(12.0, "N")}, 40.0, "force"),
        ({"after": reading(4.179, "V")}, 40.0, "voltage did not fall"),
        ({}, 0.5, "did not warm up"),
        ({"trip": "force"}, 40.0, "tripped"),
    ],
)
def test_one_that_did_not_go_through_is_none(
    changes: dict[str, object], warming: float, why: str
) -> None:
    found = not_penetrated(stroke(**changes), warming, 0.027)
    assert len(found) == 1 and why in said(found[0])


def test_a_cell_that_is_not_full_is_told() -> None:
    assert not_charged(4.17, 4.18, 1) == ()
    assert not_charged(8.34, 4.18, 2) == ()
    assert not_charged(4.05, 4.18, 1) != ()


def look(since: float, t: float, seen: str = "1" * FRAMES, noise: float = 1e-7) -> Look:
    sensed = tuple(Sensed(at, (23.0 + noise * at,), 23.0, 4.1) for at in (t, t + 100.0))
    return Look("", since, "0" * FRAMES, seen, 1.0, 0.0, 4e-4, sensed)


def watched(looks: list[Look], before: float = -EVERY) -> Course:
    """The looks after a scene of a storyboard that began at `before`."""
    return Course(Scene((1, 1), (), (), 1.0, 1.0, 0.0, "", before, 4e-4), looks)


QUIET = [look(EVERY * n, EVERY * n) for n in range(5)]
END = 5.0 * EVERY


def test_looks_without_a_gap_saw_all() -> None:
    assert unseen(watched(QUIET), END) == ()


def test_a_lost_storyboard_and_a_dark_frame_are_told() -> None:
    lost = [look(0.0, 0.0), look(2.0 * EVERY, EVERY)]
    dark = [look(0.0, 0.0, "1" * (FRAMES - 1) + "0"), look(EVERY, EVERY)]
    for looks in (lost, dark):
        assert "camera was blind" in said(unseen(watched(looks), 2.0 * EVERY)[0])


@pytest.mark.parametrize(
    ("course", "end"),
    [
        (watched(QUIET, -EVERY - 60.0), END),
        (watched(QUIET), END + 60.0),
        (watched([*QUIET, QUIET[-1]]), END + EVERY),
    ],
    ids=["between scene and first look", "at the end", "the same storyboard twice"],
)
def test_what_no_storyboard_covers_is_told(course: Course, end: float) -> None:
    assert "camera was blind" in said(unseen(course, end)[0])


def test_silent_loggers_are_told() -> None:
    looks = [look(0.0, 0.0), look(EVERY, 900.0)]
    assert "loggers were blind" in said(unseen(watched(looks), 2.0 * EVERY)[0])


def test_loggers_that_repeat_themselves_are_told() -> None:
    frozen = [*QUIET[:2], *(look(EVERY * n, EVERY * n, noise=0.0) for n in (2, 3, 4))]
    assert [said(one) for one in unseen(watched(frozen), END)] == [
        "the loggers were blind for 500 s"
    ]


def test_the_plate_heats_to_its_target_and_lets_a_runaway_alone() -> None:
    state, volts = heated(Heat(), 23.0, wanted_at(0.0, 23.0))
    assert volts > 0.0 and not state.off
    assert heated(state, 150.0, TARGET)[1] == 0.0
    gone, volts = heated(state, 300.0, TARGET)
    assert gone.off and volts == 0.0
    assert heated(gone, 60.0, TARGET) == (Heat(0.0, True), 0.0)
    assert wanted_at(1e5, 23.0) == TARGET
