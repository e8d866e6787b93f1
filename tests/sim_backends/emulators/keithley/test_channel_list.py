from __future__ import annotations

import pytest

from sim_backends.emulators.keithley.channel_list import channels, listed
from sim_backends.emulators.scpi import ScpiError


def test_lists() -> None:
    assert channels("(@101:103,110)") == [101, 102, 103, 110]
    assert channels("( @ 103:101 )") == [103, 102, 101]
    assert listed([101, 105]) == "(@101,105)" and listed([]) == "(@)"
    # As pymeasure's driver of the DMM6500 has seen it of a real unit.
    assert listed([1, 2, 3, 4, 6]) == "(@1:4,6)"


@pytest.mark.parametrize("text", ["(101)", "(@)", "(@1:)", "(@a)", "@101", "(@101", "(@1:2:3)"])
def test_no_lists(text: str) -> None:
    with pytest.raises(ScpiError):
        channels(text)
