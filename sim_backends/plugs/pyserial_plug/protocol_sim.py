"""The handler of `sim://<name>[?...]` URLs: a serial port whose far end is an emulator."""

from __future__ import annotations

import math
from typing import Any
from urllib.parse import urlsplit

from serial.serialutil import PortNotOpenError, SerialBase, SerialException

from labctl import clock
from sim_backends.plugs import pyserial_plug
from sim_backends.plugs.line import Line


class Serial(SerialBase):
    """A pyserial port. Line settings are taken and make no difference to the bytes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._line: Line | None = None
        super().__init__(*args, **kwargs)

    def open(self) -> None:
        """Open the port; `SerialException` where no such line is plugged in."""
        if self.is_open:
            raise SerialException("Port is already open.")
        if self.port is None:
            raise SerialException("Port must be configured before it can be used.")
        line = pyserial_plug.find(_name(self.port))
        if line is None or not line.join():
            raise SerialException(f"could not open port {self.port}: no such simulated line")
        self._line = line
        self.is_open = True

    def close(self) -> None:
        """Close the port; closing twice is no error."""
        self._line = None
        self.is_open = False

    @property
    def in_waiting(self) -> int:
        """Bytes received and not yet read."""
        return len(self._opened().received)

    def read(self, size: int = 1) -> bytes:
        """`size` bytes, or what has come within `timeout` seconds (None: wait for all)."""
        line = self._opened()
        until = math.inf if self.timeout is None else clock.now() + self.timeout
        while len(line.received) < size and line.wait(min(until, 1e12)):
            pass
        if not line.connected and not line.received:
            raise SerialException("the simulated device was disconnected")
        data = bytes(line.received[:size])
        del line.received[:size]
        return data

    def write(self, data: Any) -> int:
        """Send `data`."""
        line = self._opened()
        if not line.connected:
            raise SerialException("write failed: the simulated device was disconnected")
        sent = bytes(data)
        line.write(sent)
        return len(sent)

    def flush(self) -> None:
        """All has been sent already."""

    def reset_input_buffer(self) -> None:
        """Drop what was received and not yet read."""
        self._opened().received.clear()

    def reset_output_buffer(self) -> None:
        """All has been sent already."""

    @property
    def out_waiting(self) -> int:
        """Bytes not yet sent: none."""
        return 0

    @property
    def cts(self) -> bool:
        """Clear to send: always."""
        return True

    @property
    def dsr(self) -> bool:
        """Data set ready: always."""
        return True

    @property
    def ri(self) -> bool:
        """Ring indicator: never."""
        return False

    @property
    def cd(self) -> bool:
        """Carrier detect: always."""
        return True

    def _opened(self) -> Line:
        if self._line is None:
            raise PortNotOpenError
        return self._line

    def _reconfigure_port(self, force_update: bool = False) -> None:
        """Called by SerialBase when a line setting changes."""

    def _update_break_state(self) -> None:
        """Called by SerialBase; a break reaches no emulator."""

    def _update_rts_state(self) -> None:
        """Called by SerialBase; handshake lines are not simulated."""

    def _update_dtr_state(self) -> None:
        """Called by SerialBase; handshake lines are not simulated."""


def _name(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme != "sim" or not parts.netloc:
        raise SerialException(f"not a simulated line: {url!r}; expected sim://<name>")
    return parts.netloc
