"""MSO54 driver against its transcript (tests/golden/tektronix/mso54.toml)."""

from __future__ import annotations

import pytest

from drivers.roles.oscilloscope import Oscilloscope, Waveform
from drivers.tektronix.mso54 import TektronixMSO54
from labctl.errors import InstrumentError, LimitRefused
from tests.drivers.scripted import ScriptedMessages, run, transcript

FILE = "tektronix/mso54"


def scope(*scenes: str, **limits: float) -> tuple[TektronixMSO54, ScriptedMessages]:
    link = ScriptedMessages(transcript(FILE, *scenes))
    driver = TektronixMSO54(link, limits)
    as_role: Oscilloscope = driver
    assert as_role is driver
    return driver, link


def recorded(scene: str) -> Waveform:
    driver, link = scope("identify", scene)

    async def body() -> Waveform:
        await driver.identify()
        return await driver.waveform(1)

    found = run(body)
    assert link.is_done()
    return found


def test_a_waveform_in_seconds_and_volts() -> None:
    found = recorded("waveform")
    assert found.voltage.values == pytest.approx([0.3, 0.4, 0.2, 0.30025])
    assert found.time.values == pytest.approx([-6.4e-10, -3.2e-10, 0.0, 3.2e-10])
    assert not found.clipped
    assert recorded("waveform_clipped").clipped


def test_refusals_name_what_the_instrument_says() -> None:
    driver, _ = scope("identify", "channel_refused")

    async def body() -> None:
        await driver.identify()
        await driver.channel(1, True)

    with pytest.raises(InstrumentError, match="refused") as caught:
        run(body)
    assert "Undefined header" in caught.value.answer


def test_what_it_cannot_do_is_refused_before_anything_is_sent() -> None:
    driver, link = scope("identify")

    async def body() -> None:
        await driver.identify()
        with pytest.raises(LimitRefused):
            await driver.channel(5, True)
        with pytest.raises(LimitRefused):
            await driver.set_sample_rate(1e10)
        with pytest.raises(LimitRefused, match="highest voltage"):
            await driver.set_channel(
                1, span=8.0, offset=3.0, coupling="dc", impedance="50", probe=1.0
            )

    run(body)
    assert link.is_done()
