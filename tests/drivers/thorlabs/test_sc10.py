"""SC10 driver: a toggle that is looked at, a blade that sticks (lines: tests/golden/thorlabs)."""

from __future__ import annotations

import pytest

from drivers.conformance.transcripts import expanded
from drivers.roles.laser_shutter import LaserShutter
from drivers.thorlabs.sc10 import ThorlabsSC10
from labctl.errors import Defect, InstrumentError
from tests.drivers.scripted import run
from tests.drivers.scripted_bytes import ScriptedBytes


def shutter(*said: tuple[str, str]) -> ThorlabsSC10:
    script = [
        {"send": f"{query}\r", "answer": f"{query}\r{answer}\r> " if answer else f"{query}\r> "}
        for query, answer in said
    ]
    hexed = [
        {key + "_hex": text.encode("ascii").hex(" ") for key, text in one.items()} for one in script
    ]
    driver = ThorlabsSC10(ScriptedBytes(expanded(list(hexed))), {})
    as_role: LaserShutter = driver
    assert as_role is driver
    return driver


def test_not_identified_is_a_defect() -> None:
    with pytest.raises(Defect):
        assert shutter().identity


def test_a_shutter_that_stands_right_is_not_toggled() -> None:
    run(lambda: shutter(("ens?", "0"), ("mode?", "1"), ("closed?", "1")).shutter(False))


def test_an_enable_that_does_not_follow_is_an_error() -> None:
    driver = shutter(("interlock?", "0"), ("mode?", "1"), ("ens?", "0"), ("ens", ""), ("ens?", "0"))
    with pytest.raises(InstrumentError, match="not enabled"):
        run(lambda: driver.shutter(True))


def test_a_blade_that_sticks_open_is_told() -> None:
    stuck = [("closed?", "0")] * 60
    driver = shutter(("ens?", "1"), ("ens", ""), ("ens?", "0"), ("mode?", "1"), *stuck)
    with pytest.raises(InstrumentError, match="does not shut"):
        run(driver.safe)
