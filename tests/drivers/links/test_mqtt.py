"""MQTT link against a real broker on the loopback, where one is installed."""

from __future__ import annotations

import asyncio
import shutil
import socket
import subprocess
from collections.abc import Awaitable, Callable, Generator
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import pytest

from drivers.links import mqtt
from drivers.links.broker import HereHome, Home, ThreadHome
from drivers.links.link import Message, TopicLink
from drivers.links.opening import open_topic_link
from drivers.links.settings import Backoff, TopicSettings, Will
from labctl import clock
from labctl.errors import LinkError, UsageError
from tests.drivers.links.serving import free_port

T = TypeVar("T")
MOSQUITTO = shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin")
SETTINGS = TopicSettings(timeout=2.0, quiet=0.05, backoff=Backoff(tries=8, first=0.05))
with_broker = pytest.mark.skipif(MOSQUITTO is None, reason="the broker mosquitto is not installed")


class Mosquitto:
    """A broker in a process of its own, which can be stopped and started."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.address = f"mqtt://127.0.0.1:{self.port}"
        self._config = folder / "broker.conf"
        self._config.write_text(
            f"listener {self.port} 127.0.0.1\nallow_anonymous true\n", encoding="utf-8"
        )
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        assert MOSQUITTO is not None
        self._process = subprocess.Popen([MOSQUITTO, "-c", str(self._config)], stderr=-3)
        for _ in range(200):
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 0.05):
                return
            self._process.poll()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(0.02)

    def stop(self) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.wait()


@pytest.fixture
def broker(tmp_path: Path) -> Generator[Mosquitto]:
    process = Mosquitto(tmp_path)
    process.start()
    yield process
    process.stop()


@pytest.fixture(params=[HereHome, ThreadHome], autouse=True)
def _home(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test with the client on the running event loop, and on one of its own."""
    kind: Callable[[], Home] = request.param
    monkeypatch.setattr(mqtt, "home", kind)


def run(
    broker: Mosquitto,
    body: Callable[[TopicLink, TopicLink], Awaitable[T]],
    will: Will | None = None,
) -> T:
    """`body` with two links to the broker; the first has the last will."""

    async def main() -> T:
        settings = TopicSettings(2.0, 0.4, will=will, backoff=SETTINGS.backoff)
        one = await open_topic_link(broker.address, settings)
        two = await open_topic_link(broker.address, SETTINGS)
        try:
            return await body(one, two)
        finally:
            await one.close()
            await one.close()
            await two.close()

    return clock.run(main(), virtual=False)


@with_broker
def test_telemetry_and_retained_state(broker: Mosquitto) -> None:
    async def body(one: TopicLink, two: TopicLink) -> None:
        await one.publish("lab/state", b"on", retain=True)
        async with two.messages("lab/#") as arriving:
            assert await anext(arriving) == Message("lab/state", b"on", retained=True)
            await one.publish("other", b"unheard", qos=0)
            await one.publish("lab/t", b"\x00\xff", qos=2)
            assert await anext(arriving) == Message("lab/t", b"\x00\xff")
            async with two.messages("lab/+") as again:
                assert (await anext(again)).retained

    run(broker, body)


@with_broker
def test_request_and_reply(broker: Mosquitto) -> None:
    async def serve(link: TopicLink) -> None:
        async with link.messages("device/in") as arriving:
            async for message in arriving:
                if message.payload == b"late":
                    await clock.sleep(0.15)
                if message.payload != b"silent":
                    await link.publish("device/out", b"re " + message.payload)

    async def body(one: TopicLink, two: TopicLink) -> None:
        await one.publish("device/out", b"old", retain=True)
        server = asyncio.create_task(serve(two))
        await clock.sleep(0.1)
        answer = await one.request("device/in", b"a", "device/out")
        assert answer == Message("device/out", b"re a")
        with pytest.raises(LinkError, match=r"no answer within 0\.1 s") as caught:
            await one.request("device/in", b"silent", "device/out", 0.1)
        assert caught.value.command == "request device/in = silent"
        with pytest.raises(LinkError):
            await one.request("device/in", b"late", "device/out", 0.1)
        answers = await asyncio.gather(
            *(one.request("device/in", text, "device/out") for text in (b"b", b"c"))
        )
        assert [answer.payload for answer in answers] == [b"re b", b"re c"]
        server.cancel()
        with suppress(asyncio.CancelledError):
            await server

    run(broker, body)


@with_broker
def test_no_will_after_a_goodbye(broker: Mosquitto) -> None:
    async def body(one: TopicLink, two: TopicLink) -> Message:
        async with two.messages("lab/alive") as arriving:
            await one.close()
            await two.publish("lab/alive", b"witness")
            return await anext(arriving)

    assert run(broker, body, Will("lab/alive", b"gone")).payload == b"witness"


@with_broker
def test_a_broker_that_comes_back(broker: Mosquitto) -> None:
    async def body(one: TopicLink, two: TopicLink) -> None:
        with pytest.raises(LinkError, match="lost") as caught:
            async with two.messages("lab/#") as arriving:
                broker.stop()
                await anext(arriving)
        assert caught.value.address == broker.address
        asyncio.get_running_loop().run_in_executor(None, broker.start)
        async with two.messages("lab/#") as arriving:
            await one.publish("lab/t", b"back")
            assert (await anext(arriving)).payload == b"back"

    run(broker, body)


def test_nobody_there_and_wrong_options(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(LinkError, match="cannot be opened") as caught:
        clock.run(open_topic_link(f"mqtt://127.0.0.1:{free_port()}", SETTINGS), virtual=False)
    assert "broker" in caught.value.remedy
    monkeypatch.delenv("NO_SUCH_PASSWORD", raising=False)
    for option in ("password=x", "password_env=NO_SUCH_PASSWORD"):
        with pytest.raises(UsageError):
            clock.run(open_topic_link(f"mqtt://127.0.0.1:1?{option}", SETTINGS), virtual=False)
