"""An oscilloscope's record of a site's answer to a step, about the edge of a marker."""

from __future__ import annotations

from drivers.roles.oscilloscope import Oscilloscope
from labctl.evidence import Accuracy
from rigs.scope_channels import CURRENT, PROBE, VOLTAGE

LENGTH, BEFORE, RATE = 1.2, 0.2, 25e3
"""Record in s, the part of it before the edge, samples in 1/s."""

SPAN_VOLTAGE, SPAN_MARKER, HALF = 800.0, 8.0, 2.5
"""Screens in V: 325 V of the grid, a 5 V output; half of that output, where it triggers."""


async def set_up(scope: Oscilloscope, marker: int, span: float) -> None:
    """Channels, time base and trigger of a record about the rising edge on the channel `marker`;
    `span` in V is the screen of the clamp."""
    for channel, screen, offset, probe in (
        (VOLTAGE, SPAN_VOLTAGE, 0.0, PROBE),
        (CURRENT, span, 0.0, 1.0),
        (marker, SPAN_MARKER, HALF, 1.0),
    ):
        await scope.set_channel(
            channel, span=screen, offset=offset, coupling="dc", impedance="1M", probe=probe
        )
    await scope.set_timebase(LENGTH, delay=0.5 * LENGTH - BEFORE)
    await scope.set_sample_rate(RATE)
    await scope.set_trigger(marker, level=HALF, slope="rising")


def slack(line: Accuracy | None, seconds: float) -> float:
    """Limits of error in s of `seconds` on a time base by its sheet's `line`; 0 where it has
    none."""
    return 0.0 if line is None else line.gain * seconds + line.offset
