from __future__ import annotations

import pytest

from drivers.conformance.folder import Subject, folder_of
from drivers.conformance.quality import Entry, quality
from drivers.links.settings import BytesSettings, MessageSettings
from drivers.roles.voltmeter import Voltmeter
from rigs.conformance.models import LINES, NO_ENTRY, class_of, line_of, model, models

OURS = folder_of("drivers")


def test_every_driver_is_a_row_with_class_and_line() -> None:
    found = models(OURS)
    assert [one.name for one in found] == OURS.names()
    for one in found:
        assert one.title and one.instrument_class and one.line in LINES.values()


def test_a_source_meter_is_no_mere_voltmeter() -> None:
    one = model(Subject(OURS, "keithley.k2450"), quality(OURS)["keithley.k2450"])
    assert (one.instrument_class, one.role) == ("source_meter", "SourceMeter")
    assert one.title == "Keithley 2450 source meter"
    assert one.exchanges >= 10 and one.entry.tier == "foreign-verified"


def test_a_driver_without_a_row_is_unverified() -> None:
    one = model(Subject(OURS, "keithley.dmm6500"), NO_ENTRY)
    assert one.entry == Entry("unverified", "it has no row in quality.toml")


def test_remembered_accuracies_are_named() -> None:
    one = model(Subject(OURS, "keithley.k2636b"), NO_ENTRY)
    assert one.guesses == ("voltage", "current")


def test_a_labs_own_role_is_a_class_by_itself() -> None:
    assert class_of(Voltmeter) == "digital_multimeter_scanner"
    assert class_of(type("Sniffer", (), {"__module__": "acme_lab.drivers.roles.nose"})) == "nose"


@pytest.mark.parametrize(
    ("settings", "line"), [(MessageSettings(), "text"), (BytesSettings(), "frames"), (None, "")]
)
def test_lines(settings: object, line: str) -> None:
    assert line_of(settings) == line
