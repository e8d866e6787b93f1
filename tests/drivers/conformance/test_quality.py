from __future__ import annotations

from pathlib import Path

import pytest

from drivers.conformance.folder import Folder, Subject
from drivers.conformance.quality import has_its_tier, quality, rows_without_driver
from labctl.errors import BenchError

REASON = 'reason = "frames as printed in the maker\'s manual"'
SOURCED = '[sources]\npage = "manual, p. 3"\n'
REMEMBERED = '[sources]\npage = "remembered: somewhere in the manual"\n'
PROVED = f'tier = "golden"\n{REASON}'
FOREIGN = f'tier = "foreign-verified"\n{REASON}\nby = "pyacme K1"\n'


def lab(folder: Path, row: str, golden: str = SOURCED) -> Subject:
    """A lab with the driver acme.k1, whose row of the table is `row`."""
    drivers = folder / "acme_lab" / "drivers"
    for path, text in (
        (drivers / "acme" / "k1.py", "DRIVER = 1\n"),
        (drivers / "quality.toml", f'["acme.k1"]\n{row}\n' if row else ""),
        (folder / "golden" / "acme" / "k1.toml", golden),
        (folder / "tests" / "test_foreign.py", "from pyacme import K1\ndef test_k1(): ...\n"),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Subject(Folder("acme_lab.drivers", drivers, folder / "golden"), "acme.k1")


@pytest.mark.parametrize(
    ("row", "golden"),
    [
        (PROVED, SOURCED),
        (f'tier = "unverified"\n{REASON}', REMEMBERED),
        (f'{FOREIGN}test = "tests/test_foreign.py::test_k1"', SOURCED),
        (f'{PROVED}\nexemptions = {{ serial_number = "no command tells it, by page 7" }}', SOURCED),
        (f'tier = "hardware-verified"\n{REASON}\nserial = "77"\ndate = "2026-03-01"', SOURCED),
    ],
)
def test_a_row_that_says_enough(row: str, golden: str, tmp_path: Path) -> None:
    subject = lab(tmp_path, row, golden)
    assert not [*has_its_tier(subject), *rows_without_driver(subject.folder)]


@pytest.mark.parametrize(
    ("row", "golden", "text"),
    [
        ("", SOURCED, "no row for it"),
        (f'tier = "gold"\n{REASON}', SOURCED, "is none of unverified, golden"),
        ('tier = "golden"\nreason = "manual"', SOURCED, "says too little"),
        (PROVED, "", "without a golden transcript"),
        (PROVED, REMEMBERED, "every exchange of its transcript is remembered"),
        (f'tier = "unverified"\n{REASON}', SOURCED, "exchanges of its transcript have a source"),
        (FOREIGN, SOURCED, "needs by (whose driver or simulator) and test"),
        (f'tier = "hardware-verified"\n{REASON}', SOURCED, "needs serial and date"),
        (f'{PROVED}\nexemptions = {{ colour = "it is always blue, all year" }}', SOURCED, "colour"),
        (f'{PROVED}\nexemptions = {{ accuracy = "none" }}', SOURCED, "gives no reason"),
    ],
)
def test_a_row_that_says_too_little(row: str, golden: str, text: str, tmp_path: Path) -> None:
    assert any(text in finding for finding in has_its_tier(lab(tmp_path, row, golden)))


@pytest.mark.parametrize(
    ("test", "text"),
    [
        ("tests/test_other.py", "there is no test tests/test_other.py"),
        ("tests/test_foreign.py::test_k2", "does not hold 'def test_k2('"),
    ],
)
def test_a_foreign_test_that_is_not_there(test: str, text: str, tmp_path: Path) -> None:
    subject = lab(tmp_path, f'{FOREIGN}test = "{test}"')
    assert [text in finding for finding in rows_without_driver(subject.folder)] == [True]


def test_a_foreign_test_of_somebody_else(tmp_path: Path) -> None:
    row = f'{FOREIGN}test = "tests/test_foreign.py"'.replace("pyacme", "pyother")
    found = list(rows_without_driver(lab(tmp_path, row).folder))
    assert found == ["acme.k1: tests/test_foreign.py does not hold 'pyother'"]


def test_a_row_without_its_driver(tmp_path: Path) -> None:
    subject = lab(tmp_path, f'{PROVED}\n["acme.k2"]\n{PROVED}')
    assert list(rows_without_driver(subject.folder)) == [
        "acme.k2 stands in quality.toml, but there is no such driver"
    ]


@pytest.mark.parametrize("row", ["colour = 1", "tier = 1", "tier = "])
def test_a_table_that_cannot_be_read_names_its_file(row: str, tmp_path: Path) -> None:
    with pytest.raises(BenchError, match=r"quality\.toml"):
        quality(lab(tmp_path, row).folder)
