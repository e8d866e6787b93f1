"""Waiting for the trigger model of a 2450 or a DAQ6510 (2450-901-01, DAQ6510-901-01)."""

from __future__ import annotations

from drivers.generic.scpi import Scpi
from labctl import clock

STATE = ":TRIG:STAT?"

POLL = 0.1
"""The instrument looks after its trigger model every 100 ms."""

SLOWER, PATIENCE = 4.0, 60.0
"""How many times longer than planned it may take, and seconds more: ranges, autozero, relays."""


async def until_idle(scpi: Scpi, what: str, planned: float) -> None:
    """Wait for the end of `what`, which was to have ended by now after `planned` s.

    `InstrumentError` where it failed, and where it still runs long after its time.
    """
    until = clock.now() + SLOWER * planned + PATIENCE
    while True:
        answer = await scpi.text(STATE)
        state = answer.split(";")[0].upper()
        if state in ("IDLE", "EMPTY"):
            return
        if state not in ("RUNNING", "WAITING") or clock.now() > until:
            raise scpi.wrong(f"{what} did not come to its end", STATE, answer)
        await clock.sleep(POLL)
