from __future__ import annotations

import pytest

from labctl import catalogue
from labctl.i18n import using
from labctl.report.notation import (
    criterion_rule,
    number,
    rule,
    signs,
    typeset,
    unit_text,
    with_unit,
)


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        ("W/m**2", "W/m²"),
        ("mA*h/g", "mA·h/g"),
        ("degC", "°C"),
        ("1/cm**3", "1/cm³"),
        ("ohm*cm**2", "Ω·cm²"),
        ("um", "μm"),
        ("uHz/(Hz*K)", "μHz/(Hz·K)"),
        ("cm**-2", "cm⁻²"),
        ("dimensionless", ""),
        ("umol/mol", "μmol/mol"),
        ("user", "user"),
        ("C_rate", "C rate"),
    ],
)
def test_units_are_written_as_print_has_them(unit: str, text: str) -> None:
    assert unit_text(unit) == text


def test_no_unit_of_the_map_keeps_a_programmers_sign() -> None:
    units = {row.unit for i in catalogue.load() for row in (*i.criteria, *i.conditions)}
    assert [unit for unit in units if set("*_") & set(unit_text(unit))] == []


@pytest.mark.parametrize(
    ("op", "limit", "unit", "text"),
    [
        (">=", 20.0, "%", "≥ 20 %"),
        ("<", -40.0, "degC", "< −40 °C"),
        ("within", 2.0, "%", "±2 %"),
        ("between", (1.0, 3.0), "V", "1 … 3 V"),
        ("covers", (0.0, 80.0), "degC", "covers 0 … 80 °C"),
        ("==", 0.0, "dimensionless", "= 0"),
        (">=", 1e12, "1/s", "≥ 1×10¹² 1/s"),
        ("present", None, "", "shown to be there"),
        (">=", None, "", ""),
        ("<=", 5.0, "deg", "≤ 5°"),
    ],
)
def test_rules(op: str, limit: float | tuple[float, float] | None, unit: str, text: str) -> None:
    assert rule(op, limit, unit) == text


def test_tolerances() -> None:
    assert rule("about", 500.0, "mA*h/g", 25.0) == "(≈ 500 ± 25) mA·h/g"
    assert rule("about", 500.0, "V", 25.0, "higher") == "≈ 500 V (≥ 475 V)"
    assert rule("about", 500.0, "V", 25.0, "lower") == "≈ 500 V (≤ 525 V)"
    assert rule("set", 1000.0, "h", 20.0) == "(1000 ± 20) h"


def test_every_rule_of_the_map_has_a_text_in_both_languages() -> None:
    rows = [row for i in catalogue.load() for row in i.criteria]
    for language in ("en", "zh"):
        with using(language):
            assert all(criterion_rule(row) for row in rows)


def test_numbers() -> None:
    assert number(-1e-9) == "−1×10⁻⁹"
    assert signs("-1.50e+07") == "−1.50×10⁷"
    assert with_unit("45", "deg") == "45°"


def test_plain_text_gets_the_signs_of_print() -> None:
    assert typeset("1000 W/m2 and 25 degC +-0.5 %, 3 cm2") == "1000 W/m² and 25 °C ±0.5 %, 3 cm²"
