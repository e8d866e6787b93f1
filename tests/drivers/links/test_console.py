"""The console on any link: what may be typed, and what comes back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, cast

import pytest

from drivers.links import console
from drivers.links.console import open_console
from drivers.links.trace import read_trace
from labctl import clock
from labctl.errors import LinkError, UsageError
from tests.drivers.links.serving import free_port, serving
from tests.drivers.links.test_registers import Registers


def test_lines_of_text(tmp_path: Path) -> None:
    async def main() -> list[str]:
        async with serving() as served:
            address = f"tcp://127.0.0.1:{served.port}"
            talk = await open_console(
                address, timeout=0.5, terminator="\n", trace=tmp_path / "talk.jsonl"
            )
            for line, answer in (
                ("*IDN?\n", ["*IDN 1"]),
                (":OUTP ON", []),
                ("# a remark", []),
                ("  ", []),
                ("< MEAS?", ["MEAS 3"]),
                ("> REST", []),
            ):
                assert await talk.say(line) == answer
            assert "resync" in await talk.say("help")
            with pytest.raises(LinkError):
                await talk.say("SILENT?")
            assert await talk.say("resync") == []
            await talk.close()
            return served.lines

    lines = clock.run(main(), virtual=False)
    assert lines == ["*IDN?", ":OUTP ON", "MEAS?", "REST", "SILENT?"]
    (session,) = read_trace(tmp_path / "talk.jsonl")
    assert len(session.transactions) == 6


def test_frames_in_hexadecimal() -> None:
    async def main() -> None:
        async with serving() as served:
            address = f"tcp://127.0.0.1:{served.port}"
            talk = await open_console(address, timeout=0.5, terminator="", trace=None)
            answer = await talk.say(f"{b'*IDN?'.hex(' ')} 0a < 7")
            assert bytes.fromhex(answer[0]) == b"*IDN 1\n"
            for wrong in ("2a", "zz < 3", "2a < 0", "2a < x"):
                with pytest.raises(UsageError) as caught:
                    await talk.say(wrong)
                assert "HEX... < COUNT" in caught.value.remedy
            await talk.close()

    clock.run(main(), virtual=False)


def test_registers() -> None:
    async def main() -> None:
        talk = console._registers(Registers({1: 7, 2: 8}))
        assert await talk.say("r 1 2") == ["7 8"]
        assert await talk.say("w 0x05 100 101") == []
        assert await talk.say("i 5") == ["100"]
        for wrong in ("r", "r one", "w 5", "read 5"):
            with pytest.raises(UsageError) as caught:
                await talk.say(wrong)
            assert "r REGISTER" in caught.value.remedy

    clock.run(main(), virtual=True)


def test_programs_and_libraries() -> None:
    async def main() -> None:
        options: dict[str, Any] = {"timeout": 10.0, "terminator": "\n", "trace": None}
        program = f"process://{sys.executable}?arg=-c&arg=print(input())"
        talk = await open_console(program, **options)
        assert await talk.say("hello") == ["hello"]
        assert "exit code" in (await talk.say("measure"))[0]
        await talk.close()
        talk = await open_console("sdk://tests.drivers.links.vendor_library", **options)
        assert await talk.say("double 21") == ["42"]
        assert await talk.say('double "a"') == ['"aa"']
        await talk.close()

    clock.run(main(), virtual=False)


def test_a_device_of_attributes() -> None:
    class Attributes:
        address = "ble://x"

        async def read(self, characteristic: str) -> bytes:
            return characteristic.encode("ascii")

        async def write(self, characteristic: str, data: bytes) -> None:
            assert (characteristic, data) == ("2a6e", b"\x01\xff")

    async def main() -> None:
        talk = console._attributes(cast(Any, Attributes()))
        assert await talk.say("r 2a6e") == ["32 61 36 65"]
        assert await talk.say("w 2a6e 01 ff") == []
        with pytest.raises(UsageError):
            await talk.say("w 2a6e xyz")

    clock.run(main(), virtual=True)


@pytest.mark.parametrize("address", ["COM3", "http://x", "tcp://x", "modbus+tcp://h:1?unit=900"])
def test_wrong_addresses(address: str) -> None:
    with pytest.raises(UsageError) as caught:
        clock.run(open_console(address, timeout=None, terminator="\n", trace=None), virtual=False)
    assert caught.value.address == address


def test_nobody_there() -> None:
    for scheme in ("tcp", "modbus+tcp"):
        address = f"{scheme}://127.0.0.1:{free_port()}"
        with pytest.raises(LinkError) as caught:
            clock.run(
                open_console(address, timeout=0.2, terminator="\n", trace=None), virtual=False
            )
        assert caught.value.remedy
