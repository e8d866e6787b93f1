"""DOIs, standards, copyrights and names."""

from __future__ import annotations

import pytest

from procedures.documents import identifiers


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("10.1038/S41586-024-00001-1", "10.1038/s41586-024-00001-1"),
        ("https://doi.org/10.1000/ABC", "10.1000/abc"),
        ("doi: 10.1000/a(b)c", "10.1000/a(b)c"),
        ("10.12/abc", ""),
        ("11.1000/abc", ""),
        ("10.1000/", ""),
        ("submitted", ""),
    ],
)
def test_dois(text: str, normal: str) -> None:
    assert identifiers.normal_doi(text) == normal


@pytest.mark.parametrize(
    ("text", "normal", "body"),
    [
        ("ISO 14067:2018", "ISO14067:2018", "international"),
        ("ISO/IEC 17025:2017", "ISO/IEC17025:2017", "international"),
        ("IEC 62282-8-102:2019", "IEC62282-8-102:2019", "international"),
        ("ISO/CD 12345", "ISO/CD12345", "international"),
        ("IEC TS 60904-13:2018", "IECTS60904-13:2018", "international"),
        ("ITU-T Y.3500", "ITU-TY.3500", "international"),
        ("GB/T 24040—2008", "GB/T24040-2008", "national"),
        ("gb 12345-2020", "GB12345-2020", "national"),
        ("20231234-T-604", "20231234-T-604", "national"),
        ("NB/T 10394-2020", "NB/T10394-2020", "industry"),
        ("DB31/T 1234-2020", "DB31/T1234-2020", "other"),
        ("T/CSEE 0123-2021", "T/CSEE0123-2021", "other"),
        ("Q/ABC 001-2024", "Q/ABC001-2024", "other"),
        ("IEEE 1547-2018", "IEEE1547-2018", "other"),
        ("EN 50530:2010", "EN50530:2010", "other"),
    ],
)
def test_standards(text: str, normal: str, body: str) -> None:
    assert identifiers.normal_standard(text) == (normal, body)


@pytest.mark.parametrize("text", ["", "to be assigned", "GB/T 24040", "ISO", "14067:2018"])
def test_what_is_no_standard_has_no_body(text: str) -> None:
    assert identifiers.normal_standard(text)[1] == ""


def test_copyrights() -> None:
    assert identifiers.normal_copyright("2023 SR 0123456") == "2023SR0123456"
    assert identifiers.normal_copyright("SR0123456") == ""


def test_names_that_differ_in_spelling_only_are_one() -> None:
    assert identifiers.normal_name("Proton-Exchange  Membrane!") == "protonexchangemembrane"
    assert identifiers.normal_name("\uff30\uff25\uff2d 膜") == identifiers.normal_name("pem膜")
    assert identifiers.normal_name("-") == ""
