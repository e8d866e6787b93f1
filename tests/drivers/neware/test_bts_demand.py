"""What a program asks for against the bench's limits: voltage both ways, current, power."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from drivers.codecs import neware_program
from drivers.codecs.neware_program import (
    ConstantCurrent,
    ConstantVoltage,
    Demand,
    ProgramStep,
    Rest,
)
from drivers.neware._bts_demand import refuse_demand, refuse_file
from drivers.neware._bts_sheet import Sheet
from labctl.errors import LimitRefused

CYCLE: tuple[ProgramStep, ...] = (
    ConstantCurrent(2.0, voltage=4.2),
    ConstantVoltage(4.2, 2.0, end_current=0.1),
    Rest(60.0),
    ConstantCurrent(-2.0, voltage=2.7),
)
TIMED_CHARGE = (ConstantCurrent(1.0, duration=600.0), *CYCLE)
TIMED_DISCHARGE = (ConstantCurrent(-1.0, duration=600.0), *CYCLE)


def asked(steps: Sequence[ProgramStep]) -> Demand:
    text = neware_program.step_file(steps, name="x", interval=1.0, date="20260101000000")
    return neware_program.demand(text)


def refuse(steps: Sequence[ProgramStep], **limits: float) -> None:
    refuse_demand(asked(steps), Sheet(), limits, "tcp://bts")


@pytest.mark.parametrize(
    ("steps", "limits", "what"),
    [
        (CYCLE, {"voltage": 4.1}, "voltage of the program 4.2"),
        (CYCLE, {"voltage_min": 2.8}, "lowest voltage of the program 2.7"),
        (CYCLE, {"current": 1.9}, "current of the program 2 A"),
        (CYCLE, {"power": 8.3}, "power 8.4 W"),
        (TIMED_CHARGE, {"voltage": 4.3}, "charges and ends at no voltage"),
        (TIMED_CHARGE, {"power": 9.9}, "power 10 W"),
        (TIMED_DISCHARGE, {"voltage_min": 2.5}, "discharges and ends at no voltage"),
    ],
)
def test_a_program_beyond_the_bench_is_refused(
    steps: Sequence[ProgramStep], limits: dict[str, float], what: str
) -> None:
    with pytest.raises(LimitRefused) as caught:
        refuse(steps, **limits)
    assert what in caught.value.message
    assert caught.value.address == "tcp://bts"


def test_what_the_bench_allows_is_not_refused() -> None:
    refuse(CYCLE, voltage=4.2, voltage_min=2.7, current=2.0, power=8.4)
    refuse(TIMED_CHARGE)
    refuse(TIMED_DISCHARGE, voltage=4.2)
    refuse([Rest(60.0)], voltage=4.2, voltage_min=2.5)


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    for content in (None, b"\xff\xfe", b"<root/>"):
        file = tmp_path / "steps.xml"
        if content is not None:
            file.write_bytes(content)
        with pytest.raises(LimitRefused, match="cannot be checked"):
            refuse_file(str(file), Sheet(), {}, "tcp://bts")
