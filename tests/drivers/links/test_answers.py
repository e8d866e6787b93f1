"""Answers that are lines or blocks of bytes, and blocks over each line of text that has sockets."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.generic.scpi import Scpi
from drivers.links.answers import Answers
from drivers.links.link import MessageLink
from drivers.links.opening import open_message_link
from drivers.links.settings import MessageSettings
from labctl import clock
from labctl.errors import InstrumentError, LinkError
from tests.drivers.links.serving import turns

T = TypeVar("T")
SETTINGS = MessageSettings(
    timeout=0.3, quiet=0.05, blocks=frozenset({"DATA?", "CUT?", "MORE?", "NONE?"})
)
EVERY_BYTE = bytes(range(256))
SERVED = {
    b"DATA?": b"#3256" + EVERY_BYTE + b"\n",
    b"DATA? 2": b"#3256" + EVERY_BYTE[::-1] + b"\n",
    b"CUT?": b"#3256" + EVERY_BYTE[:100] + b"\n",
    b"MORE?": b"#3255" + EVERY_BYTE + b"\n",
    b"NONE?": b"1.5\n",
    b"LINE?": b"#3256 is no block here\n",
    b":SYST:ERR?": b'0,"No error"\n',
}
each_line = pytest.mark.parametrize(
    "address",
    [
        "tcp://127.0.0.1:{}",
        "visa://TCPIP::127.0.0.1::{}::SOCKET",
        "socket://127.0.0.1:{}",
    ],
)


async def _serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while line := await reader.readline():
            writer.write(SERVED.get(line.strip(), b""))
    except ConnectionError:
        pass
    finally:
        writer.close()


def run(address: str, body: Callable[[MessageLink], Awaitable[T]]) -> T:
    async def main() -> T:
        server = await asyncio.start_server(_serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        link = await open_message_link(address.format(port), None, SETTINGS)
        try:
            return await body(link)
        finally:
            await link.close()
            await turns()
            server.close()

    return clock.run(main(), virtual=False)


@each_line
def test_a_block_may_hold_every_byte_and_the_line_goes_on(address: str) -> None:
    async def body(link: MessageLink) -> None:
        scpi = Scpi(link)
        assert await scpi.block("DATA?", 256) == EVERY_BYTE
        assert await scpi.block("DATA? 2", 256) == EVERY_BYTE[::-1]
        assert await link.query("LINE?") == "#3256 is no block here"

    run(address, body)


@each_line
@pytest.mark.parametrize("command", ["CUT?", "MORE?"])
def test_a_block_that_is_not_as_long_as_it_says_is_named(address: str, command: str) -> None:
    async def body(link: MessageLink) -> None:
        with pytest.raises(LinkError, match="block of the wrong length") as caught:
            await Scpi(link).block(command, 256)
        assert caught.value.command == command
        assert caught.value.answer.startswith("#325")
        assert caught.value.address == link.address and caught.value.remedy
        assert await link.query("LINE?") == "#3256 is no block here"

    run(address, body)


@each_line
def test_what_is_no_block_is_a_broken_answer(address: str) -> None:
    async def body(link: MessageLink) -> None:
        with pytest.raises(LinkError, match="a block begins with #"):
            await Scpi(link).block("NONE?", 256)
        with pytest.raises(InstrumentError, match="300 bytes asked for, it has 256"):
            await Scpi(link).block("DATA?", 300)

    run(address, body)


@given(st.binary(max_size=40), st.sampled_from(["\n", "\r\n"]), st.data())
def test_the_end_is_found_at_any_split(payload: bytes, end: str, data: st.DataObject) -> None:
    answers = Answers(MessageSettings(read_terminator=end, blocks=frozenset({"DATA?"})))
    size = str(len(payload)).encode("ascii")
    whole = b"#%d%b%b%b" % (len(size), size, payload, end.encode("ascii"))
    cut = data.draw(st.integers(0, len(whole) - 1))
    find = answers.finder("DATA? 1")
    assert find(bytearray(whole[:cut])) is None
    assert find(bytearray(whole)) == len(whole)
    text = answers.text("DATA?", bytearray(whole))
    assert text.encode("latin-1") == whole.removesuffix(end.encode("ascii"))


def test_a_line_ends_at_its_terminator() -> None:
    answers = Answers(MessageSettings())
    find = answers.finder("*IDN?")
    assert find(bytearray(b"ACME")) is None
    assert find(bytearray(b"ACME\nmore")) == 5
    assert answers.text("*IDN?", b"AC\xffME\n") == "AC\\xffME"
    assert not answers.is_block("*IDN?")
