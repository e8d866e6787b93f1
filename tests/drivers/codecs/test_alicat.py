"""Alicat's lines: those recorded from real instruments, round trips, damaged lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.codecs import alicat

NUMBER = st.integers(-999_99, 999_99).map(lambda counts: f"{counts / 100:+07.2f}")
GAS = st.sampled_from(alicat.GASES)
FLAGS = st.sets(st.sampled_from(sorted(alicat.FLAGS)), max_size=3)


def test_recorded_frames() -> None:
    found = alicat.frame("A +014.62 +021.89 +000.00 +000.00 +078.95     N2", "A", controller=True)
    assert (found.pressure, found.temperature, found.setpoint, found.gas) == (
        14.62,
        21.89,
        78.95,
        "N2",
    )
    found = alicat.frame("A +14.633 +022.97 -00.034 -00.034    Air", "A", controller=False)
    assert (found.mass, found.setpoint, found.gas) == (-0.034, None, "Air")


def test_recorded_answers() -> None:
    assert alicat.amount("A +500.00 12 SCCM", "A", 1) == alicat.Amount((500.0,), 2, 12, "SCCM")
    assert alicat.amount("A +078.95 +078.88 12 SCCM", "A", 2).values == (78.95, 78.88)
    assert alicat.amount("A 12 SCCM", "A", 0).unit == "SCCM"
    assert alicat.gas("A 8 N2 Nitrogen", "A") == "N2"
    assert alicat.numbers("A +003.01 +000.00", "A") == (3.01, 0.0)
    assert alicat.ramp("A 25.0 12 4 SCCM/s", "A").values == (25.0,)
    line = "A  M04 Model Number  MC-500SCCM-D"
    assert alicat.labelled(line, "A", "Model Number") == "MC-500SCCM-D"


@given(st.lists(NUMBER, min_size=5, max_size=5), GAS, FLAGS)
def test_round_trip(numbers: list[str], gas: str, flags: set[str]) -> None:
    line = " ".join(["A", *numbers, f"{gas:>6}", *sorted(flags)])
    found = alicat.frame(line, "A", controller=True)
    values = [found.pressure, found.temperature, found.volumetric, found.mass, found.setpoint]
    assert values == [float(number) for number in numbers]
    assert (found.gas, found.flags) == (gas, flags)


@given(st.lists(NUMBER, max_size=8), st.sampled_from(["", "N2", "N2 XYZ", "-- N2"]))
def test_a_frame_of_another_length_is_none(numbers: list[str], rest: str) -> None:
    line = " ".join(["A", *numbers, rest])
    if len(numbers) in (4, 5) and rest == "N2":
        return
    with pytest.raises(alicat.Malformed):
        alicat.frame(line, "A", controller=False)


@pytest.mark.parametrize(
    "line", ["", "?", "B +500.00 12 SCCM", "A 12 SCCM", "A +500.00 SCCM", "A nan 12 SCCM"]
)
def test_what_is_no_amount(line: str) -> None:
    with pytest.raises(alicat.Malformed):
        alicat.amount(line, "A", 1)


@pytest.mark.parametrize(
    "read",
    [
        lambda line: alicat.gas(line, "A"),
        lambda line: alicat.numbers(line, "A"),
        lambda line: alicat.ramp(line, "A"),
        lambda line: alicat.labelled(line, "A", "Model Number"),
    ],
)
@pytest.mark.parametrize("line", ["", "?", "A", "A ---", "B 8 N2 Nitrogen"])
def test_what_is_no_answer(read: object, line: str) -> None:
    assert callable(read)
    with pytest.raises(alicat.Malformed):
        read(line)
