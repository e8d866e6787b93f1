"""A console on any link: lines typed by a person, carried out as transactions."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import cast

from drivers.links.address import parse_address
from drivers.links.doors import Doors
from drivers.links.link import AttributeLink, BytesLink, Link, MessageLink, RegisterLink, TopicLink
from drivers.links.link_programs import FolderLink, ProcessLink, SdkLink
from drivers.links.opening import (
    ATTRIBUTE_SCHEMES,
    REGISTER_SCHEMES,
    TOPIC_SCHEMES,
    open_link,
)
from drivers.links.settings import (
    AttributeSettings,
    BytesSettings,
    FolderSettings,
    LinkSettings,
    MessageSettings,
    ProcessSettings,
    RegisterSettings,
    SdkSettings,
    TopicSettings,
)
from drivers.links.trace import TraceWriter
from labctl.errors import UsageError

Words = list[str]
Verb = Callable[[Words], Awaitable[list[str]]]


class Console:
    """An open link; `verbs` are what may be typed, `plain` takes any other line."""

    def __init__(
        self, link: Link, help: str, verbs: Mapping[str, Verb], plain: Verb | None = None
    ) -> None:
        self._link = link
        self.help = help
        self._verbs = verbs
        self._plain = plain

    async def say(self, line: str) -> list[str]:
        """Carry out `line`; the lines of the answer. Empty lines and `# remarks` do nothing."""
        text = line.strip()
        if not text or text.startswith("#"):
            return []
        if text == "help":
            return self.help.splitlines()
        if text == "resync":
            await self._link.resync()
            return []
        return await self._carry_out(text)

    async def close(self) -> None:
        """Give the line back."""
        await self._link.close()

    async def _carry_out(self, text: str) -> list[str]:
        word, *rest = text.split()
        try:
            if word in self._verbs:
                return await self._verbs[word](rest)
            if self._plain is not None:
                return await self._plain([text])
        except (ValueError, IndexError) as error:
            raise self._unknown(text) from error
        raise self._unknown(text)

    def _unknown(self, text: str) -> UsageError:
        return UsageError(
            f"{text!r} cannot be carried out",
            address=self._link.address,
            command=text,
            remedy="type one of: " + "; ".join(self.help.splitlines()),
        )


async def open_console(
    address: str, *, timeout: float | None, terminator: str, trace: Path | None
) -> Console:
    """A console on the link at `address`; `timeout` of one answer in s.

    Without a `terminator` a line of text is one of raw frames, typed in hexadecimal.
    `UsageError` for a wrong address, `LinkError` where nobody is there.
    """
    scheme = parse_address(address).scheme
    settings = _settings(scheme, timeout, terminator)
    link = await open_link(address, Doors(), settings, TraceWriter(trace) if trace else None)
    return _CONSOLES[type(settings)](link)


def _settings(scheme: str, timeout: float | None, terminator: str) -> LinkSettings:
    if scheme in REGISTER_SCHEMES:
        return RegisterSettings() if timeout is None else RegisterSettings(timeout)
    if scheme in ATTRIBUTE_SCHEMES:
        return AttributeSettings() if timeout is None else AttributeSettings(timeout)
    if scheme in TOPIC_SCHEMES:
        return TopicSettings() if timeout is None else TopicSettings(timeout)
    if scheme == "process":
        return ProcessSettings() if timeout is None else ProcessSettings(timeout)
    if scheme == "folder":
        return FolderSettings() if timeout is None else FolderSettings(timeout)
    if scheme == "sdk":
        return SdkSettings() if timeout is None else SdkSettings(timeout)
    if not terminator:
        return BytesSettings() if timeout is None else BytesSettings(timeout)
    seconds = MessageSettings().timeout if timeout is None else timeout
    return MessageSettings(terminator, terminator, seconds)


def _messages(link: Link) -> Console:
    line = cast(MessageLink, link)

    async def send(words: Words) -> list[str]:
        await line.write(" ".join(words))
        return []

    async def ask(words: Words) -> list[str]:
        return [await line.query(" ".join(words))]

    async def plain(words: Words) -> list[str]:
        return await (ask if "?" in words[0].split()[0] else send)(words)

    text = "COMMAND (an answer is awaited where its first word has a ?)\n"
    text += "< COMMAND (an answer is awaited)\n> COMMAND (none is)\nresync"
    return Console(link, text, {"<": ask, ">": send}, plain)


def _frames(link: Link) -> Console:
    line = cast(BytesLink, link)

    async def exchange(words: Words) -> list[str]:
        frame, _, count = words[0].partition("<")
        awaited = _number(count)
        if awaited < 1:
            raise ValueError("nothing is awaited")

        def whole(data: bytes) -> int | None:
            return awaited if len(data) >= awaited else None

        return [(await line.exchange(bytes.fromhex(frame), whole)).hex(" ")]

    return Console(link, "HEX... < COUNT (bytes of the answer)\nresync", {}, exchange)


def _registers(link: Link) -> Console:
    line = cast(RegisterLink, link)

    async def holding(words: Words) -> list[str]:
        return [_shown(await line.read_holding(_number(words[0]), _count(words)))]

    async def inputs(words: Words) -> list[str]:
        return [_shown(await line.read_input(_number(words[0]), _count(words)))]

    async def write(words: Words) -> list[str]:
        register, *values = map(_number, words)
        if not values:
            raise ValueError("no value")
        await line.write_registers(register, values)
        return []

    text = "r REGISTER [COUNT] (holding)\ni REGISTER [COUNT] (input)\nw REGISTER VALUE...\nresync"
    return Console(link, text, {"r": holding, "i": inputs, "w": write})


def _attributes(link: Link) -> Console:
    line = cast(AttributeLink, link)

    async def read(words: Words) -> list[str]:
        return [(await line.read(words[0])).hex(" ")]

    async def write(words: Words) -> list[str]:
        await line.write(words[0], bytes.fromhex(" ".join(words[1:])))
        return []

    async def notified(words: Words) -> list[str]:
        async with line.notifications(words[0]) as values:
            return [(await anext(values)).hex(" ") for _ in range(_count(words))]

    text = "r UUID\nw UUID HEX...\nn UUID [COUNT] (wait for notifications)\nresync"
    return Console(link, text, {"r": read, "w": write, "n": notified})


def _topics(link: Link) -> Console:
    line = cast(TopicLink, link)

    async def publish(words: Words) -> list[str]:
        await line.publish(words[0], " ".join(words[1:]).encode("utf-8"))
        return []

    async def listen(words: Words) -> list[str]:
        async with line.messages(words[0]) as arriving:
            came = [await anext(arriving) for _ in range(_count(words))]
        return [f"{one.topic} {_text(one.payload)}" for one in came]

    async def request(words: Words) -> list[str]:
        payload = " ".join(words[2:]).encode("utf-8")
        return [_text((await line.request(words[0], payload, words[1])).payload)]

    text = "p TOPIC TEXT\ns PATTERN [COUNT] (wait for messages)\nq TOPIC ANSWER_TOPIC TEXT\nresync"
    return Console(link, text, {"p": publish, "s": listen, "q": request})


def _process(link: Link) -> Console:
    line = cast(ProcessLink, link)

    async def send(words: Words) -> list[str]:
        await line.write(" ".join(words))
        return []

    async def read(_: Words) -> list[str]:
        return [await line.read()]

    async def ask(words: Words) -> list[str]:
        return [await line.query(" ".join(words))]

    async def measure(_: Words) -> list[str]:
        used = await line.measure()
        return [f"{used.cpu:.3f} s, {used.memory} bytes, exit code {used.exit_code}"]

    text = "LINE (an answer is awaited)\n> LINE (none is)\n< (wait for a line)\nmeasure\nresync"
    return Console(link, text, {">": send, "<": read, "measure": measure}, ask)


def _folder(link: Link) -> Console:
    line = cast(FolderLink, link)

    async def following(_: Words) -> list[str]:
        found = await line.next()
        return [f"{found.path.name} {found.size} {found.sha256}"]

    return Console(link, "n (wait for the next finished file)\nresync", {"n": following})


def _sdk(link: Link) -> Console:
    line = cast(SdkLink, link)

    async def call(words: Words) -> list[str]:
        function, _, arguments = words[0].partition(" ")
        answer = await line.call(function, *json.loads(f"[{arguments}]"))
        return [json.dumps(answer, default=repr)]

    return Console(link, "FUNCTION [JSON, ...]\nresync", {}, call)


_CONSOLES: Mapping[type, Callable[[Link], Console]] = {
    MessageSettings: _messages,
    BytesSettings: _frames,
    RegisterSettings: _registers,
    AttributeSettings: _attributes,
    TopicSettings: _topics,
    ProcessSettings: _process,
    FolderSettings: _folder,
    SdkSettings: _sdk,
}


def _number(text: str) -> int:
    """A number as typed: 100, 0x64."""
    return int(text, 0)


def _count(words: Words) -> int:
    return _number(words[1]) if len(words) > 1 else 1


def _shown(values: list[int]) -> str:
    return " ".join(map(str, values))


def _text(data: bytes) -> str:
    return data.decode("utf-8", "backslashreplace")
