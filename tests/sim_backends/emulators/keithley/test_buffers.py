from __future__ import annotations

import pytest

from sim_backends.emulators.keithley.buffers import Buffers, Reading
from sim_backends.emulators.scpi import ScpiError


def test_a_full_buffer_drops_its_oldest_reading() -> None:
    buffers = Buffers(3)
    buffer = buffers.find("defbuffer1")
    for number in range(5):
        buffer.readings.append(Reading(float(number), "Volt DC", 0.0))
    assert [reading.value for reading in buffer.slice(1, 3)] == [2.0, 3.0, 4.0]
    assert [reading.value for reading in buffer.slice(2, 2)] == [3.0]
    for first, last in ((0, 1), (2, 1), (1, 4)):
        with pytest.raises(ScpiError):
            buffer.slice(first, last)
    buffer.resize(10)
    assert buffer.capacity == 10 and not buffer.readings


def test_names() -> None:
    buffers = Buffers(3)
    buffers.make("mine", 20)
    assert buffers.find("mine").capacity == 20
    for wrong in (lambda: buffers.make("mine", 5), lambda: buffers.delete("defbuffer1"),
                  lambda: buffers.find("other")):  # fmt: skip
        with pytest.raises(ScpiError):
            wrong()
    buffers.delete("mine")
    with pytest.raises(ScpiError):
        buffers.find("mine")
