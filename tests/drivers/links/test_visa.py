"""VISA link: one talker, a known state after every failure, errors that name the wire."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest

from drivers.links.doors import Doors
from drivers.links.opening import open_message_link
from drivers.links.settings import MessageSettings
from drivers.links.visa import VisaLink
from labctl import clock
from labctl.errors import LinkError
from tests.drivers.visa_fake import Answers, FakeVisa, fake_visa

T = TypeVar("T")
ADDRESS = "visa://TCPIP::sim-1::5025::SOCKET"


def echo(command: str) -> list[tuple[float, bytes]]:
    return [(0.2, command.encode("ascii") + b"\n")]


def run(answers: Answers, body: Callable[[VisaLink, FakeVisa], Awaitable[T]]) -> T:
    async def main() -> T:
        library = fake_visa(answers)
        doors = Doors(simulated=True, visa_library=library)
        link = await open_message_link(ADDRESS, doors, MessageSettings(timeout=1.0))
        assert isinstance(link, VisaLink)
        try:
            return await body(link, library)
        finally:
            await link.close()
            await link.close()
            assert library.log[-1] == "close"
            assert library.log.count("close") == 1

    return clock.run(main(), virtual=True)


def test_query_returns_the_answer_without_its_terminator() -> None:
    async def body(link: VisaLink, library: FakeVisa) -> tuple[str, float]:
        return await link.query("*IDN?"), clock.now()

    assert run(echo, body) == ("*IDN?", 0.2)


def test_answer_in_pieces_is_put_together() -> None:
    def pieces(command: str) -> list[tuple[float, bytes]]:
        return [(0.1, b"1.2"), (0.3, b"3E0"), (0.5, b"\n")]

    async def body(link: VisaLink, library: FakeVisa) -> str:
        return await link.query(":READ?")

    assert run(pieces, body) == "1.23E0"


def test_concurrent_callers_are_never_interleaved() -> None:
    async def body(link: VisaLink, library: FakeVisa) -> list[str]:
        answers = await asyncio.gather(*(link.query(f"Q{i}?") for i in range(20)))
        assert answers == [f"Q{i}?" for i in range(20)]
        return library.log

    assert run(echo, body)[:-1] == [text for i in range(20) for text in (f"> Q{i}?", f"< Q{i}?")]


def test_silence_is_a_link_error_at_the_time_out_and_the_loop_goes_on() -> None:
    async def body(link: VisaLink, library: FakeVisa) -> list[float]:
        ticks: list[float] = []

        async def tick() -> None:
            for i in range(21):
                await clock.sleep_until(i * 0.05)
                ticks.append(clock.now())

        with pytest.raises(LinkError) as caught:
            await asyncio.gather(link.query(":READ?"), tick())
        assert clock.now() == 1.0
        assert caught.value.address == ADDRESS
        assert caught.value.command == ":READ?"
        assert "no answer within 1 s" in caught.value.message
        assert caught.value.remedy
        return ticks

    assert run(lambda command: [], body) == [i * 0.05 for i in range(21)]


def test_asyncio_timeout_fires_on_time_beside_a_silent_instrument() -> None:
    async def body(link: VisaLink, library: FakeVisa) -> float:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.3):
                await link.query(":READ?")
        return clock.now()

    assert run(lambda command: [], body) == 0.3


def test_late_answer_after_a_time_out_is_never_taken_for_the_next_one() -> None:
    def late(command: str) -> list[tuple[float, bytes]]:
        return [(1.1 if command == "SLOW?" else 0.0, command.encode("ascii") + b"\n")]

    async def body(link: VisaLink, library: FakeVisa) -> list[str]:
        with pytest.raises(LinkError):
            await link.query("SLOW?")
        assert await link.query("NEXT?") == "NEXT?"
        return library.log

    log = run(late, body)
    assert log[:5] == ["> SLOW?", "clear", "< SLOW?", "> NEXT?", "< NEXT?"]


def test_cancelled_transaction_ends_in_its_turn_and_the_line_is_cleared() -> None:
    async def body(link: VisaLink, library: FakeVisa) -> list[str]:
        task = asyncio.create_task(link.query("SLOW?"))
        await clock.sleep(0.05)
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        assert clock.now() == pytest.approx(0.05)
        assert await link.query("NEXT?") == "NEXT?"
        return library.log

    log = run(echo, body)
    assert log[:5] == ["> SLOW?", "< SLOW?", "clear", "> NEXT?", "< NEXT?"]


def test_cancelled_while_waiting_for_its_turn_leaves_no_trace() -> None:
    async def body(link: VisaLink, library: FakeVisa) -> list[str]:
        first = asyncio.create_task(link.query("A?"))
        second = asyncio.create_task(link.query("B?"))
        await clock.sleep(0.05)
        second.cancel()
        assert await first == "A?"
        assert await link.query("C?") == "C?"
        return library.log

    assert run(echo, body)[:-1] == ["> A?", "< A?", "> C?", "< C?"]


def test_nobody_there_is_a_link_error() -> None:
    async def main() -> None:
        doors = Doors(simulated=True, visa_library=fake_visa(echo))
        await open_message_link("visa://TCPIP::nobody::5025::SOCKET", doors)

    with pytest.raises(LinkError, match="cannot be opened"):
        clock.run(main(), virtual=True)


def test_closed_link_refuses() -> None:
    async def body(link: VisaLink, library: FakeVisa) -> None:
        await link.close()
        with pytest.raises(LinkError, match="closed"):
            await link.query("*IDN?")

    run(echo, body)


def test_garbage_bytes_are_shown_and_not_lost() -> None:
    async def body(link: VisaLink, library: FakeVisa) -> str:
        return await link.query(":READ?")

    assert run(lambda command: [(0.0, b"\xff\x01+1\n")], body) == "\\xff\x01+1"


def test_half_an_answer_is_named() -> None:
    async def body(link: VisaLink, library: FakeVisa) -> LinkError:
        with pytest.raises(LinkError) as caught:
            await link.query(":READ?")
        return caught.value

    assert run(lambda command: [(0.1, b"+1.2")], body).answer == "+1.2"
