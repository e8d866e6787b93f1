from __future__ import annotations

from labctl.errors import Defect, InstrumentError, LinkError
from labctl.evidence import Identity, Instrument
from labctl.failures import as_lab_error, name_role, reported


def test_a_lab_error_stays_what_it_is() -> None:
    error = LinkError("no answer", address="visa://x")
    assert as_lab_error(error, "1.1-03") is error
    assert reported(error)["message"] == "no answer"


def test_anything_else_is_a_defect_that_keeps_its_cause() -> None:
    error = KeyError("x")
    defect = as_lab_error(error, "1.1-03")
    assert isinstance(defect, Defect)
    assert defect.__cause__ is error
    assert "log.jsonl" in defect.remedy


def test_of_a_group_the_first_stands_with_the_others_as_notes() -> None:
    group = ExceptionGroup(
        "both", [LinkError("a"), ExceptionGroup("inner", [InstrumentError("b"), LinkError("c")])]
    )
    error = as_lab_error(group, "1.1-03")
    assert isinstance(error, LinkError)
    assert reported(error)["message"] == "a; also: b; also: c"


def test_one_unforeseen_error_makes_a_group_a_defect() -> None:
    assert isinstance(as_lab_error(ExceptionGroup("x", [LinkError("a"), ValueError()]), ""), Defect)


def test_an_error_names_the_role_at_its_address() -> None:
    meter = Instrument("meter", "fake.r1", "visa://x", Identity("Fake", "R1", "7"))
    error = LinkError("no answer", address="visa://x")
    name_role(error, [meter])
    assert reported(error)["message"] == "no answer; role meter"
    other = LinkError("no answer", address="visa://y")
    name_role(other, [meter])
    assert reported(other)["message"] == "no answer"
