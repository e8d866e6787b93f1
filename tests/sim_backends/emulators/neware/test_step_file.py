from __future__ import annotations

import math

import pytest

from sim_backends.emulators.neware.step_file import StepType, Unusable, read_program
from tests.sim_backends.emulators.neware import programs
from tests.sim_backends.emulators.neware.programs import cycle, main, step_file


def test_units_of_a_step_file() -> None:
    protect = (
        '<Volt><Upper Value="43000"/><Lower Value="20000"/></Volt>'
        '<Curr><Upper Value="3000"/><Lower Value="-3000"/></Curr>'
        '<Cap><Upper Value="10800000"/></Cap><Delay_Time Value="2000"/>'
    )
    text = step_file(
        programs.REST, programs.HOLD, programs.DISCHARGE, (5, cycle(2, 4)),
        record=10.0, protect=protect,
    )  # fmt: skip
    program = read_program(text)
    rest, hold, discharge, again, end = program.steps
    assert (rest.kind, rest.seconds, rest.sign) == (StepType.REST, 60.0, 0.0)
    assert (hold.voltage, hold.current, hold.stop_current) == (4.2, 2.5, 0.125)
    assert (discharge.stop_voltage, discharge.sign) == (3.0, -1.0)
    assert math.isinf(discharge.seconds)
    assert (again.first, again.count, end.kind) == (2, 4, StepType.END)
    bounds = program.protection
    assert (bounds.high, bounds.low, bounds.most, bounds.least) == (4.3, 2.0, 3.0, -3.0)
    assert (bounds.charge, bounds.delay, program.record.seconds) == (3.0, 2.0, 10.0)


@pytest.mark.parametrize(
    "text",
    [
        "hello there",
        "<r><config type='Other'/></r>",
        "<r><config type='Step File'><Step_Info/></config></r>",
        step_file((15, main(Time=1.0))),
        step_file((4, "")),
        step_file((1, main(Curr=100.0))),
        step_file((1, main(Stop_Volt=42000.0))),
        step_file((3, main(Volt=42000.0))),
        step_file((5, cycle(1, 2))),
        step_file(programs.REST, (5, cycle(1, 0))),
        step_file(programs.REST).replace("60000.000000", "soon"),
        step_file(programs.REST).replace("60000.000000", "nan"),
    ],
)
def test_what_cannot_be_run(text: str) -> None:
    with pytest.raises(Unusable):
        read_program(text)
