from __future__ import annotations

import asyncio

import pytest

from labctl import clock
from labctl.errors import Defect
from sim_backends.emulators.llp.sol1 import Sol1
from sim_backends.plugs.line import Line
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Optics


def lamp() -> Line:
    line = Line("lamp", Sol1(Optics(), serial="SIM-1", rng=stream(1, "lamp")))
    line.start()
    return line


def test_wait_ends_with_the_answer_or_at_the_deadline() -> None:
    async def main() -> None:
        line = lamp()
        line.write(b"ID?*0E\n")
        assert await clock.blocking(line.wait, 1.0)
        assert line.received.startswith(b"= labctl") and clock.now() == 0.005
        assert await clock.blocking(line.wait, 1.0) and clock.now() == 1.0
        assert not await clock.blocking(line.wait, 1.0)
        line.stop()

    clock.run(main(), virtual=True)


def test_stop_wakes_who_waits() -> None:
    async def main() -> None:
        line = lamp()
        asyncio.get_running_loop().call_later(2.0, line.stop)
        await clock.blocking(line.wait, 10.0)
        assert clock.now() == 2.0 and not line.connected
        assert not await clock.blocking(line.wait, 10.0)

    clock.run(main(), virtual=True)


def test_a_cancelled_wait_leaves_the_line_usable() -> None:
    async def main() -> None:
        line = lamp()
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(3.0):
                await clock.blocking(line.wait, 10.0)
        assert clock.now() == 3.0
        line.write(b"ID?*0E\n")
        assert await clock.blocking(line.wait, 10.0) and line.received
        line.clear()
        assert not line.received
        line.stop()

    clock.run(main(), virtual=True)


def test_waiting_outside_blocking_is_a_defect() -> None:
    async def main() -> None:
        line = lamp()
        with pytest.raises(Defect, match=r"outside clock\.blocking"):
            line.wait(1.0)
        line.stop()

    clock.run(main(), virtual=True)


class Broken(Sol1):
    """An emulator with a mistake in it, found when it should answer."""

    def send(self, t: float) -> bytes:
        raise ZeroDivisionError("a mistake in the emulator")


def test_an_emulator_that_fails_is_no_silence() -> None:
    async def main() -> None:
        line = Line("broken", Broken(Optics(), serial="SIM-1", rng=stream(1, "lamp")))
        line.start()

        def ask() -> bool:
            line.write(b"ID?*0E\n")
            return line.wait(1e9)

        with pytest.raises(ZeroDivisionError, match="a mistake in the emulator"):
            await clock.blocking(ask)
        assert not line.connected

    clock.run(main(), virtual=True)
