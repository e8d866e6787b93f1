"""What emulators of simple text protocols share: commands by line, answers after a latency."""

from __future__ import annotations

from sim_backends.emulators.outbox import Outbox

LONGEST = 80
"""Characters of a command that are kept."""


class TextLines:
    """An instrument whose commands end with CR (or LF); a subclass says what `answer` is."""

    LATENCY = 10e-3

    def __init__(self) -> None:
        self._outbox = Outbox()
        self._line = b""
        self._t = 0.0

    def receive(self, data: bytes, t: float) -> None:
        """Take any piece of the byte stream."""
        self._t = t
        *lines, self._line = (self._line + data).replace(b"\n", b"\r").split(b"\r")
        self._line = self._line[-LONGEST:]
        for line in lines:
            reply = self.answer(line.decode("latin-1").strip(), t)
            if reply:
                self._outbox.put(reply.encode("ascii", "replace"), t + self.LATENCY)

    def answer(self, line: str, t: float) -> str:
        """All that a command is answered with at `t` in s, terminator included."""
        raise NotImplementedError

    def due(self) -> float | None:
        """When the next answer leaves."""
        return self._outbox.due()

    def send(self, t: float) -> bytes:
        """The bytes that have left by `t` in s."""
        self._t = t
        return self._outbox.take(t)

    def clear(self, t: float) -> None:
        """A broken line: half a command and waiting answers are lost."""
        self._line = b""
        self._outbox.clear()
