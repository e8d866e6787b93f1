"""Step files: written as another party's generator writes them, refused where they cannot be."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.codecs.neware_program import (
    ConstantCurrent,
    ConstantVoltage,
    Loop,
    NoProgram,
    ProgramStep,
    Rest,
    demand,
    step_file,
)

CURRENTS = st.floats(1e-4, 6.0).flatmap(lambda value: st.sampled_from([value, -value]))
VOLTS, TIMES = st.floats(0.1, 5.0), st.floats(1.0, 1e6)
STEPS = st.one_of(
    st.builds(Rest, TIMES),
    st.builds(ConstantCurrent, CURRENTS, VOLTS, st.none() | TIMES),
    st.builds(ConstantVoltage, VOLTS, CURRENTS, st.floats(1e-4, 1.0), st.none() | TIMES),
)


def written(*steps: ProgramStep, interval: float = 10.0) -> str:
    return step_file(steps, name="cell", interval=interval, date="20260101000000")


def table(text: str) -> ElementTree.Element:
    found = ElementTree.fromstring(text).find("config/Step_Info")
    assert found is not None
    return found


@given(st.lists(STEPS, min_size=1, max_size=6))
def test_a_program_asks_for_what_its_steps_ask_for(steps: list[ProgramStep]) -> None:
    asked = demand(written(*steps))
    currents = [abs(s.current) for s in steps if isinstance(s, ConstantCurrent | ConstantVoltage)]
    volts = [s.voltage for s in steps if isinstance(s, ConstantCurrent | ConstantVoltage)]
    ends = [s.end_current for s in steps if isinstance(s, ConstantVoltage)]
    largest = max([*currents, *(one for one in ends if one)], default=0.0)
    assert asked.current == pytest.approx(largest, abs=1e-9)
    assert asked.highest == pytest.approx(max([v for v in volts if v], default=0.0), abs=1e-9)


def test_units_and_types_are_those_of_the_client() -> None:
    rows = table(
        written(
            Rest(60.0),
            ConstantCurrent(1.25, voltage=4.2),
            ConstantVoltage(4.2, 1.25, end_current=0.05),
            ConstantCurrent(-2.5, duration=100.0),
            Loop(2, 3),
        )
    )
    assert [row.tag for row in rows] == [f"Step{number}" for number in range(1, 7)]
    assert [row.get("Step_Type") for row in rows] == ["4", "1", "3", "2", "5", "6"]
    main = rows[1].find("Limit/Main")
    assert main is not None
    assert {row.tag: float(row.get("Value", "")) for row in main} == {
        "Curr": 1250.0,
        "Stop_Volt": 42000.0,
    }
    other = rows[4].find("Limit/Other")
    assert other is not None
    assert {row.tag: row.get("Value") for row in other} == {"Start_Step": "2", "Cycle_Count": "3"}


def test_the_same_program_is_the_same_file() -> None:
    assert written(Rest(1.0)) == written(Rest(1.0)) != written(Rest(2.0))


@pytest.mark.parametrize(
    ("step", "why"),
    [
        (Rest(0.0), "duration"),
        (Rest(float("nan")), "duration"),
        (ConstantCurrent(0.0, duration=1.0), "a current of 0.0 A"),
        (ConstantCurrent(1.0), "step 1 never ends"),
        (ConstantVoltage(4.2, 1.0), "step 1 never ends"),
        (ConstantVoltage(-1.0, 1.0, duration=1.0), "voltage"),
        (Loop(1, 2), "back to step 1"),
    ],
)
def test_a_step_that_cannot_be_is_named(step: ProgramStep, why: str) -> None:
    with pytest.raises(NoProgram, match=why):
        written(step)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no XML"),
        ("<root/>", "no step file"),
        ("<!DOCTYPE a><root/>", "declarations"),
        (written(Rest(1.0)).replace('Step_Type="4"', 'Step_Type="23"'), "type '23'"),
        (
            written(ConstantCurrent(1.0, voltage=4.0)).replace("Curr ", "Rate "),
            "names no current",
        ),
        (
            written(ConstantCurrent(1.0, voltage=4.0)).replace('"1000.000000"', '"much"'),
            "no number",
        ),
    ],
)
def test_a_file_whose_demand_is_not_known_is_refused(text: str, why: str) -> None:
    with pytest.raises(NoProgram, match=why):
        demand(text)
