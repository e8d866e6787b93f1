"""NHR driver on its emulator: trips, discharge, an open loop (lines: tests/golden/iseg)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from drivers.iseg.nhr import TOUCHABLE, IsegNHR
from drivers.roles.high_voltage_supply import HighVoltageSupply
from labctl import clock
from labctl.errors import Defect, InstrumentError, InterlockError, LimitRefused
from tests.drivers.scripted_bytes import ScriptedBytes

LOOP = ":READ:MOD:STAT?"
OPEN, CLOSED = "29441", "30465"


def module(*said: tuple[str, str], limits: dict[str, float] | None = None) -> IsegNHR:
    script = [
        {
            "send_hex": f"{query}\r\n".encode("ascii").hex(" "),
            "answer_hex": f"{query}\r\n{answer}\r\n".encode("ascii").hex(" "),
        }
        for query, answer in said
    ]
    driver = IsegNHR(ScriptedBytes(script), limits or {})
    as_role: HighVoltageSupply = driver
    assert as_role is driver
    return driver


def run(body: Callable[[], Awaitable[object]]) -> object:
    async def main() -> object:
        return await body()

    return clock.run(main(), virtual=True)


def test_not_identified_is_a_defect() -> None:
    with pytest.raises(Defect):
        _ = module().identity


def test_an_open_loop_lets_nothing_be_switched_on() -> None:
    driver = module((LOOP, OPEN))
    with pytest.raises(InterlockError, match="safety loop"):
        run(lambda: driver.output(True))


def test_limits_come_before_any_command() -> None:
    driver = module(limits={"voltage": 1000.0, "current": 1e-3, "rate": 100.0})
    for order in (
        lambda: driver.ramp_to(1001.0, 50.0),
        lambda: driver.ramp_to(100.0, 101.0),
        lambda: driver.set_current_limit(1.1e-3),
    ):
        with pytest.raises(LimitRefused):
            run(order)


def test_what_stays_charged_is_told() -> None:
    charged = (":MEAS:VOLT? (@0)", "2.000000E3V")
    slow = (":READ:RAMP:VOLT? (@0)", "1.000000E0V/s")
    driver = module(
        *((":VOLT 0,(@0);*OPC?", "1"), (":VOLT OFF,(@0);*OPC?", "1"), charged, slow),
        *((":VOLT EMCY OFF,(@0);*OPC?", "1"), *[charged] * 60),
    )
    with pytest.raises(InstrumentError, match="not discharged"):
        run(driver.safe)
    assert TOUCHABLE < 60.0


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ((("8193", "0", CLOSED)), "current"),
        ((("33", "0", CLOSED)), "emergency"),
        ((("1", "1024", CLOSED)), "interlock"),
        ((("1", "0", OPEN)), "interlock"),
        ((("1", "0", CLOSED)), "none"),
    ],
)
def test_what_has_tripped(said: tuple[str, str, str], wanted: str) -> None:
    queries = (":READ:CHAN:STAT? (@0)", ":READ:MOD:EV:STAT?", LOOP)
    script = list(zip(queries, said, strict=True))
    driver = module(*(script if said[1] == "0" else script[:2]))
    assert run(driver.trip) == wanted
