"""Errors of the Series 2600B: numbers and texts of the manual's error summary.

2600BS-901-01, "Error summary list"; severities: 10 informational, 20 recoverable, 30 serious.
"""

from __future__ import annotations

from collections import deque
from typing import NamedTuple

TEXTS = {
    0: "Queue Is Empty",
    -104: "Data Type",
    -109: "Missing Parameter",
    -222: "Parameter Data Out of Range",
    -224: "Illegal Parameter Value",
    -285: "TSP Syntax error",
    -286: "TSP Runtime error",
    -350: "Queue Overflow",
    -363: "Input Buffer Over-run",
    802: "OUTPUT blocked by interlock",
    1101: "Parameter Too Big",
    1102: "Parameter Too Small",
    1400: "Expected at least %d parameters",
    1405: "Invalid ASCII precision",
    4900: "Reading buffer index %s is invalid",
    4901: "The maximum index for this buffer is %d",
    5005: "Value too big for range",
    5007: "Operation would exceed safe operating area of the instrument",
    5008: "Operation not permitted while output is on",
    5028: "Cannot perform requested operation while source autorange is enabled",
    5059: "trigger.source.action enabled without configuration",
    5060: "trigger.measure.action enabled without configuration",
    5032: "Cannot change this setting unless buffer is cleared",
}
_INFORMATIONAL, RECOVERABLE = 10, 20


class TspError(Exception):
    """An error for the queue; `detail` follows the text, or fills its place holder."""

    def __init__(self, code: int, detail: str = "") -> None:
        text = TEXTS[code]
        if "%" in text:
            text = text.replace("%d", detail).replace("%s", detail)
        elif detail:
            text = f"{text} {detail}"
        super().__init__(text)
        self.code, self.text = code, text

    @property
    def event_bit(self) -> int:
        """The error's bit in the standard event register."""
        if -200 < self.code <= -100 or self.code == -285:
            return 32
        return 16 if self.code < 0 else 8


class Entry(NamedTuple):
    """What `errorqueue.next()` returns: code, message, severity, TSP-Link node."""

    code: float
    message: str
    severity: float
    node: float


EMPTY = Entry(0.0, TEXTS[0], 0.0, 1.0)


class TspErrors:
    """First in, first out; a full queue ends in -350."""

    def __init__(self, length: int = 100) -> None:
        self._entries: deque[Entry] = deque()
        self._length = length

    def push(self, error: TspError, _t: float) -> None:
        """Add `error`."""
        entry = Entry(float(error.code), error.text, float(RECOVERABLE), 1.0)
        if len(self._entries) >= self._length:
            self._entries[-1] = Entry(-350.0, TEXTS[-350], float(RECOVERABLE), 1.0)
        else:
            self._entries.append(entry)

    def next(self) -> Entry:
        """Take the oldest error; `EMPTY` when there is none."""
        return self._entries.popleft() if self._entries else EMPTY

    def clear(self) -> None:
        """Forget all errors."""
        self._entries.clear()

    def __len__(self) -> int:
        return len(self._entries)
