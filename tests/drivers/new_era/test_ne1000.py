"""NE-1000 driver: what its golden transcript (tests/golden/new_era) does not show."""

from __future__ import annotations

import pytest

from drivers.new_era.ne1000 import NewEraNE1000
from drivers.roles.syringe_pump import SyringePump
from labctl.errors import Defect, InstrumentError, UsageError
from tests.drivers.scripted import run
from tests.drivers.scripted_bytes import ScriptedBytes
from tests.golden.transcripts import exchanges

MODEL = "new_era.ne1000"


def pump(*scenes: str, **limits: float) -> NewEraNE1000:
    driver = NewEraNE1000(ScriptedBytes(exchanges(MODEL, *scenes)), limits)
    as_role: SyringePump = driver
    assert as_role is driver
    return driver


def hexed(text: str) -> str:
    return f"02 {text.encode().hex(' ')} 03"


def test_it_is_nobody_before_it_was_asked() -> None:
    with pytest.raises(Defect):
        _ = pump().identity


def test_what_a_pump_has_not_is_said() -> None:
    driver = pump()
    for call in (driver.home, driver.actuations):
        with pytest.raises(UsageError, match="NE-1000 has not"):
            run(call)


def test_after_a_power_cut_volumes_are_not_known_until_zeroed() -> None:
    dis = {"send_hex": b"0DIS\r".hex(" "), "answer_hex": hexed("00SI0.000W0.000ML")}
    driver = NewEraNE1000(
        ScriptedBytes([*exchanges(MODEL, "just_switched_on"), dis, *exchanges(MODEL, "zero"), dis])
    )

    async def body() -> float:
        await driver.identify()
        with pytest.raises(InstrumentError, match="reset"):
            await driver.dispensed()
        await driver.set_zero()
        return (await driver.dispensed()).value

    assert run(body) == 0.0


def test_an_answer_that_was_damaged_may_have_told_of_a_reset() -> None:
    ask = {"send_hex": b"0\r".hex(" "), "answer_hex": hexed("0\x7f")}
    dis = {"send_hex": b"0DIS\r".hex(" "), "answer_hex": hexed("00SI0.000W0.000ML")}
    driver = NewEraNE1000(ScriptedBytes([*exchanges(MODEL, "identify"), ask, dis]))

    async def body() -> None:
        await driver.identify()
        with pytest.raises(InstrumentError):
            await driver.is_moving()
        with pytest.raises(InstrumentError, match="may have been"):
            await driver.dispensed()

    run(body)


def test_a_pump_that_does_not_stop_is_an_error() -> None:
    ask = {"send_hex": b"0\r".hex(" "), "answer_hex": hexed("00I")}
    stop = {"send_hex": b"0STP\r".hex(" "), "answer_hex": hexed("00I")}
    driver = NewEraNE1000(ScriptedBytes([ask, stop] * 3 + [ask]))
    with pytest.raises(InstrumentError, match="does not stop"):
        run(driver.stop)
