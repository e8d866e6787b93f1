"""MT-SICS driver: silences, restarts and waiting (lines: tests/golden/mettler_toledo)."""

from __future__ import annotations

import pytest

from drivers.conformance.transcripts import expanded
from drivers.mettler_toledo.mt_sics import POLL, MettlerToledoMtSics
from drivers.roles.balance import Balance
from labctl import clock
from labctl.errors import Defect, InstrumentError, LinkError
from tests.drivers.scripted import run, transcript
from tests.drivers.scripted_bytes import ScriptedBytes

IDENTIFY = transcript("mettler_toledo/mt_sics", "identify")
STABLE = {"send_text": "SI\r\n", "answer_text": "S S   100.0000 g\r\n"}
MOVING = {"send_text": "SI\r\n", "answer_text": "S D    99.0000 g\r\n"}
SILENT = {"send_text": "SI\r\n"}
SWITCHED_ON = {"send_text": "SI\r\n", "answer_text": 'I4 A "1126493049"\r\n'}
ZEROED = {"send_text": "Z\r\n", "answer_text": "Z A\r\n"}


def balance(*script: dict[str, str]) -> tuple[MettlerToledoMtSics, ScriptedBytes]:
    link = ScriptedBytes(expanded(list(script)))
    driver = MettlerToledoMtSics(link, {})
    as_role: Balance = driver
    assert as_role is driver
    return driver, link


def test_not_identified_is_a_defect() -> None:
    with pytest.raises(Defect):
        assert balance()[0].identity


def test_it_waits_until_the_weight_stands() -> None:
    driver, link = balance(*IDENTIFY, MOVING, MOVING, STABLE)

    async def body() -> float:
        await driver.identify()
        began = clock.now()
        assert (await driver.weigh(timeout=1.0)).value == 0.1
        return clock.now() - began

    assert run(body) >= 2 * POLL
    assert link.is_done()


@pytest.mark.parametrize("fault", [SILENT, SWITCHED_ON])
def test_a_balance_that_may_have_restarted_weighs_after_a_zero(fault: dict[str, str]) -> None:
    tare = {"send_text": "T\r\n", "answer_text": "T S     0.0000 g\r\n"}
    driver, link = balance(*IDENTIFY, fault, STABLE, tare, ZEROED, STABLE)

    async def body() -> float:
        await driver.identify()
        with pytest.raises((LinkError, InstrumentError)):
            await driver.weigh_now()
        for call in (driver.weigh_now, driver.set_tare):
            with pytest.raises(InstrumentError, match="without its zero") as caught:
                await call()
            assert "zero" in caught.value.remedy
        await driver.set_zero()
        return (await driver.weigh_now()).value

    assert run(body) == 0.1
    assert link.is_done()


def test_a_damaged_answer_is_no_restart() -> None:
    damaged = {"send_text": "SI\r\n", "answer_text": "S S   100.00\r\n"}
    driver, _ = balance(*IDENTIFY, damaged, STABLE)

    async def body() -> float:
        await driver.identify()
        with pytest.raises(InstrumentError, match="columns"):
            await driver.weigh_now()
        return (await driver.weigh_now()).value

    assert run(body) == 0.1


def test_a_tare_that_stays_is_told() -> None:
    driver, _ = balance(
        {"send_text": "TAC\r\n", "answer_text": "TAC A\r\n"},
        {"send_text": "TA\r\n", "answer_text": "TA A    10.0000 g\r\n"},
    )
    with pytest.raises(InstrumentError, match="not cleared"):
        run(driver.clear_tare)


@pytest.mark.parametrize("answer", ["Z B", "S A", "Z", "I4"])
def test_an_answer_that_makes_no_sense_is_no_zero(answer: str) -> None:
    driver, _ = balance({"send_text": "Z\r\n", "answer_text": f"{answer}\r\n"})
    with pytest.raises(InstrumentError):
        run(driver.set_zero)


def test_close_reaches_the_link() -> None:
    driver, link = balance()
    run(driver.close)
    assert link.closed == 1
