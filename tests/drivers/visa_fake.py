"""A tiny VISA library: one instrument that answers by a function, in virtual time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any, cast

from pyvisa.constants import AccessModes, ResourceAttribute, StatusCode
from pyvisa.highlevel import VisaLibraryBase
from pyvisa.util import LibraryPath

from labctl import clock

Answers = Callable[[str], list[tuple[float, bytes]]]
"""Command -> what comes back: (seconds after the command, bytes)."""


class FakeVisa(VisaLibraryBase):
    """Answers of `answers`; `log` is what passed on the line, in order."""

    answers: Answers
    log: list[str]

    def _init(self) -> None:
        self.log = []
        self._pending: deque[tuple[float, bytes]] = deque()
        self._buffer = b""
        self._attributes: dict[Any, Any] = {}

    def open_default_resource_manager(self) -> tuple[Any, StatusCode]:
        return 1, StatusCode.success

    def open(
        self,
        session: Any,
        resource_name: str,
        access_mode: AccessModes = AccessModes.no_lock,
        open_timeout: int = 0,
    ) -> tuple[Any, StatusCode]:
        if "nobody" in resource_name:
            return 0, self.handle_return_value(None, StatusCode.error_resource_not_found)
        return 2, StatusCode.success

    def close(self, session: Any) -> StatusCode:
        if session == 2:
            self.log.append("close")
        return StatusCode.success

    def disable_event(self, session: Any, event_type: Any, mechanism: Any) -> StatusCode:
        return StatusCode.success

    def discard_events(self, session: Any, event_type: Any, mechanism: Any) -> StatusCode:
        return StatusCode.success

    def get_attribute(self, session: Any, attribute: Any) -> tuple[Any, StatusCode]:
        return self._attributes.get(attribute, 0), StatusCode.success

    def set_attribute(self, session: Any, attribute: Any, attribute_state: Any) -> StatusCode:
        self._attributes[attribute] = attribute_state
        return StatusCode.success

    def clear(self, session: Any) -> StatusCode:
        self.log.append("clear")
        self._buffer = b""
        return StatusCode.success

    def write(self, session: Any, data: bytes) -> tuple[int, StatusCode]:
        command = data.decode("ascii").removesuffix("\n")
        self.log.append(f"> {command}")
        for delay, piece in self.answers(command):
            self._pending.append((clock.now() + delay, piece))
        return len(data), StatusCode.success

    def read(self, session: Any, count: int) -> tuple[bytes, StatusCode]:
        deadline = clock.now() + self._attributes[ResourceAttribute.timeout_value] / 1000
        if self._buffer and not self._attributes[ResourceAttribute.termchar_enabled]:
            piece, self._buffer = self._buffer, b""
            return piece, StatusCode.success
        while b"\n" not in self._buffer:
            if not self._pending or self._pending[0][0] > deadline:
                clock.park(clock.sleep_until(deadline))
                return b"", self.handle_return_value(session, StatusCode.error_timeout)
            due, piece = self._pending.popleft()
            clock.park(clock.sleep_until(due))
            self._buffer += piece
        line, _, self._buffer = self._buffer.partition(b"\n")
        self.log.append(f"< {line.decode('latin-1')}")
        return line + b"\n", StatusCode.success_termination_character_read


_made = 0


def fake_visa(answers: Answers) -> FakeVisa:
    """A fresh library; pyvisa keeps one instance a path."""
    global _made
    _made += 1
    library = cast(FakeVisa, FakeVisa(LibraryPath(f"fake-{_made}")))
    library.answers = answers
    return library
