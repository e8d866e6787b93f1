"""Readings as compact plain data."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from labctl.errors import Defect
from labctl.evidence import Accuracy, Reading
from procedures.methods.trace import Trace, trace

FINE = Accuracy("voltage", 0.2, "V", 1e-4, 1e-5, "test")
COARSE = Accuracy("voltage", 2.0, "V", 1e-4, 1e-4, "test")


def readings() -> list[Reading]:
    lines = [FINE, COARSE, FINE, None]
    return [Reading(0.1 * i, "V", i, 9.0 + i, "a", "s", line) for i, line in enumerate(lines)]


def test_readings_survive_the_journal_and_share_their_accuracies() -> None:
    kept = msgspec.json.decode(msgspec.json.encode(trace(readings())), type=Trace)
    back = kept.readings()
    assert back == readings()
    assert back[0].accuracy is back[2].accuracy
    assert len(kept.lines) == 2


def test_parts_of_a_trace() -> None:
    kept = trace(readings())
    assert kept.readings(1, 3) == readings()[1:3]
    assert kept.chosen(np.array([True, False, False, True])) == [readings()[0], readings()[3]]
    assert kept.array == pytest.approx([0.0, 0.1, 0.2, 0.3])


def test_a_trace_is_of_one_instrument() -> None:
    with pytest.raises(Defect, match="one instrument"):
        trace([])
    with pytest.raises(Defect, match="one instrument"):
        trace([readings()[0], Reading(1.0, "A", 0, 0, "a", "s")])
