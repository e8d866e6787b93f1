"""Orders of a run under way: the procedure is executed again with what stands then."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from labctl import clock
from labctl.asking.prompts import ConfirmPrompt, NumberPrompt
from labctl.desk import LocalDesk, Take
from labctl.engine import execute
from labctl.evidence import Evidence, Figure
from labctl.orders import Amend, Order, Redo
from labctl.run import Run
from labctl.runfile import open_run
from tests.labctl.fakelab import FakeLab, OhmRig, observed_duration, request
from tests.runcheck import check_run

WIDTH = NumberPrompt("width", "Width", unit="mm", low=1.0, high=20.0, simulated="6")
DOOR = ConfirmPrompt("door", "The door is locked", simulated="no")


class Supervisor(LocalDesk):
    """Gives orders; keeps the notices."""

    def __init__(self) -> None:
        super().__init__()
        self.take: Take | None = None
        self.notices: list[Any] = []

    def attend(self, take: Take | None) -> None:
        self.take = take

    def notice(self, notice: Any) -> None:
        self.notices.append(notice)

    def order(self, order: Order) -> None:
        assert self.take is not None
        self.take(order)


def ordered(
    runs: Path, *orders: Order, doors: list[bool] | None = None
) -> tuple[Any, Supervisor, list[float]]:
    """A run whose procedure is given `orders` in the middle of an hour's wait.

    `doors` takes what the procedure hears of the door each time that it is executed.
    """
    desk, seen = Supervisor(), list[float]()
    left = list(orders)
    doors = [] if doors is None else doors

    async def wide(run: Run, rig: OhmRig) -> Evidence:
        async def read() -> float:
            return (await rig.meter.read()).value + rig.meter.count

        async def minute(elapsed: float) -> None:
            if elapsed == 1800.0:
                while left:
                    desk.order(left.pop(0))
                    await clock.sleep(1.0)

        first = await run.step("read", read, float)
        width = await run.ask(WIDTH)
        seen.append(width.value)
        doors.append(await run.ask(DOOR))
        await run.soak("hour", 3600.0, 60.0, minute)
        run.observe(observed_duration(3600.0))
        value = 20.0 * width.value
        figure = Figure(value, "ohm", 0.01, value - 0.02, value + 0.02)
        return run.evidence({"resistance": figure}, how=f"{first}")

    lab = FakeLab()
    return execute(request(runs, desk=desk, points=10), lambda _: lab.bound(wide)), desk, seen


def test_an_answer_is_amended_under_way(tmp_path: Path) -> None:
    outcome, _, seen = ordered(tmp_path, Amend(1, "width", "7", "misread", "Bob"))
    (item,) = outcome.items
    assert item.error is None
    assert item.verdict.rows[0].value == 140.0
    assert seen == [6.0, 7.0]
    assert "changed: answer:width: 6 mm -> 7 mm" in item.verdict.reasons
    (record,) = open_run(outcome.path).items
    assert [row.who for row in record.amendments] == ["Bob"]
    assert check_run(outcome.path) == ()


def test_a_confirmation_is_amended_under_way_by_two_persons(tmp_path: Path) -> None:
    doors: list[bool] = []
    alone = Amend(1, "door", "yes", "it was", "Ann")
    outcome, desk, _ = ordered(tmp_path, alone, msgspec.structs.replace(alone, second="ann"))
    refused = [str(notice.text) for notice in desk.notices if notice.kind == "error"]
    assert ["Two persons" in refused[0], "has to be another" in refused[1]] == [True, True]
    assert open_run(outcome.path).items[0].amendments == ()

    both = msgspec.structs.replace(alone, second="Bob")
    outcome, desk, _ = ordered(tmp_path, both, doors=doors)
    assert outcome.items[0].verdict.outcome == "PASS" and not desk.notices
    assert doors == [False, True]
    (record,) = open_run(outcome.path).items
    assert [row.who for row in record.amendments] == ["Ann + Bob"]


def test_a_step_is_done_again_under_way(tmp_path: Path) -> None:
    outcome, _, seen = ordered(tmp_path, Redo(1, "read", "noise", "Bob"))
    (record,) = open_run(outcome.path).items
    assert [step.attempt for step in record.steps if step.name == "read"] == [1, 2]
    assert record.evidence is not None and "122.0" in str(record.evidence.how[0])
    assert seen == [6.0, 6.0]


def test_what_cannot_be_done_is_told_and_the_run_goes_on(tmp_path: Path) -> None:
    orders = (
        Amend(1, "width", "wide", "misread", "Bob"),
        Amend(1, "length", "7", "misread", "Bob"),
        Redo(1, "hour", "", "Bob"),
        Redo(9, "read", "noise", "Bob"),
    )
    outcome, desk, seen = ordered(tmp_path, *orders)
    assert outcome.items[0].verdict.outcome == "PASS"
    assert seen == [6.0]
    told = [str(notice.text) for notice in desk.notices if notice.kind == "error"]
    assert ["Type a number" in told[0], "no prompt 'length'" in told[1]] == [True, True]
    assert ["without a reason" in told[2], "no step 'read'" in told[3]] == [True, True]
