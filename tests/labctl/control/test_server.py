from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from labctl import clock
from labctl.control.client import Viewer, connect
from labctl.control.messages import (
    MOST,
    Beat,
    Done,
    Hello,
    Left,
    Refused,
    Safe,
    Status,
    line_of,
)
from labctl.control.place import HOST, Control
from labctl.errors import LinkError
from labctl.platform.processes import this_process
from tests.labctl.control.doors import TOKEN, KeepingHost, opened


async def said(control: Control, data: bytes) -> bytes:
    """All that somebody hears who says `data` and no more."""
    reader, writer = await asyncio.open_connection(HOST, control.port)
    writer.write(data)
    writer.write_eof()
    heard = await reader.read()
    writer.close()
    return heard


@pytest.mark.parametrize(
    "greeting",
    [
        line_of(Hello("guessed", "viewer", this_process())),
        line_of(Hello("", "worker", this_process())),
        line_of(Status()),
        b"GET / HTTP/1.1\r\n",
        b"\xff\n",
        b"",
    ],
)
def test_who_does_not_know_the_token_is_refused(tmp_path: Path, greeting: bytes) -> None:
    host = KeepingHost()

    async def stranger() -> bytes:
        async with opened(tmp_path, host) as control:
            return await said(control, greeting + line_of(Safe("me")))

    assert clock.run(stranger(), virtual=False) == line_of(Refused("the token is wrong"))
    assert host.peers == [] and host.heard == []


def test_a_malformed_line_leaves_the_door_open(tmp_path: Path) -> None:
    host = KeepingHost()

    async def viewer() -> list[object]:
        async with opened(tmp_path, host) as control:
            known = await connect(control, "Ann")
            other = await connect(control, "Bob")
            known._writer.write(b"nonsense\n" + line_of(Left(True)))
            answers: list[object] = [await known.next(), await known.next()]
            for one in (known, other):
                one.say(Status())
                answers.append(await one.next())
                await one.close()
        return answers

    first, second, *rest = clock.run(viewer(), virtual=False)
    assert isinstance(first, Refused) and isinstance(second, Refused)
    assert rest == [Done(), Done()] and [p.hello.who for p in host.peers] == ["Ann", "Bob"]
    assert len(host.lost) == 2


def test_a_line_without_end_is_hung_up_on(tmp_path: Path) -> None:
    async def flood() -> Viewer:
        async with opened(tmp_path, KeepingHost()) as control:
            viewer = await connect(control, "Ann")
            viewer._writer.write(b"x" * (2 * MOST))
            with pytest.raises(LinkError, match="lost"):
                await viewer.next()
            await viewer.close()
            again = await connect(control, "Ann")
            again.say(Status())
            assert await again.next() == Done()
            await again.close()
        return again

    clock.run(flood(), virtual=False)


def test_a_worker_is_no_viewer(tmp_path: Path) -> None:
    host = KeepingHost()

    async def worker() -> None:
        async with opened(tmp_path, host) as control:
            hello = line_of(Hello(TOKEN, "worker", this_process()))
            assert await said(control, hello + line_of(Beat()) + line_of(Safe("me"))) == b""

    clock.run(worker(), virtual=False)
    assert host.heard == [Beat()]
