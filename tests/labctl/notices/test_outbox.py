from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from labctl.notices.config import NoticesConfig
from labctl.notices.outbox import GIVEN_UP, Entry, Outbox, Task
from labctl.notices.routing import Level
from tests.labctl.notices.people import ANN, BOSS, Box, config, notice


def made(settings: NoticesConfig) -> tuple[Outbox, list[Entry]]:
    entered: list[Entry] = []
    return Outbox(settings, entered.append), entered


def names(tasks: list[Task]) -> list[str]:
    return [task.to for task in tasks]


def test_a_notice_goes_to_the_first_level_and_is_escalated() -> None:
    box, entered = made(config(ANN, BOSS))
    assert box.accept(notice(), 0.0)
    (task,) = box.due(0.0)
    assert (task.to, entered[0].escalated) == ("ann", False)
    box.delivered(task, 1.0)
    assert box.next(1.0) == 60.0
    assert box.due(59.0) == []
    (task,) = box.due(60.0)
    assert (task.to, task.entry.escalated) == ("boss", True)
    box.delivered(task, 61.0)
    assert box.next(61.0) is None
    box.due(62.0)
    assert box.entries == []


def test_what_is_acknowledged_is_not_escalated() -> None:
    box, _ = made(config(ANN, BOSS))
    box.accept(notice("hold"), 0.0)
    (task,) = box.due(0.0)
    box.delivered(task, 1.0)
    assert box.acknowledge(("trip",), None) == []
    assert box.acknowledge(None, "other item") == []
    assert len(box.acknowledge(None, "1.1-03")) == 1
    assert (box.due(1000.0), box.next(1000.0)) == ([], None)


def test_a_release_acknowledges_its_hold() -> None:
    box, _ = made(config(ANN, BOSS))
    box.accept(notice("hold"), 0.0)
    box.delivered(box.due(0.0)[0], 1.0)
    box.accept(notice("released"), 2.0)
    (task,) = box.due(2.0)
    box.delivered(task, 3.0)
    assert [task.entry.notice.kind for task in box.due(60.0)] == []
    assert [task.entry.notice.kind for task in box.due(62.0)] == ["released"]


def test_an_answered_prompt_that_was_not_delivered_is_not_told_any_more() -> None:
    box, _ = made(config(ANN))
    box.accept(notice("prompt"), 0.0)
    (task,) = box.due(0.0)
    assert not box.failed(task, 1.0, final=False)
    (entry,) = box.acknowledge(("prompt",), None)
    assert (entry.told, box.due(1000.0)) == ({"ann": "needless"}, [])


def test_tries_are_repeated_with_growing_pauses_and_given_up_after_a_day() -> None:
    box, entered = made(config(ANN))
    box.accept(notice(), 0.0)
    t, pauses = 0.0, list[float]()
    while True:
        (task,) = box.due(t)
        if box.failed(task, t, final=False):
            break
        later = box.next(t)
        assert later is not None
        pauses.append(later - t)
        t = later
    assert pauses[:3] == [5.0, 10.0, 20.0]
    assert max(pauses) == 600.0
    assert t > GIVEN_UP
    assert entered[0].told == {"ann": "failed"}


def test_the_other_end_says_how_long_to_wait() -> None:
    box, _ = made(config(ANN))
    box.accept(notice(), 0.0)
    box.failed(box.due(0.0)[0], 0.0, final=False, wait=300.0)
    assert box.next(0.0) == 300.0


def test_where_nobody_of_a_level_can_be_reached_the_next_one_is_told_at_once() -> None:
    box, _ = made(config(Level(0.0, ("ann", "bob")), BOSS))
    box.accept(notice(), 0.0)
    first, second = box.due(0.0)
    box.failed(first, 1.0, final=True)
    assert box.due(1.0) == []
    box.failed(second, 2.0, final=True)
    assert names(box.due(2.0)) == ["boss"]


def test_a_channel_has_one_message_at_a_time_and_keeps_its_pace() -> None:
    one = config(ANN, channels={"ann": Box(pace=3.0)})
    box, _ = made(one)
    for kind in ("hold", "trip"):
        box.accept(notice(kind), 0.0)
    (task,) = box.due(0.0)
    assert box.due(10.0) == []
    assert box.next(10.0) is None  # the answer is waited for
    box.delivered(task, 10.0)
    assert (box.due(12.0), box.next(12.0)) == ([], 13.0)
    assert len(box.due(13.0)) == 1


def test_at_the_end_what_is_grave_goes_to_all_and_what_was_held_back_is_told() -> None:
    box, entered = made(config(ANN, BOSS))
    for kind in ("trip", "disk", "disk"):
        box.accept(notice(kind), 0.0)
    box.close(1.0)
    told = {(task.to, task.entry.notice.kind) for task in box.due(1.0)}
    assert told == {("ann", "trip"), ("boss", "trip")}
    assert [(entry.notice.kind, entry.times) for entry in entered] == [
        ("trip", 1),
        ("disk", 1),
        ("disk", 1),
    ]
    assert not box.is_idle(2.0)


def test_a_notice_that_goes_to_nobody_is_entered_all_the_same() -> None:
    box, entered = made(config(ANN, kinds=("trip",)))
    box.accept(notice("hold"), 0.0)
    assert (len(entered), box.due(0.0), box.next(0.0)) == (1, [], None)


def test_a_guardian_that_takes_over_goes_on() -> None:
    box, entered = made(config(Level(0.0, ("ann", "bob"))))
    box.restore(7, notice(), {"ann": "told"}, 0.0)
    assert names(box.due(0.0)) == ["bob"]
    assert entered == []
    assert not box.accept(notice(), 1.0)  # it was told just now


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["hold", "released", "trip", "prompt", "good", "bad", "final", "seen"]),
        st.floats(0.0, 100.0),
    ),
    max_size=40,
)


@given(ACTS)
def test_every_notice_ends_with_a_fate_for_each_recipient(acts: list[tuple[str, float]]) -> None:
    """Whatever happens on the way: nothing is lost, and nobody is told twice."""
    box, entered = made(config(ANN, BOSS, repeat=50.0))
    t, under_way, told = 0.0, list[Task](), list[tuple[int, str]]()

    def report(task: Task, how: str) -> None:
        if how == "good":
            told.append((task.entry.number, task.to))
            box.delivered(task, t)
        else:
            box.failed(task, t, final=how == "final")

    for act, pause in acts:
        t += pause
        if act == "seen":
            box.acknowledge(None, None)
        elif act in ("good", "bad", "final"):
            if under_way:
                report(under_way.pop(0), act)
        else:
            box.accept(notice(act), t)  # type: ignore[arg-type]
        under_way += box.due(t)
    box.close(t)
    while under_way or box.next(t) is not None:
        t = max(t, box.next(t) or t)
        under_way += box.due(t)
        for task in under_way:
            report(task, "good")
        under_way = []
    assert len(told) == len(set(told))
    for entry in entered:
        assert set(entry.told) >= ({"ann"} if not entry.acknowledged else set())
        assert all(entry.told.values())
