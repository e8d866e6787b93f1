from __future__ import annotations

import pytest

from labctl.analysing.stating import example, pairs, stated
from labctl.analysis import Analysed, Analysis, Given, Setting
from labctl.errors import UsageError
from labctl.quantity import Quantity

AREA = Setting("area", "area of the cell", unit="cm**2", low=0.0)
COLUMNS = Setting("columns", "which columns", default="V,I")
KIND = Setting("kind", "what it is", options=("cell", "module"), needed=True)
TEMPERATURE = Setting("temperature", "temperature", unit="degC", default="25 degC u=0.5 K")


def found(given: Given) -> Analysed:
    raise AssertionError("not run here")


ANALYSIS = Analysis("power", "text", found, (AREA, COLUMNS, KIND, TEMPERATURE))


def test_settings_are_read_in_their_units() -> None:
    said = stated(ANALYSIS, {"area": "120 mm² u=1 mm**2", "kind": "Cell"})
    assert said == {
        "area": Quantity(1.2, "cm**2", 0.01),
        "columns": "V,I",
        "kind": "cell",
        "temperature": Quantity(25.0, "degC", 0.5),
    }


def test_an_uncertainty_without_a_unit_is_in_that_of_the_value() -> None:
    said = stated(ANALYSIS, {"area": "1.2 cm**2 u = 1e-2", "kind": "cell"})
    assert said["area"] == Quantity(1.2, "cm**2", 0.01)


@pytest.mark.parametrize(
    ("texts", "wrong", "remedy"),
    [
        ({"kind": "cell", "aera": "1"}, "no setting 'aera'", "it takes area, columns"),
        ({}, "needs kind", '--set "kind=cell|module"'),
        ({"kind": "wafer"}, "kind=wafer: Choose one of", "kind=cell|module"),
        ({"kind": "cell", "area": "big"}, "Type a number", '--set "area=1 cm**2"'),
        ({"kind": "cell", "area": "1 V"}, "V is no unit", "area=1 cm"),
        ({"kind": "cell", "area": "-1 cm**2"}, "not in the range", "area=1 cm"),
        ({"kind": "cell", "area": "1 cm**2 u=much"}, "write u=0.1", "area=1 cm"),
        ({"kind": "cell", "area": "1 cm**2 u=-1"}, "write u=0.1", "area=1 cm"),
        ({"kind": "cell", "area": "1 cm**2 u=1 u=2"}, "write u=0.1", "area=1 cm"),
    ],
)
def test_what_cannot_be_read_is_named_with_what_can(
    texts: dict[str, str], wrong: str, remedy: str
) -> None:
    with pytest.raises(UsageError) as raised:
        stated(ANALYSIS, texts)
    assert wrong in raised.value.message
    assert remedy in raised.value.remedy


def test_pairs_of_name_and_value() -> None:
    assert pairs(["a=1", " b = x=y "]) == {"a": "1", "b": "x=y"}
    for texts in (["a"], ["=1"], ["a=1", "a=2"]):
        with pytest.raises(UsageError, match="--set"):
            pairs(texts)


def test_examples() -> None:
    assert [example(one) for one in (AREA, COLUMNS, KIND)] == [
        "area=1 cm**2",
        "columns=V,I",
        "kind=cell|module",
    ]
    assert example(Setting("n", "cycle", unit="dimensionless")) == "n=1"
