"""A vendor's blocking library in its own process: a call that hangs costs the process only."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest

from drivers.links.link_programs import SdkLink
from drivers.links.opening import open_sdk_link
from drivers.links.settings import Backoff, SdkSettings
from labctl import clock
from labctl.errors import InstrumentError, LinkError, UsageError

T = TypeVar("T")
ADDRESS = "sdk://tests.drivers.links.vendor_library"
SETTINGS = SdkSettings(timeout=20.0, backoff=Backoff(tries=2, first=0.01))


def run(body: Callable[[SdkLink], Awaitable[T]]) -> T:
    async def main() -> T:
        link = await open_sdk_link(ADDRESS, SETTINGS)
        try:
            return await body(link)
        finally:
            await link.close()
            await link.close()

    return clock.run(main(), virtual=False)


def test_calls_and_refusals() -> None:
    async def body(link: SdkLink) -> None:
        assert await asyncio.gather(*(link.call("double", i) for i in range(5))) == [0, 2, 4, 6, 8]
        assert await link.call("image", 300_000) == bytes(300_000)
        assert await link.call("chatter") == "quiet"
        pid = await link.call("pid")
        for function, said in (("fail", "no camera"), ("none", "no function"), ("odd", "plain")):
            with pytest.raises(InstrumentError) as caught:
                await link.call(function)
            assert said in caught.value.answer
        assert await link.call("pid") == pid

    run(body)


def test_a_call_that_hangs_is_killed_and_the_library_started_again() -> None:
    async def body(link: SdkLink) -> None:
        pid = await link.call("pid")
        with pytest.raises(LinkError, match="hangs") as caught:
            await link.call("hang", timeout=0.1)
        assert caught.value.command == "hang()"
        assert await link.call("pid") != pid

    run(body)


def test_a_library_that_dies() -> None:
    async def body(link: SdkLink) -> int:
        with pytest.raises(LinkError, match="died"):
            await link.call("die")
        return await link.call("double", 4)

    assert run(body) == 8


def test_what_cannot_be_served() -> None:
    with pytest.raises(UsageError, match="no module"):
        clock.run(open_sdk_link("sdk://no_such.module"), virtual=False)
    with pytest.raises(LinkError) as caught:
        clock.run(open_sdk_link("sdk://tests.drivers.links.test_sdk", SETTINGS), virtual=False)
    assert "died" in caught.value.message
