"""What drivers share: identity, address, refusals, giving the line back."""

from __future__ import annotations

import pytest

from drivers.instrument import Instrument, ScpiInstrument
from labctl.errors import Defect
from tests.drivers.scripted import ScriptedMessages, run


def test_nobody_is_known_before_identifying() -> None:
    with pytest.raises(Defect, match="instrument") as caught:
        _ = Instrument(ScriptedMessages([])).identity
    assert caught.value.address == ScriptedMessages.address


def test_the_line_is_given_back() -> None:
    link = ScriptedMessages([])
    driver = ScpiInstrument(link, {"voltage": 1.0})
    assert driver.address == link.address
    run(driver.close)
    assert link.closed == 1
