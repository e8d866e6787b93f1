"""Precision balances: their own data sheets, and what else is refused."""

from __future__ import annotations

import pytest

from drivers.conformance.transcripts import expanded
from drivers.mettler_toledo.ms_precision import SHEETS, MettlerToledoMs
from drivers.roles.balance import Balance
from labctl.errors import InstrumentError, LinkError
from tests.drivers.scripted import run
from tests.drivers.scripted_bytes import ScriptedBytes

SILENT = {"send_text": "SI\r\n"}
STABLE = {"send_text": "SI\r\n", "answer_text": "S S    1020.12 g\r\n"}


def identified(model: str) -> list[dict[str, str]]:
    return [
        {"send_text": "I2\r\n", "answer_text": f'I2 A "{model} Precision 4200.09 g"\r\n'},
        {"send_text": "I3\r\n", "answer_text": 'I3 A "2.10 10.28.0.493.142"\r\n'},
        {"send_text": "I4\r\n", "answer_text": 'I4 A "B021002593"\r\n'},
    ]


def balance(*script: dict[str, str]) -> MettlerToledoMs:
    driver = MettlerToledoMs(ScriptedBytes(expanded(list(script))), {})
    as_role: Balance = driver
    assert as_role is driver
    return driver


def test_a_kilogram_has_the_line_of_its_model() -> None:
    driver = balance(*identified("MS4002S"), STABLE)

    async def body() -> None:
        assert (await driver.identify()).model == "MS4002S"
        found = await driver.weigh(timeout=5.0)
        assert found.value == pytest.approx(1.02012) and found.unit == "kg"
        assert found.accuracy == SHEETS["MS4002S"] and found.serial == "B021002593"

    run(body)


def test_an_analytical_balance_has_a_driver_of_its_own() -> None:
    driver = balance(*identified("XS204"))

    async def body() -> None:
        with pytest.raises(InstrumentError, match="no precision balance"):
            await driver.identify()

    run(body)


def test_a_balance_that_fell_silent_weighs_no_more() -> None:
    driver = balance(*identified("MS4002S"), SILENT, STABLE)

    async def body() -> None:
        await driver.identify()
        with pytest.raises(LinkError):
            await driver.weigh_now()
        with pytest.raises(InstrumentError, match="may be gone"):
            await driver.weigh_now()

    run(body)
