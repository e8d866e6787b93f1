from __future__ import annotations

from xml.etree import ElementTree

from labctl.ci.junit import junit, name
from labctl.testing.standing import Standing
from tests.labctl.ci.trials import ALL, tried


def test_a_suite_for_each_direction_and_a_case_for_each_device() -> None:
    root = ElementTree.fromstring(junit(ALL, {"1.1-01": "1.1", "1.10-01": "1.10"}).encode())
    assert root.attrib == {"tests": "5", "failures": "1", "errors": "0", "time": "2.500"}
    assert [(suite.get("name"), len(suite)) for suite in root] == [("1.1", 3), ("1.10", 2)]
    names = [case.get("name") for case in root.iter("testcase")]
    assert names[1] == "1.1-01 nominal seed 1 meter:silence@burst"
    first = {one.get("name"): one.get("value") for one in root[0][0].iter("property")}
    assert (first["outcome"], first["value"], first["U"]) == ("PASS", "22", "1")
    assert (first["margin_in_U"], first["laboratory_seconds"]) == ("4", "3600")


def test_a_failure_tells_how_to_repeat_it_and_what_was_kept() -> None:
    root = ElementTree.fromstring(junit(ALL, {"1.1-01": "1.1", "1.10-01": "1.10"}).encode())
    [failure] = root.iter("failure")
    assert failure.get("type") == "wrong"
    assert failure.get("message") == "PASS \N{REPLACEMENT CHARACTER} of it"
    line, kept = (failure.text or "").splitlines()
    assert line == "labctl ci --only 1.10-01 --seed 1 --dut failing"
    assert kept == "runs/ci/a"


def test_errors_are_no_failures() -> None:
    broken = [tried("1.1-01", "nominal", Standing.DEFECT), tried("1.1-01", "failing")]
    root = ElementTree.fromstring(junit(broken, {"1.1-01": "1.1"}).encode())
    assert (root.get("errors"), root.get("failures")) == ("1", "0")
    assert len(list(root.iter("error"))) == 1


def test_the_line_that_repeats_a_fault_is_safe_for_a_shell() -> None:
    one = tried("1.1-01", "nominal", fault="meter:silence@soak/0 h")
    assert one.again.endswith("--dut nominal --fault 'meter:silence@soak/0 h'")
    assert name(one) == "1.1-01 nominal seed 1 meter:silence@soak/0 h"
