"""A serial port of tests, in virtual time."""

from __future__ import annotations

from collections.abc import Callable

import serial
from typing_extensions import Buffer

from labctl import clock


class Port(serial.SerialBase):
    """A port whose other end answers `delay` s after each line with the line and CR LF."""

    def __init__(self, delay: float, answer: Callable[[bytes], bytes]) -> None:
        super().__init__()
        self.delay = delay
        self.answer = answer
        self.sent: list[bytes] = []
        self.closed_times = 0
        self._coming: list[tuple[float, bytes]] = []

    def _reconfigure_port(self) -> None:
        """No hardware."""

    def write(self, data: Buffer) -> int:
        self.sent.append(bytes(data))
        self._coming += [
            (clock.now() + self.delay, bytes([byte])) for byte in self.answer(bytes(data))
        ]
        return len(self.sent[-1])

    def read(self, size: int = 1) -> bytes:
        assert self.timeout is not None
        deadline = clock.now() + self.timeout
        if not self._coming or self._coming[0][0] > deadline:
            clock.park(clock.sleep_until(deadline))
            return b""
        due, byte = self._coming.pop(0)
        clock.park(clock.sleep_until(due))
        return byte

    @property
    def in_waiting(self) -> int:
        """Bytes that can be read at once, of which one is told."""
        return 0

    def reset_input_buffer(self) -> None:
        """Drop what has come."""
        self._coming.clear()

    def close(self) -> None:
        self.closed_times += 1
