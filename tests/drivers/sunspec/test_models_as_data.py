"""The SunSpec models as data: every one can be laid out, groups repeat, short editions end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.codecs import sunspec
from drivers.sunspec._definitions import Group, Point, definition, layout, numbers
from drivers.sunspec._values import values_of
from labctl.units import known

LENGTHS = {1: 66, 103: 50, 701: 153, 702: 50, 703: 17, 704: 65, 713: 7, 802: 62}
"""Registers of models without repeating groups, as the SunSpec workbook has them."""


def groups(group: Group) -> list[Group]:
    return [group, *(one for inner in group.groups for one in groups(inner))]


def points(number: int) -> list[Point]:
    return [point for group in groups(definition(number).root) for point in group.points]


def test_the_models_of_storage_and_of_inverters_are_there() -> None:
    assert {1, 103, *range(701, 715), 802, 803, 804, 805} <= numbers()


@pytest.mark.parametrize("number", sorted(numbers()))
def test_a_model_names_its_source_and_known_units_and_scales(number: int) -> None:
    model = definition(number)
    assert model.number == number
    assert f"model_{number}.json" in model.source
    names = {point.name for point in points(number)}
    for point in points(number):
        unit = point.unit.replace("var", "V*A")  # reactive power has no unit of its own in pint
        assert not unit or known(unit), point
        assert not point.sf or point.sf in names, point
    counts = {group.count for group in groups(model.root) if isinstance(group.count, str)}
    assert counts <= names


@pytest.mark.parametrize("number", sorted(LENGTHS))
def test_lengths_are_those_of_the_workbook(number: int) -> None:
    last = layout(definition(number), [0] * 500)[-1]
    assert last.offset + last.point.size == LENGTHS[number]


def test_groups_repeat_as_their_count_says() -> None:
    words = [0, 0, 2, *[0] * 15, *[0] * 50]
    names = [place.name for place in layout(definition(714), words)]
    assert "Prt[2].DCV" in names and "Prt[3].DCV" not in names


def test_groups_without_count_fill_the_model() -> None:
    values = values_of(definition(805), [0] * 42 + [3300, 250, 0, 0] * 3)
    assert [name for name in values.names() if name.endswith("CellV")] == [
        f"lithium-ion-module-cell[{cell}].CellV" for cell in (1, 2, 3)
    ]


def test_a_shorter_edition_lacks_its_last_points() -> None:
    values = values_of(definition(802), [1] * 30)
    assert values.raw("SoC") == 1
    assert values.raw("CellVMax") is None
    assert values.value("CellVMax") is None
    assert values.factor("SoC") is None
    assert values.value("SoC") is None


@given(
    st.sampled_from(sorted(numbers())), st.lists(st.integers(0, 0xFFFF), min_size=1, max_size=200)
)
def test_any_registers_are_laid_out_inside_themselves(number: int, words: list[int]) -> None:
    for place in layout(definition(number), words):
        assert place.offset + place.point.size <= len(words)
    try:
        values = values_of(definition(number), words)
    except sunspec.CorruptPoint as error:
        assert ": " in str(error)
        return
    for name in values.names():
        value = values.value(name)
        assert value is None or isinstance(value, int | float | str)
        assert isinstance(values.flags(name), tuple)
