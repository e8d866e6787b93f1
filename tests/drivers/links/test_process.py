"""Software under test: started, fed, measured, killed."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import TypeVar
from urllib.parse import urlencode

import psutil
import pytest

from drivers.links.link_programs import ProcessLink
from drivers.links.opening import open_process_link
from drivers.links.settings import ProcessSettings
from labctl import clock
from labctl.errors import LinkError, UsageError

T = TypeVar("T")
SETTINGS = ProcessSettings(timeout=10.0, grace=1.0)
PROGRAM = """
import subprocess, sys, time
for line in sys.stdin:
    line = line.strip()
    if line == "hang":
        time.sleep(60)
    elif line == "die":
        print("no such mode", file=sys.stderr)
        sys.exit(7)
    elif line == "child":
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
        print(child.pid, flush=True)
    elif line == "work":
        block = bytearray(30_000_000)
        sum(range(2_000_000))
        print("worked", flush=True)
    else:
        print(line.upper(), flush=True)
"""


def address(program: str = PROGRAM) -> str:
    arguments = urlencode([("arg", "-X"), ("arg", "utf8"), ("arg", "-c"), ("arg", program)])
    return f"process://{sys.executable}?{arguments}"


def run(body: Callable[[ProcessLink], Awaitable[T]]) -> T:
    async def main() -> T:
        link = await open_process_link(address(), SETTINGS)
        try:
            return await body(link)
        finally:
            await link.close()
            await link.close()

    return clock.run(main(), virtual=False)


def test_lines_in_and_out() -> None:
    async def body(link: ProcessLink) -> None:
        answers = await asyncio.gather(*(link.query(text) for text in ("a", "b", "温")))
        assert answers == ["A", "B", "温"]
        await link.write("c")
        assert await link.read() == "C"
        assert await link.wait() == 0
        assert (await link.measure()).exit_code == 0

    run(body)


def test_measuring() -> None:
    async def body(link: ProcessLink) -> None:
        before = await link.measure()
        assert await link.query("work") == "worked"
        after = await link.measure()
        assert after.cpu > before.cpu
        assert after.memory > before.memory > 0
        assert after.peak >= after.memory
        assert after.exit_code is None

    run(body)


def test_a_program_that_hangs_is_killed_and_started_again() -> None:
    async def body(link: ProcessLink) -> str:
        with pytest.raises(LinkError, match=r"no line within 0\.1 s") as caught:
            await link.query("hang", 0.1)
        assert caught.value.command == "hang"
        return await link.query("again")

    assert run(body) == "AGAIN"


def test_what_a_dying_program_said_is_told() -> None:
    async def body(link: ProcessLink) -> LinkError:
        with pytest.raises(LinkError, match="ended") as caught:
            await link.query("die")
        await clock.sleep(0.1)
        return caught.value

    assert run(body).command == "die"


def test_children_are_killed_too() -> None:
    async def body(link: ProcessLink) -> int:
        return int(await link.query("child"))

    child = run(body)
    _, alive = psutil.wait_procs([psutil.Process(child)] if psutil.pid_exists(child) else [], 5)
    assert not alive


def test_no_such_program() -> None:
    with pytest.raises(LinkError, match="no program") as caught:
        clock.run(open_process_link("process://no-such-program-here"), virtual=False)
    assert "PATH" in caught.value.remedy
    with pytest.raises(UsageError, match="nice"):
        clock.run(open_process_link("process://python?nice=1"), virtual=False)
