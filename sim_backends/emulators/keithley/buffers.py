"""Reading buffers of Keithley touch-screen instruments (2450-901-01, section 6, TRACe)."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import ClassVar

from sim_backends.emulators.scpi import ScpiError

NOT_MEASURED = 9.91e37
OVERFLOW = 9.9e37
DEFAULT_BUFFER = "defbuffer1"
_DEFAULT_NAMES = (DEFAULT_BUFFER, "defbuffer2")


@dataclass(slots=True)
class Reading:
    """One data point: values in the instrument's units, `t` run time in s, status bits."""

    value: float
    unit: str
    t: float
    source: float = NOT_MEASURED
    source_unit: str = ""
    status: int = 0
    source_status: int = 0
    channel: str = ""


class ReadingBuffer:
    """Readings in order; a full buffer drops its oldest reading (fill mode CONTinuous)."""

    not_kept: ClassVar[frozenset[str]] = frozenset({"readings"})
    """A snapshot leaves a hundred thousand readings out: a step that is done again fills anew."""

    def __init__(self, capacity: int, default: bool = False) -> None:
        self.readings: deque[Reading] = deque(maxlen=capacity)
        self.default = default

    @property
    def capacity(self) -> int:
        """How many readings fit in."""
        return self.readings.maxlen or 0

    def resize(self, capacity: int) -> None:
        """A new capacity; the readings are lost, as in the instrument."""
        self.readings = deque(maxlen=capacity)

    def slice(self, first: int, last: int) -> list[Reading]:
        """Readings `first` to `last`, counted from 1; -222 outside what is there."""
        if not 1 <= first <= last <= len(self.readings):
            raise ScpiError(-222, f"readings {first} to {last} of {len(self.readings)}")
        if first == 1 and last == len(self.readings):
            return list(self.readings)
        return [self.readings[index] for index in range(first - 1, last)]


class Buffers:
    """All buffers of one instrument by name."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._buffers: dict[str, ReadingBuffer] = {}
        self.reset()

    def reset(self) -> None:
        """The two default buffers, empty; user buffers are deleted."""
        self._buffers = {
            name: ReadingBuffer(self._capacity, default=True) for name in _DEFAULT_NAMES
        }

    def find(self, name: str) -> ReadingBuffer:
        """The buffer `name`; -224 where there is none."""
        buffer = self._buffers.get(name)
        if buffer is None:
            raise ScpiError(-224, f"no buffer {name}")
        return buffer

    def make(self, name: str, capacity: int) -> None:
        """A new user buffer; -221 where the name is taken."""
        if name in self._buffers:
            raise ScpiError(-221, f"buffer {name} exists")
        self._buffers[name] = ReadingBuffer(capacity)

    def delete(self, name: str) -> None:
        """Delete a user buffer; a default buffer stays (-221)."""
        if self.find(name).default:
            raise ScpiError(-221, f"{name} cannot be deleted")
        del self._buffers[name]
