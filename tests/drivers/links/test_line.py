"""The discipline of a line, apart from any library."""

from __future__ import annotations

import asyncio

import pytest

from drivers.links.line import Line
from labctl import clock
from labctl.errors import LinkError


def test_line_is_dirty_until_a_transaction_has_come_to_its_end() -> None:
    async def main() -> list[str]:
        log: list[str] = []

        async def resync() -> None:
            log.append("resync")

        async def work(text: str, fail: bool = False) -> str:
            await clock.sleep(1.0)
            log.append(text)
            if fail:
                raise LinkError("broken", address="x")
            return text

        line = Line("x", resync)
        assert await line.transact(lambda: work("a")) == "a"
        assert not line.is_dirty
        with pytest.raises(LinkError, match="broken"):
            await line.transact(lambda: work("b", fail=True))
        assert line.is_dirty
        assert await line.transact(lambda: work("c")) == "c"
        assert not line.is_dirty
        return log

    assert clock.run(main(), virtual=True) == ["a", "b", "resync", "c"]


def test_failed_resync_is_tried_again() -> None:
    async def main() -> int:
        tries = 0

        async def resync() -> None:
            nonlocal tries
            tries += 1
            if tries == 1:
                raise LinkError("still silent", address="x")

        async def work() -> str:
            return "done"

        line = Line("x", resync)
        with pytest.raises(LinkError):
            await line.resync()
        assert await line.transact(work) == "done"
        return tries

    assert clock.run(main(), virtual=True) == 2


def test_close_waits_for_what_is_under_way() -> None:
    async def main() -> list[str]:
        log: list[str] = []

        async def work() -> None:
            await clock.sleep(1.0)
            log.append("answered")

        async def close() -> None:
            log.append("closed")

        line = Line("x", close)
        task = asyncio.create_task(line.transact(work))
        await clock.sleep(0.1)
        task.cancel()
        await line.close(close)
        await line.close(close)
        return log

    assert clock.run(main(), virtual=True) == ["answered", "closed"]
