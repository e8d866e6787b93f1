from __future__ import annotations

from sim_backends.emulators.mettler_toledo.cell import WeighingCell
from sim_backends.emulators.mettler_toledo.jobs import (
    LOOK,
    TIMEOUT,
    Adjustment,
    Immediate,
    OnChange,
    Stability,
)
from sim_backends.models.weighing_pan import WeighingPan
from sim_backends.streams import stream


def made() -> tuple[WeighingPan, WeighingCell]:
    pan = WeighingPan()
    return pan, WeighingCell(pan, stream(1, "jobs"))


def test_stability_comes_when_it_was_foreseen() -> None:
    pan, cell = made()
    pan.put(0.01, 1.0)
    job = Stability(cell, lambda t: "done", "S I", 1.0, 1.0)
    due = job.due()
    assert job.look(due - 0.01) is None and job.look(due) == "done"


def test_stability_is_not_waited_for_beyond_the_time_out() -> None:
    pan, cell = made()
    pan.pour(1e-5, 1.0)
    job, t = Stability(cell, lambda t: "done", "S I", 1.0, 1.0), 1.0
    while (answer := job.look(t)) is None:
        t = job.due()
    assert (answer, t) == ("S I", 1.0 + TIMEOUT)


def test_an_overload_ends_the_wait() -> None:
    pan, cell = made()
    pan.put(0.3, 1.0)
    assert Stability(cell, lambda t: "done", "T I", 1.0, 1.0).look(4.0) == "T +"


def test_an_adjustment_takes_its_time() -> None:
    _, cell = made()
    job = Adjustment(cell, 20.0)
    assert job.due() == 20.0 and job.look(19.9) is None and job.look(20.0) == "C3 A"


def test_immediate_values_keep_coming() -> None:
    job = Immediate(lambda t: f"{t:g}", 1.0)
    assert job.look(1.0) == "1" and job.due() == 1.0 + LOOK


def test_changes_are_told_with_the_stable_value_after() -> None:
    pan, cell = made()
    pan.put(0.01, 0.0)
    job, told, t = OnChange(cell, lambda t: f"{cell.net(t):.2f}", None, 10.0), [], 10.0
    while t < 30.0:
        if value := job.look(t):
            told.append(value)
        if abs(t - 15.0) < LOOK / 2:
            pan.put(0.005, t)
        t = job.due()
    assert told[0] == "10.00" and told[-1] == "15.00" and len(told) == 3
