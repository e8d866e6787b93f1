"""A Digital Calibration Certificate is read as it says, or refused by name."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from labctl.calibration import Certificate, Point
from labctl.calibration.files import read
from labctl.calibration.refusal import Where
from labctl.calibration.tomlfile import dumped
from labctl.errors import BenchError
from tests.labctl.calibration import dccs
from tests.labctl.calibration.dccs import (
    ERRORS,
    READINGS,
    REFERENCES,
    adjusted,
    conformity,
    dcc,
    expanded,
    measured,
    quantity,
    result,
    table,
)

POINTS = (
    Point(1.0, -10e-6, 12e-6, 2.0),
    Point(5.0, 20e-6, 30e-6, 2.0),
    Point(9.0, -45e-6, 50e-6, 2.0),
)


def parsed(data: bytes) -> Certificate:
    return read("c.xml", data, Where("c.xml"))


def refused(data: bytes, *words: str) -> BenchError:
    with pytest.raises(BenchError) as caught:
        parsed(data)
    assert all(word in caught.value.message for word in ("c.xml", *words)), caught.value.message
    return caught.value


@pytest.mark.parametrize("version", ["3.0.0", "3.1.2", "3.2.1", "3.3.0"])
def test_what_it_says(version: str) -> None:
    found = parsed(dcc(version=version))
    assert (found.number, found.laboratory) == ("EX-2026-0042", "Example Ltd, D-K-00000")
    assert (found.serial, found.calibrated, found.due) == ("04501234", "2026-02-10", "2027-02-10")
    assert (found.as_found, found.adjusted, found.unread) == ("", False, ())
    (one,) = found.tables
    assert (one.name, one.unit, one.function) == ("DC voltage, 10 V", "V", "")
    assert one.points == POINTS
    assert one.temperature == pytest.approx((22.5, 23.5))


@pytest.mark.parametrize("more", [(ERRORS,), (REFERENCES, ERRORS)])
def test_error_correction_and_reference_say_the_same(more: tuple[str, ...]) -> None:
    correction = quantity("basic_correction", "-10 20 -45", "\\micro\\volt", expanded("12 30 50"))
    for way in (more, (correction,)):
        (one,) = parsed(dcc(measured(result(table(READINGS, *way))))).tables
        assert one.points == POINTS


def test_reference_alone_with_its_uncertainty() -> None:
    reference = REFERENCES.replace(
        "</si:unitXMLList>", "</si:unitXMLList>" + expanded("12e-6 30e-6 50e-6")
    )
    (one,) = parsed(dcc(measured(result(table(READINGS, reference))))).tables
    assert [p.correction for p in one.points] == pytest.approx([-10e-6, 20e-6, -45e-6])
    assert [p.expanded for p in one.points] == pytest.approx([12e-6, 30e-6, 50e-6])


def test_the_older_uncertainty_a_hybrid_and_one_entry_for_all() -> None:
    older = (
        "<si:expandedUncXMLList><si:uncertaintyXMLList>0.06</si:uncertaintyXMLList>"
        "<si:coverageFactorXMLList>2</si:coverageFactorXMLList>"
        "<si:coverageProbabilityXMLList>0.95</si:coverageProbabilityXMLList></si:expandedUncXMLList>"
    )
    reading = (
        quantity("basic_measuredValue", "373.2 300.1", "\\kelvin")
        .replace("<si:realListXMLList>", "<si:hybrid><si:realListXMLList>")
        .replace(
            "</si:realListXMLList>",
            "</si:realListXMLList><si:realListXMLList>"
            "<si:valueXMLList>100.05 26.95</si:valueXMLList>"
            "<si:unitXMLList>\\degreecelsius</si:unitXMLList></si:realListXMLList></si:hybrid>",
        )
    )
    error = quantity("basic_measurementError", "0.1 0.2", "\\kelvin", older)
    (one,) = parsed(dcc(measured(result(table(reading, error))))).tables
    assert one.unit == "K"
    assert one.points == (Point(300.1, -0.2, 0.06, 2.0), Point(373.2, -0.1, 0.06, 2.0))


def test_single_values_a_list_each_are_one_table() -> None:
    def single(kind: str, value: str, more: str = "") -> str:
        return (
            f'<dcc:quantity refType="{kind}"><si:real><si:value>{value}</si:value>'
            f"<si:unit>\\volt</si:unit>{more}</si:real></dcc:quantity>"
        )

    unc = (
        "<si:measurementUncertaintyUnivariate><si:standardMU><si:valueStandardMU>1e-5"
        "</si:valueStandardMU></si:standardMU></si:measurementUncertaintyUnivariate>"
    )
    groups = [
        table(single("basic_measuredValue", at), single("basic_measurementError", by, unc))
        for at, by in (("2.0", "1e-4"), ("1.0", "2e-4"))
    ]
    (one,) = parsed(dcc(measured(result(*groups)))).tables
    assert one.points == (Point(1.0, -2e-4, 1e-5, 1.0), Point(2.0, -1e-4, 1e-5, 1.0))


@pytest.mark.parametrize(
    ("word", "k", "p", "distribution", "size", "freedom"),
    [
        ("uniform", "1.65", "0.95", "rectangular", 33e-6 / 1.65 * 3**0.5, 0.0),
        ("t", "2.228", "0.95", "t", 33e-6, 10.0),
        ("", "2", "0.95", "normal", 33e-6, 0.0),
    ],
)
def test_distributions(
    word: str, k: str, p: str, distribution: str, size: float, freedom: float
) -> None:
    error = quantity("basic_measurementError", "1 2 3", "\\micro\\volt", expanded("33", k, p, word))
    (one,) = parsed(dcc(measured(result(table(READINGS, error))))).tables
    assert one.distribution == distribution
    assert one.points[0].expanded == pytest.approx(size)
    assert one.freedom == pytest.approx(freedom, rel=1e-2)


def test_results_before_an_adjustment_are_not_used() -> None:
    before = measured(
        result(
            table(
                READINGS, ERRORS.replace("</dcc:quantity>", conformity("fail") + "</dcc:quantity>")
            )
        ),
        conditions=adjusted("beforeAdjustment"),
        name="As found",
    )
    after = measured(result(table(READINGS, ERRORS)), conditions=adjusted("afterAdjustment"))
    found = parsed(dcc(before, after))
    assert (len(found.tables), found.adjusted, found.as_found) == (1, True, "outside")
    assert found.unread == ("As found: before the adjustment",)
    refused(dcc(before), "As found", "before an adjustment")


def test_old_readings_inside_the_condition_leave_the_results_new() -> None:
    old = ERRORS.replace("</dcc:quantity>", conformity("pass") + "</dcc:quantity>")
    condition = adjusted("beforeAdjustment", table(READINGS, old))
    found = parsed(dcc(measured(result(table(READINGS, ERRORS)), conditions=condition)))
    assert (len(found.tables), found.adjusted, found.as_found) == (1, True, "within")


def test_what_is_no_table_is_named() -> None:
    other = result(table(quantity("basic_nominalValue", "1 2", "\\volt")), name="Linearity")
    found = parsed(dcc(measured(result(table(READINGS, ERRORS)), other)))
    assert len(found.tables) == 1
    assert found.unread == ("Linearity: is no table",)


BAD = {
    "a document type": (
        dcc().replace(b"<dcc:digital", b'<!DOCTYPE x [<!ENTITY a "b">]><dcc:digital', 1),
        "c.xml:2",
        "DOCTYPE",
    ),
    "another root": (b"<certificate/>", "c.xml:1", "certificate"),
    "an older schema": (dcc(version="2.4.0"), "schemaVersion", "2.4.0"),
    "no XML": (b"number = 1", "XML"),
    "cut": (dcc()[:-40], "XML"),
    "two items": (dcc(items=dccs.ITEM * 2), "items", "2 items"),
    "no serial number": (dcc(items=dccs.ITEM.replace("manufacturer<", "owner<")), "items"),
    "two due dates": (
        dcc(statements=dccs.RECALIBRATION + dccs.RECALIBRATION.replace("2027", "2028")),
        "2027-02-10 and on 2028-02-10",
    ),
    "no uncertainty": (
        dcc(measured(result(table(READINGS, REFERENCES)))),
        "states no uncertainty",
    ),
    "two uncertainties": (
        dcc(
            measured(
                result(
                    table(
                        READINGS.replace("</si:unitXMLList>", "</si:unitXMLList>" + expanded("1")),
                        REFERENCES.replace(
                            "</si:unitXMLList>", "</si:unitXMLList>" + expanded("1")
                        ),
                    )
                )
            )
        ),
        "2 of its quantities",
    ),
    "error against reference": (
        dcc(measured(result(table(READINGS, REFERENCES, ERRORS.replace("10 -20", "-10 -20"))))),
        "point 1",
        "DC voltage, 10 V",
    ),
    "too few errors": (
        dcc(measured(result(table(READINGS, ERRORS.replace("10 -20 45", "10 -20"))))),
        "3 entries for 2 values",
    ),
    "one reading twice": (
        dcc(measured(result(table(READINGS.replace("1.0 5.0", "5.0 5.0"), ERRORS)))),
        "does not follow",
    ),
    "a relative error": (
        dcc(measured(result(table(READINGS, ERRORS.replace("\\micro\\volt", "\\percent"))))),
        "cannot be converted",
    ),
    "an unknown unit": (
        dcc(measured(result(table(READINGS.replace("\\volt", "\\Volt"), ERRORS)))),
        "basic_measuredValue",
        "\\Volt",
    ),
    "an interval": (
        dcc(
            measured(
                result(
                    table(
                        READINGS,
                        ERRORS.replace("si:expandedMUXMLList", "si:coverageIntervalMUXMLList"),
                    )
                )
            )
        ),
        "coverageIntervalMUXMLList",
    ),
    "another distribution": (
        dcc(measured(result(table(READINGS, ERRORS.replace(">normal<", ">bimodal<"))))),
        "distribution",
        "bimodal",
    ),
    "k of no t": (
        dcc(
            measured(
                result(
                    table(
                        READINGS,
                        quantity(
                            "basic_measurementError",
                            "1 2 3",
                            "\\volt",
                            expanded("1", "1.9", "0.95", "t"),
                        ),
                    )
                )
            )
        ),
        "coverageFactor",
    ),
    "two readings": (
        dcc(measured(result(table(READINGS, READINGS, ERRORS)))),
        "2 quantities basic_measuredValue",
    ),
    "no number": (
        dcc(measured(result(table(READINGS.replace("9.0", "nine"), ERRORS)))),
        "'nine'",
    ),
}


@pytest.mark.parametrize("what", BAD)
def test_what_is_wrong_is_named(what: str) -> None:
    data, *words = BAD[what]
    refused(data, *words)


def test_it_becomes_toml_and_is_the_same(tmp_path: Path) -> None:
    found = parsed(dcc())
    text = dumped(found).encode("utf-8")
    again = read("c.toml", text, Where("c.toml"))
    assert msgspec.structs.replace(again, file=found.file, sha256=found.sha256) == found
    assert (again.file, len(again.sha256)) == ("c.toml", 64)
