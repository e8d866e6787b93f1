"""A trigger model that never ends is no endless wait."""

from __future__ import annotations

import pytest

from drivers.generic.scpi import Scpi
from drivers.keithley._trigger_model import PATIENCE, SLOWER, STATE, until_idle
from labctl import clock
from labctl.errors import InstrumentError
from tests.drivers.scripted import ScriptedMessages, run

RUNNING, IDLE = "RUNNING;RUNNING;2", "IDLE;IDLE;9"


def scpi(*answers: str) -> Scpi:
    return Scpi(ScriptedMessages([{"send": STATE, "answer": answer} for answer in answers]))


def test_the_end_is_waited_for() -> None:
    run(lambda: until_idle(scpi(RUNNING, RUNNING, IDLE), "the sweep", 1.0))


def test_what_runs_for_ever_is_told() -> None:
    endless = scpi(*[RUNNING] * 2000)

    async def body() -> float:
        with pytest.raises(InstrumentError, match="the sweep did not come to its end") as caught:
            await until_idle(endless, "the sweep", 10.0)
        assert caught.value.answer == RUNNING and caught.value.remedy
        return clock.now()

    assert run(body) == pytest.approx(10.0 * SLOWER + PATIENCE, abs=1.0)


def test_what_failed_is_told() -> None:
    with pytest.raises(InstrumentError, match="the scan did not"):
        run(lambda: until_idle(scpi("FAILED;ABORTED;3"), "the scan", 1.0))
