"""Status reporting of IEEE 488.2 chapter 11 and the SCPI error queue."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from sim_backends.emulators.scpi.errors import ScpiError

OPERATION_COMPLETE, QUERY_ERROR, DEVICE_ERROR = 1, 4, 8
EXECUTION_ERROR, COMMAND_ERROR, POWER_ON = 16, 32, 128
ERROR_AVAILABLE, MESSAGE_AVAILABLE, EVENT_SUMMARY, MASTER_SUMMARY = 4, 16, 32, 64


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the error queue: number, text and run time in s."""

    code: int
    text: str
    t: float


class ErrorQueue:
    """First in, first out; the last entry of a full queue becomes -350 (SCPI-1999, 21.8.1)."""

    def __init__(self, length: int = 20) -> None:
        self._events: deque[Event] = deque()
        self._length = length

    def push(self, code: int, text: str, t: float) -> None:
        """Add an error that occurred at run time `t`."""
        if len(self._events) >= self._length:
            self._events[-1] = Event(-350, ScpiError(-350).text, t)
        else:
            self._events.append(Event(code, text, t))

    def pop(self) -> Event | None:
        """Take the oldest error; None when there is none."""
        return self._events.popleft() if self._events else None

    def clear(self) -> None:
        """Forget all errors."""
        self._events.clear()

    def __len__(self) -> int:
        return len(self._events)


class Status:
    """Standard event register with its enable register, service request enable, error queue."""

    def __init__(self) -> None:
        self.errors = ErrorQueue()
        self.event = POWER_ON
        self.event_enable = 0
        self.service_enable = 0

    def record(self, error: ScpiError, t: float) -> None:
        """Put `error` into the queue and set its class in the event register."""
        self.event |= _event_bit(error.code)
        self.errors.push(error.code, error.text, t)

    def read_event(self) -> int:
        """Value of the event register, which reading clears."""
        value, self.event = self.event, 0
        return value

    def byte(self, message_available: bool) -> int:
        """Status byte with the master summary in bit 6."""
        value = ERROR_AVAILABLE * bool(self.errors) + MESSAGE_AVAILABLE * message_available
        value += EVENT_SUMMARY * bool(self.event & self.event_enable)
        return value | MASTER_SUMMARY if value & self.service_enable & ~MASTER_SUMMARY else value

    def clear(self) -> None:
        """`*CLS`: event register and error queue; the enable registers stay."""
        self.event = 0
        self.errors.clear()


def _event_bit(code: int) -> int:
    if -200 < code <= -100:
        return COMMAND_ERROR
    if -300 < code <= -200:
        return EXECUTION_ERROR
    return QUERY_ERROR if -500 < code <= -400 else DEVICE_ERROR
