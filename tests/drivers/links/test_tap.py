"""Traces: what went over a line, whole, with times, and readable again."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.links.doors import Doors
from drivers.links.link import MessageLink
from drivers.links.link_programs import ProcessLink
from drivers.links.opening import open_link
from drivers.links.settings import (
    Backoff,
    BytesSettings,
    FolderSettings,
    MessageSettings,
    ProcessSettings,
    SdkSettings,
)
from drivers.links.tap import TappedAttributes, TappedRegisters, TappedTopics
from drivers.links.trace import Failure, Session, TraceWriter, read_trace
from labctl import clock
from labctl.errors import BenchError, LinkError
from tests.drivers.links.serving import serving
from tests.drivers.links.test_registers import Registers

SETTINGS = MessageSettings(
    timeout=0.5,
    quiet=0.02,
    idempotent=frozenset({"SILENT?"}),
    backoff=Backoff(tries=2, first=0.01),
)


def only(path: Path) -> Session:
    (session,) = read_trace(path)
    return session


def rows(session: Session) -> list[tuple[str, Any, Any]]:
    return [(one.op, one.sent, one.received) for one in session.transactions]


def test_messages_with_errors_and_each_try(tmp_path: Path) -> None:
    path = tmp_path / "trace" / "meter.jsonl"

    async def main() -> None:
        async with serving() as served:
            address = f"tcp://127.0.0.1:{served.port}"
            link = cast(MessageLink, await open_link(address, Doors(), SETTINGS, TraceWriter(path)))
            await link.write("OUTP ON")
            await link.query("READ?")
            with pytest.raises(LinkError):
                await link.query("SILENT?", 0.05)
            task = asyncio.create_task(link.query("LATE?"))
            await clock.sleep(0.1)
            task.cancel()
            await asyncio.wait([task])
            await link.resync()
            await link.close()

    clock.run(main(), virtual=False)
    session = only(path)
    assert session.header.kind == "message"
    assert session.header.address.startswith("tcp://127.0.0.1:")
    assert rows(session) == [
        ("write", "OUTP ON", None),
        ("query", "READ?", "READ 2"),
        ("query", "SILENT?", None),
        ("query", "SILENT?", None),
        ("query", "LATE?", None),
        ("resync", None, None),
    ]
    errors = [one.error and one.error.kind for one in session.transactions]
    assert errors == [None, None, "link", "link", "cancelled", None]
    assert all(one.took >= 0 for one in session.transactions)
    assert session.transactions[2].took >= 0.04
    times = [one.t for one in session.transactions]
    assert times == sorted(times)


def test_registers_attributes_and_topics(tmp_path: Path) -> None:
    class Attributes:
        address = "ble://x"

        async def read(self, characteristic: str) -> bytes:
            return b"\x29\x09"

        async def write(self, characteristic: str, data: bytes, *, response: bool = True) -> None:
            """Taken."""

        async def close(self) -> None:
            """Nothing to close."""

    class Topics(Attributes):
        async def publish(self, topic: str, payload: bytes, *, qos: int, retain: bool) -> None:
            """Taken."""

    async def main() -> None:
        registers = TappedRegisters(Registers({5: 7}), TraceWriter(tmp_path / "r"))
        assert await registers.read_holding(5, 2) == [7, 0]
        await registers.write_registers(5, (1, 2))
        attributes = TappedAttributes(cast(Any, Attributes()), TraceWriter(tmp_path / "a"))
        assert await attributes.read("2a6e") == b"\x29\x09"
        await attributes.write("2a6e", b"\xff\x00")
        topics = TappedTopics(cast(Any, Topics()), TraceWriter(tmp_path / "t"))
        await topics.publish("lab/t", b"21")
        for link in (registers, attributes, topics):
            await link.close()

    clock.run(main(), virtual=True)
    assert rows(only(tmp_path / "r")) == [
        ("read_holding", [5, 2], [7, 0]),
        ("write_registers", [5, 1, 2], None),
    ]
    assert rows(only(tmp_path / "a")) == [
        ("read", "2a6e", "29 09"),
        ("write", ["2a6e", "ff 00", True], None),
    ]
    assert rows(only(tmp_path / "t")) == [("publish", ["lab/t", "32 31", 1, False], None)]


def test_programs_frames_and_files(tmp_path: Path) -> None:
    program = f"process://{sys.executable}?arg=-c&arg=print(input())"
    (tmp_path / "a.csv").write_bytes(b"x")

    async def main() -> None:
        async def opened(address: str, wanted: Any, name: str) -> Any:
            return await open_link(address, Doors(), wanted, TraceWriter(tmp_path / name))

        process: ProcessLink = await opened(program, ProcessSettings(), "process")
        assert await process.query("hello") == "hello"
        await process.close()
        folder = await opened(f"folder://{tmp_path}?old=1", FolderSettings(settled=0.0), "folder")
        await folder.next()
        await folder.close()
        sdk = await opened("sdk://tests.drivers.links.vendor_library", SdkSettings(), "sdk")
        await sdk.call("double", 2)
        await sdk.close()
        line = await opened("serial://loop://", BytesSettings(), "bytes")
        await line.exchange(b"\x01\xff", lambda data: 2 if len(data) > 1 else None)
        await line.close()

    clock.run(main(), virtual=False)
    assert rows(only(tmp_path / "process")) == [("query", "hello", "hello")]
    assert rows(only(tmp_path / "folder"))[0][2][:2] == ["a.csv", 1]
    assert rows(only(tmp_path / "sdk")) == [("call", ["double", 2], 4)]
    assert rows(only(tmp_path / "bytes")) == [("exchange", "01 ff", "01 ff")]


@settings(max_examples=50, derandomize=True)
@given(st.lists(st.tuples(st.text(), st.none() | st.text() | st.lists(st.integers(0, 65535)))))
def test_what_was_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, said: list[tuple[str, Any]]
) -> None:
    path = tmp_path_factory.mktemp("trace") / "x.jsonl"

    async def main() -> None:
        for _ in range(2):
            trace = TraceWriter(path)
            trace.begin("message", "tcp://x:1")
            for sent, received in said:
                await clock.sleep(0.5)
                trace.add(clock.now() - 0.25, "query", sent, received, Failure("link", "m"))
            trace.close()
            trace.close()

    clock.run(main(), virtual=True)
    first, second = read_trace(path)
    assert rows(first) == rows(second) == [("query", *pair) for pair in said]
    assert all(one.took == 0.25 for one in first.transactions)


def test_a_cut_off_line_is_left_out_and_a_wrong_one_named(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    header = b'{"trace":1,"kind":"message","address":"a","t":0,"utc":0,"more":1}\n'
    row = b'{"t":0,"took":0,"op":"query","sent":"a","received":"b"}\n'
    path.write_bytes(header + row + row[:20])
    assert len(only(path).transactions) == 1
    for text in (row, header + b"nonsense\n", header.replace(b'"trace":1', b'"trace":2')):
        path.write_bytes(text)
        with pytest.raises(BenchError, match="is no trace"):
            read_trace(path)
    with pytest.raises(BenchError, match="cannot be read"):
        read_trace(tmp_path / "none")


def test_the_page_holds_what_is_written() -> None:
    page = Path("docs/protocols/trace.md").read_text(encoding="utf-8")
    example = page.split("```json\n")[1].split("```")[0]
    for line in example.splitlines():
        assert line.startswith('{"t')
    assert '"error": {"kind": "link"' in example
