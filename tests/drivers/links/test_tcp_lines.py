"""What every line of text over a socket keeps to: fast path, VISA and pyserial's socket alike."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest

from drivers.links.doors import Doors
from drivers.links.link import MessageLink
from drivers.links.opening import open_link, open_message_link
from drivers.links.settings import Backoff, MessageSettings
from labctl import clock
from labctl.errors import LinkError, UsageError
from tests.drivers.links.serving import Served, free_port, serving

T = TypeVar("T")
SETTINGS = MessageSettings(
    timeout=0.5,
    quiet=0.12,
    idempotent=frozenset({"BYE?"}),
    backoff=Backoff(tries=3, first=0.01),
)
ADDRESSES = (
    "tcp://127.0.0.1:{}",
    "visa://TCPIP::127.0.0.1::{}::SOCKET",
    "serial://socket://127.0.0.1:{}",
    "socket://127.0.0.1:{}",
)
each_line = pytest.mark.parametrize("address", ADDRESSES)


def run(
    address: str,
    body: Callable[[MessageLink, Served], Awaitable[T]],
    settings: MessageSettings = SETTINGS,
) -> T:
    async def main() -> T:
        async with serving() as served:
            link = await open_message_link(address.format(served.port), None, settings)
            try:
                return await body(link, served)
            finally:
                await link.close()
                await link.close()

    return clock.run(main(), virtual=False)


@each_line
def test_writes_and_queries_in_their_order(address: str) -> None:
    async def body(link: MessageLink, served: Served) -> None:
        await link.write("OUTP ON")
        assert await link.query("*IDN?") == "*IDN 2"
        answers = await asyncio.gather(*(link.query(f"Q{i}?") for i in range(10)))
        assert answers == [f"Q{i} {i + 3}" for i in range(10)]
        assert served.lines == ["OUTP ON", "*IDN?", *(f"Q{i}?" for i in range(10))]

    run(address, body)


@each_line
def test_a_silent_instrument_is_named(address: str) -> None:
    async def body(link: MessageLink, served: Served) -> None:
        with pytest.raises(LinkError, match=r"within 0\.1 s") as caught:
            await link.query("SILENT?", 0.1)
        assert caught.value.command == "SILENT?"
        assert caught.value.address == address.format(served.port)
        with pytest.raises(LinkError) as caught:
            await link.query("HALF?", 0.1)
        assert caught.value.answer == "+1.234"
        assert (await link.query("NEXT?")).startswith("NEXT ")

    run(address, body)


@each_line
def test_a_late_answer_is_never_that_of_the_next_command(address: str) -> None:
    async def body(link: MessageLink, served: Served) -> None:
        with pytest.raises(LinkError):
            await link.query("LATE?", 0.15)
        assert (await link.query("NEXT?")).startswith("NEXT ")

    run(address, body)


@each_line
def test_a_cancelled_query_is_waited_for(address: str) -> None:
    async def body(link: MessageLink, served: Served) -> None:
        task = asyncio.create_task(link.query("LATE?"))
        await clock.sleep(0.05)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        began = clock.now()
        assert (await link.query("NEXT?")).startswith("NEXT ")
        assert clock.now() - began > 0.1  # the owed answer came first
        assert served.lines[0] == "LATE?"
        assert [line for line in served.lines if line] == ["LATE?", "NEXT?"]

    run(address, body)


@pytest.mark.parametrize("address", ADDRESSES[:2])
def test_nobody_waits_for_the_time_out_of_who_is_gone(address: str) -> None:
    async def body(link: MessageLink, served: Served) -> float:
        task = asyncio.create_task(link.query("SILENT?", 600.0))
        await clock.sleep(0.05)
        task.cancel()
        began = clock.now()
        await link.write("OUTP OFF")
        assert (await link.query("NEXT?")).startswith("NEXT ")
        assert served.connections == 2  # a late answer comes to the first, where nobody reads
        return clock.now() - began

    assert run(address, body) < 60.0


@each_line
def test_a_lost_line_is_connected_again_and_nothing_sent_twice(address: str) -> None:
    async def body(link: MessageLink, served: Served) -> None:
        with pytest.raises(LinkError) as caught:
            await link.query("BYE?")
        assert caught.value.retryable
        assert (await link.query("NEXT?")).startswith("NEXT ")
        assert served.connections == 2
        assert served.lines.count("BYE?") == 1

    run(address, body)


@each_line
def test_only_an_idempotent_query_is_sent_again(address: str) -> None:
    async def main() -> list[str]:
        async with serving() as served:
            link = await open_link(address.format(served.port), Doors(), SETTINGS)
            with pytest.raises(LinkError):
                await link.query("BYE?")  # type: ignore[union-attr]
            with pytest.raises(LinkError):
                await link.query("SILENT?", 0.05)  # type: ignore[union-attr]
            await link.close()
            return served.lines

    lines = [line for line in clock.run(main(), virtual=False) if line]
    assert lines.count("BYE?") == 3
    assert lines.count("SILENT?") == 1


@each_line
def test_nobody_there(address: str) -> None:
    with pytest.raises(LinkError, match="cannot be opened") as caught:
        clock.run(open_message_link(address.format(free_port())), virtual=False)
    assert caught.value.remedy


@each_line
def test_a_closed_line_takes_nothing(address: str) -> None:
    async def body(link: MessageLink, served: Served) -> None:
        await link.close()
        with pytest.raises(LinkError, match="closed"):
            await link.query("Q?")

    run(address, body)


def test_a_line_that_dropped_while_idle_costs_no_command() -> None:
    async def body(link: MessageLink, served: Served) -> None:
        assert await link.query("A?") == "A 1"
        served.hang_up()
        await clock.sleep(0.05)
        assert await link.query("B?") == "B 2"
        assert served.connections == 2

    run("tcp://127.0.0.1:{}", body)


@pytest.mark.parametrize("wrong", ["tcp://127.0.0.1", "tcp://h:99999", "tcp://h:1?baudrate=9"])
def test_wrong_addresses(wrong: str) -> None:
    with pytest.raises(UsageError) as caught:
        clock.run(open_message_link(wrong), virtual=False)
    assert caught.value.address == wrong
