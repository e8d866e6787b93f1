from __future__ import annotations

import os
import sys

import pytest

from labctl import clock
from labctl.platform.pty import PseudoTerminal, available

pytestmark = pytest.mark.skipif(not available(), reason="this system has no pseudo-terminals")


def test_bytes_go_both_ways_unchanged_and_the_port_can_be_opened_again() -> None:
    async def main() -> None:
        got = bytearray()
        terminal = PseudoTerminal(got.extend)
        every = bytes(range(256))
        for _ in range(2):
            port = os.open(
                terminal.path, os.O_RDWR | (0 if sys.platform == "win32" else os.O_NOCTTY)
            )
            got.clear()
            os.write(port, every)
            while len(got) < 256:
                await clock.sleep(1e-3)
            assert got == every
            terminal.send(every)
            back = b""
            while len(back) < 256:
                back += os.read(port, 256)
            assert back == every
            os.close(port)
        terminal.close()
        terminal.close()
        with pytest.raises(FileNotFoundError):
            os.close(os.open(terminal.path, os.O_RDWR))

    clock.run(main(), virtual=False)


def test_what_nobody_reads_is_lost_and_stops_nothing() -> None:
    async def main() -> None:
        terminal = PseudoTerminal(lambda data: None)
        for _ in range(100):
            terminal.send(b"x" * 4096)
        terminal.close()

    clock.run(main(), virtual=False)
