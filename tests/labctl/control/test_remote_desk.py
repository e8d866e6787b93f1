from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest

from labctl import clock
from labctl.asking.prompts import Answer, TextPrompt
from labctl.control.messages import (
    Answered,
    Asked,
    Beat,
    Closing,
    Give,
    Left,
    Message,
    Noticed,
    Told,
    Withdrawn,
)
from labctl.control.remote_desk import RemoteDesk
from labctl.control.waiting import wait_until
from labctl.desk import Notice
from labctl.errors import LinkError
from labctl.orders import Abort, Order, Pause
from labctl.requests import Progress
from tests.labctl.control.doors import KeepingHost, in_thread

PROMPT = TextPrompt(name="colour", text="Which?")


def heard(host: KeepingHost, kind: type[Message]) -> list[Message]:
    return [message for message in host.heard if isinstance(message, kind)]


def test_a_desk_without_a_guardian_says_so(tmp_path: Path) -> None:
    with pytest.raises(LinkError, match="nobody guards"):
        RemoteDesk(tmp_path).open()


def test_what_a_run_says_reaches_the_guardian_and_orders_come_back(tmp_path: Path) -> None:
    host, taken = KeepingHost(), list[Order]()

    async def run(desk: RemoteDesk, loop: asyncio.AbstractEventLoop) -> Answer:
        desk.attend(taken.append)
        for index in range(1000):
            desk.tell(Progress("i", 0, 1, index / 1000, "", float(index)))
        desk.notice(Notice("hold", "hot"))
        desk.beat()
        answer = asyncio.create_task(desk.ask(PROMPT))
        while not heard(host, Asked):
            await clock.sleep(0.01)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.02):
                await desk.ask(PROMPT)
        for message in (Answered(1, Answer("red", "Ann")), Give(Pause("Ann"))):
            loop.call_soon_threadsafe(host.peers[0].say, message)
        given = await answer
        while len(taken) < 2:
            await clock.sleep(0.01)
        desk.attend(None)
        return given

    with in_thread(tmp_path, host) as loop:
        desk = RemoteDesk(tmp_path)
        desk.open()
        assert wait_until(lambda: bool(host.peers), 20.0)
        desk.hear(Give(Abort("early")))
        answer = clock.run(run(desk, loop), virtual=False)
        desk.close(Left(True))
        assert wait_until(lambda: bool(host.lost), 20.0)
    assert answer == Answer("red", "Ann") and taken == [Abort("early"), Pause("Ann")]
    told = heard(host, Told)
    assert 0 < len(told) < 1000 and isinstance(told[-1], Told) and told[-1].progress.t == 999.0
    assert heard(host, Noticed) == [Noticed(Notice("hold", "hot"))]
    assert heard(host, Withdrawn) == [Withdrawn(2)] and heard(host, Beat)
    assert host.heard[-2:] == [Closing(), Left(True)]


def test_a_loop_that_hangs_does_not_beat(tmp_path: Path) -> None:
    host = KeepingHost()

    async def hang(desk: RemoteDesk) -> int:
        desk.attend(lambda _: None)
        await clock.sleep(0.1)
        before = len(heard(host, Beat))
        threading.Event().wait(1.5)
        found = len(heard(host, Beat)) - before
        desk.attend(None)
        return found

    with in_thread(tmp_path, host):
        desk = RemoteDesk(tmp_path)
        desk.open()
        assert clock.run(hang(desk), virtual=False) == 0
        desk.close(Left(True))
