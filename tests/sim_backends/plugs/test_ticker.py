from __future__ import annotations

import pytest

from labctl import clock
from labctl.errors import Defect
from sim_backends.faults import LineLost
from sim_backends.plugs.ticker import Ticker


class Alarm:
    """Speaks 3 s after each byte, and then each 10 s."""

    def __init__(self) -> None:
        self.next: float | None = None
        self.heard: list[tuple[bytes, float]] = []
        self.cut = False

    def receive(self, data: bytes, t: float) -> None:
        self.heard.append((data, t))
        self.next = t + 3.0

    def due(self) -> float | None:
        return self.next

    def send(self, t: float) -> bytes:
        if self.cut:
            raise LineLost
        if self.next is None or t < self.next:
            return b""
        self.next = t + 10.0
        return b"!"

    def clear(self, t: float) -> None:
        self.next = None


def test_events_come_on_time_without_a_reader() -> None:
    sent: list[float] = []

    async def main() -> None:
        alarm = Alarm()
        ticker = Ticker("alarm", alarm, lambda data: sent.append(clock.now()), lambda _: None)
        ticker.start()
        ticker.receive(b"a")
        await clock.sleep(25.0)
        ticker.clear()
        await clock.sleep(25.0)
        assert ticker.due is None
        ticker.receive(b"b")
        ticker.stop()
        await clock.sleep(25.0)

    clock.run(main(), virtual=True)
    assert sent == [3.0, 13.0, 23.0]


def test_a_lost_line_is_told() -> None:
    lost: list[float] = []

    async def main() -> None:
        alarm = Alarm()
        ticker = Ticker("alarm", alarm, lambda data: None, lambda _: lost.append(clock.now()))
        ticker.start()
        ticker.receive(b"a")
        alarm.cut = True
        await clock.sleep(10.0)

    clock.run(main(), virtual=True)
    assert lost == [3.0]


def test_not_started_is_a_defect() -> None:
    async def main() -> None:
        Ticker("alarm", Alarm(), lambda data: None, lambda _: None).receive(b"a")

    with pytest.raises(Defect, match="alarm was not started"):
        clock.run(main(), virtual=True)
