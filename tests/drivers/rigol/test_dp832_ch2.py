"""Channel 2 of a DP832: the same driver with the other channel's number and ratings."""

from __future__ import annotations

import pytest

from drivers.rigol.dp832_ch2 import RigolDP832Channel2
from labctl.errors import LimitRefused
from tests.drivers.scripted import ScriptedMessages, run, transcript

RATED = 32.0


def test_it_speaks_of_its_own_channel() -> None:
    script = transcript("rigol/dp832", "voltage", "protection", "safe")
    for exchange in script:
        for known, other in ((":SOUR1:", ":SOUR2:"), ("CH1", "CH2")):
            exchange["send"] = exchange["send"].replace(known, other)
    script = [one | {"send": one["send"].replace("8.8", "5")} for one in script]
    link = ScriptedMessages(script)
    driver = RigolDP832Channel2(link)

    async def body() -> None:
        await driver.set_voltage(5.0)
        await driver.set_protection(voltage=5.0, current=2.0)
        await driver.safe()

    run(body)
    assert link.is_done()


def test_it_has_ratings_of_its_own() -> None:
    driver = RigolDP832Channel2(ScriptedMessages([]))
    with pytest.raises(LimitRefused):
        run(lambda: driver.set_voltage(RATED + 0.01))
    assert driver.accuracies[0].range == RATED
