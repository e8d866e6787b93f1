"""Reading buffers of Series 2600B (2600BS-901-01, "Reading buffers" and `bufferVar.*`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from sim_backends.emulators.keithley.tsp.attributes import Attributes
from sim_backends.emulators.keithley.tsp.errors import TspError
from sim_backends.emulators.keithley.tsp.values import Attribute, Group, Value


class Stored(NamedTuple):
    """One reading: value in V, A, Ohm or W, run time in s, source value, status bits."""

    value: float
    t: float
    source: float
    status: int


class Column(Group):
    """One list of a buffer, such as `readings`, by index from 1."""

    def __init__(self, buffer: ReadingBuffer, pick: Callable[[Stored], float]) -> None:
        super().__init__(luatype="synchronous_table")
        self._buffer, self._pick = buffer, pick
        self.objects["getreading"] = buffer.make.function("getreading", self.get)

    @property
    def size(self) -> int:
        """How many readings there are."""
        return len(self._buffer.stored)

    def get(self, key: Value) -> Value:
        """Value at index `key`; nil beyond the end."""
        if not isinstance(key, float):
            return super().get(key)
        stored = self._buffer.stored
        index = int(key)
        return self._pick(stored[index - 1]) if 1 <= index <= len(stored) else None


@dataclass(eq=False, slots=True)
class BufferSettings:
    """What can be set while a buffer is empty, and whether readings are added."""

    append: int = 0
    timestamps: int = 0
    sources: int = 0
    fill: int = 0


class ReadingBuffer(Column):
    """A buffer of `capacity` readings; indexing it gives its readings."""

    def __init__(self, make: Attributes, capacity: int, now: Callable[[], float]) -> None:
        self.make = make
        self.capacity = capacity
        self.stored: list[Stored] = []
        self.settings = BufferSettings()
        self._base = 0.0
        super().__init__(self, lambda stored: stored.value)
        self.luatype = "reading_buffer"
        self._now = now
        self._add_columns()
        self._add_attributes()

    def begin(self) -> None:
        """A measurement starts: without append mode the old readings go."""
        if not self.settings.append:
            self.stored.clear()

    def add(self, reading: Stored) -> None:
        """Store a reading; a full buffer keeps what it has."""
        if not self.stored:
            self._base = reading.t
        if len(self.stored) < self.capacity:
            self.stored.append(reading)

    def _add_columns(self) -> None:
        for name, pick in (
            ("readings", lambda stored: stored.value),
            ("timestamps", lambda stored: stored.t - self._base),
            ("sourcevalues", lambda stored: stored.source),
            ("statuses", lambda stored: float(stored.status)),
        ):
            self.objects[name] = Column(self, pick)
        self.objects["clear"] = self.make.function("clear", lambda *_: self.stored.clear())
        self.objects["clearcache"] = self.make.function("clearcache", lambda *_: ())

    def _add_attributes(self) -> None:
        settings = self.settings
        self.attributes |= {
            "n": Attribute(lambda: float(len(self.stored))),
            "capacity": Attribute(lambda: float(self.capacity)),
            "basetimestamp": Attribute(lambda: self._base),
            "appendmode": self.make.choice(lambda: settings.append, self._set_append, (0, 1)),
            "collecttimestamps": self.make.choice(
                lambda: settings.timestamps, self._set_timestamps, (0, 1)
            ),
            "collectsourcevalues": self.make.choice(
                lambda: settings.sources, self._set_sources, (0, 1)
            ),
            "fillmode": self.make.choice(lambda: settings.fill, self._set_fill, (0, 1)),
        }

    def _set_append(self, value: int) -> None:
        self.settings.append = value

    def _set_timestamps(self, value: int) -> None:
        self._must_be_empty()
        self.settings.timestamps = value

    def _set_sources(self, value: int) -> None:
        self._must_be_empty()
        self.settings.sources = value

    def _set_fill(self, value: int) -> None:
        self._must_be_empty()
        self.settings.fill = value

    def _must_be_empty(self) -> None:
        if self.stored:
            raise TspError(5032)
