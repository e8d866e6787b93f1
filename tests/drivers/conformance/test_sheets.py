"""A line of a data sheet has figures, and a source that says where they stand."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from drivers.conformance.folder import folder_of
from drivers.conformance.sheets import GUESS, wrong_line
from labctl.evidence import Accuracy

LINE = Accuracy("voltage", 2.0, "V", 1e-4, 1e-6, "Maker M1 data sheet, p. 4")

NO_COEFFICIENT = {
    *("alicat", "apc", "ble", "bronkhorst", "california_instruments", "eurotherm", "gentec"),
    *(
        "hioki",
        "iorodeo",
        "ipg",
        "iseg",
        "keller",
        "keysight",
        "lake_shore",
        "llp",
        "mettler_toledo",
    ),
    *(
        "mitutoyo",
        "mpi",
        "mqtt",
        "neware",
        "new_era",
        "newport",
        "ophir",
        "palmsens",
        "rigol",
        "site1",
        "srs",
    ),
    *("sunspec", "tdk_lambda", "tektronix", "thorlabs", "vaisala", "watlow", "winsen", "yokogawa"),
}
"""Vendors whose drivers state no temperature coefficient: their sheets state none, were not to be
had, or are remembered. None of all drivers states drift: the sheets state limits for a year."""


@pytest.mark.parametrize(
    "source",
    [
        "Maker data sheet 17, table 3",
        "Maker manual, section Accuracy",
        "Maker manual, 4.2: an estimate",
        "Maker data sheet: remembered, not re-read",
        "assumed: the maker states none",
        "docs/protocols/llp1.md, encoder",
        "Maker manual (p. 7-10)",
    ],
)
def test_a_source_names_the_place_or_says_that_it_does_not_know(source: str) -> None:
    assert list(wrong_line(msgspec.structs.replace(LINE, source=source))) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"source": "Maker data sheet of 2013"}, "names no page"),
        ({"source": "p. 4"}, "without source"),
        ({"unit": ""}, "without source or unit"),
        ({"function": ""}, "no function"),
        ({"range": 0.0}, "no function or range"),
        ({"temperature_gain": -1e-5}, "a figure that is none"),
        ({"drift_offset": float("nan")}, "a figure that is none"),
        ({"reference_low": 30.0}, "reversed"),
    ],
)
def test_what_is_wrong_is_named(change: dict[str, object], words: str) -> None:
    (found,) = wrong_line(msgspec.structs.replace(LINE, **change))
    assert words in found


def test_which_drivers_state_no_temperature_coefficient_is_known() -> None:
    silent: set[str] = set()
    told: set[str] = set()
    for subject in folder_of("drivers").subjects():
        kind: Any = subject.kind
        lines: tuple[Accuracy, ...] = kind.accuracies
        vendor = subject.name.split(".")[0]
        for line in lines:
            has = bool(line.temperature_gain or line.temperature_offset)
            (told if has else silent).add(vendor)
            assert not (has and GUESS.search(line.source))
    assert silent - told == NO_COEFFICIENT
    assert told == {"keithley"}
