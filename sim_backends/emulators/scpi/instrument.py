"""The engine: bytes in, units of program messages one after the other, answers out in time.

A handler that takes time is a generator: it yields the run time at which it goes on, or None to
wait until the instrument's overlapped operation (a sweep) is complete, and returns its answer.
Messages that arrive meanwhile wait in the input buffer, as in a real instrument.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator
from typing import ClassVar

from sim_backends.emulators.outbox import Outbox
from sim_backends.emulators.scpi.errors import ScpiError
from sim_backends.emulators.scpi.status import OPERATION_COMPLETE, Status
from sim_backends.emulators.scpi.table import Table, Unit

Operation = Generator[float, None, None]
_INPUT_LIMIT = 65536


class ScpiInstrument:
    """Base of SCPI emulators; fits `Emulator`. A model gives `TABLE`, `LATENCY` and its state."""

    TABLE: ClassVar[Table]
    LATENCY: ClassVar[float] = 1e-3
    """Seconds from the end of a query to its answer where nothing takes longer."""
    TERMINATOR: ClassVar[str] = "\n"
    """What an answer ends with."""

    def __init__(self, identity: tuple[str, str, str, str]) -> None:
        self.identity = identity
        self.status = Status()
        self.t = 0.0
        self._inbox = b""
        self._messages: deque[str] = deque()
        self._units: deque[Unit] | None = None
        self._answers: list[str] = []
        self._began = 0.0
        self._unit: Generator[float | None, None, str | None] | None = None
        self._resume: float | None = None
        self._operation: Operation | None = None
        self._operation_due = 0.0
        self._opc_pending = False
        self._outbox = Outbox()

    # Emulator

    def receive(self, data: bytes, t: float) -> None:
        """Take any piece of the byte stream; LF ends a message, a CR before it is ignored."""
        *lines, self._inbox = (self._inbox + data).split(b"\n")
        for line in lines:
            self._messages.append(line.decode("latin-1").strip("\r \t"))
        if len(self._inbox) > _INPUT_LIMIT:
            self._inbox = b""
            self.status.record(ScpiError(-363), t)
        self._advance(t)

    def due(self) -> float | None:
        """When the next answer leaves or a running command or sweep has its next event."""
        times = self._outbox.due()
        if self._unit is not None and self._resume is not None:
            times = self._resume if times is None else min(times, self._resume)
        if self._operation is not None:
            times = self._operation_due if times is None else min(times, self._operation_due)
        return times

    def send(self, t: float) -> bytes:
        """Do all that is due until `t`; the bytes that have left by then."""
        self._advance(t)
        return self._outbox.take(t)

    def clear(self, t: float) -> None:
        """Device clear: input, running command and waiting answers are dropped; a sweep runs on."""
        self._advance(t)
        self._inbox = b""
        self._messages.clear()
        self._drop_message()
        self._outbox.clear()

    # For handlers

    @property
    def idle(self) -> bool:
        """Whether no overlapped operation is running."""
        return self._operation is None

    @property
    def message_available(self) -> bool:
        """Whether an answer waits to be read or to leave."""
        return bool(self._outbox)

    @property
    def answering(self) -> bool:
        """Whether a message is being executed or waits to be, or an answer has not left yet."""
        return bool(self._outbox) or self._units is not None or bool(self._messages)

    def start(self, operation: Operation) -> None:
        """Start an overlapped operation; it yields the run times of its events."""
        if self._operation is not None:
            raise ScpiError(-213)
        self._operation = operation
        self._step_operation()

    def abort(self) -> None:
        """End the overlapped operation where it stands."""
        if self._operation is not None:
            self._operation.close()
            self._complete()

    def request_completion(self) -> None:
        """`*OPC`: set the operation-complete bit when the overlapped operation has ended."""
        if self.idle:
            self.status.event |= OPERATION_COMPLETE
        else:
            self._opc_pending = True

    def reset(self) -> None:
        """`*RST`: a model extends this with its own state."""
        self.abort()
        self._opc_pending = False

    def error_text(self) -> str:
        """Answer to `SYSTem:ERRor?`; a model may have its own form."""
        event = self.status.errors.pop()
        return '0,"No error"' if event is None else f'{event.code},"{event.text}"'

    # Sequencing

    def _advance(self, t: float) -> None:
        self.t = t
        while self._step(t):
            pass

    def _step(self, t: float) -> bool:
        if self._operation is not None and self._operation_due <= t:
            self._step_operation()
        elif self._unit is not None:
            if self._suspended(t):
                return False
            self._step_unit()
        elif self._units:
            self._run(*self._units.popleft())
        elif self._units is not None:
            self._finish_message()
        elif self._messages:
            self._began = t
            self._units = deque(self.TABLE.compile(self._messages.popleft()))
        else:
            return False
        return True

    def _suspended(self, t: float) -> bool:
        return self._operation is not None if self._resume is None else self._resume > t

    def _run(self, handler: object, arguments: tuple[str, ...]) -> None:
        try:
            outcome = handler(self, arguments)  # type: ignore[operator]
        except ScpiError as error:
            self._refuse(error)
            return
        if isinstance(outcome, str):
            self._answers.append(outcome)
        elif outcome is not None:
            self._unit = outcome
            self._step_unit()

    def _step_unit(self) -> None:
        assert self._unit is not None
        try:
            self._resume = next(self._unit)
        except StopIteration as stop:
            self._unit = None
            if stop.value is not None:
                self._answers.append(stop.value)
        except ScpiError as error:
            self._unit = None
            self._refuse(error)

    def _refuse(self, error: ScpiError) -> None:
        self.status.record(error, self.t)
        if self._units:
            self._units.clear()

    def _finish_message(self) -> None:
        if self._answers:
            data = (";".join(self._answers) + self.TERMINATOR).encode("latin-1")
            self._outbox.put(data, max(self.t, self._began + self.LATENCY))
        self._units = None
        self._answers = []

    def _drop_message(self) -> None:
        if self._unit is not None:
            self._unit.close()
        self._unit, self._units, self._answers = None, None, []

    def _step_operation(self) -> None:
        assert self._operation is not None
        try:
            self._operation_due = next(self._operation)
        except StopIteration:
            self._complete()
        except ScpiError as error:
            self.status.record(error, self.t)
            self._complete()

    def _complete(self) -> None:
        self._operation = None
        if self._opc_pending:
            self._opc_pending = False
            self.status.event |= OPERATION_COMPLETE
