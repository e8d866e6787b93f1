"""The other channel of a 2636B: the same statements with its own name."""

from __future__ import annotations

from drivers.keithley.k2636b_smub import Keithley2636BChannelB
from tests.drivers.scripted import ScriptedMessages, run, transcript


def test_every_statement_names_channel_b() -> None:
    script = transcript("keithley/k2636b", "source_half_a_volt", "output_on", "safe")
    for exchange in script:
        exchange["send"] = exchange["send"].replace("smua", "smub")
    link = ScriptedMessages(script)
    driver = Keithley2636BChannelB(link)

    async def body() -> None:
        await driver.source_voltage(0.5, compliance=0.05)
        await driver.output(True)
        await driver.safe()

    run(body)
    assert link.is_done()
