"""Links that repeat: reading is sent again, writing never."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, cast

import pytest

from drivers.codecs import llp
from drivers.keithley.k2450 import Keithley2450
from drivers.links.doors import Doors
from drivers.links.opening import open_link
from drivers.links.repeating import RepeatingMessages, RepeatingRegisters, repeating
from drivers.links.settings import Backoff, BytesSettings, MessageSettings, RegisterSettings
from drivers.llp.bend1 import Bend1
from drivers.llp.sol1 import Sol1
from drivers.thorlabs.pm100d import ThorlabsPM100D
from labctl import clock
from labctl.errors import LinkError
from tests.drivers.links.serving import turns


class Broken:
    """Every transaction fails; what was tried is noted."""

    address = "x://y"

    def __init__(self) -> None:
        self.tried: list[str] = []

    async def _fail(self, what: str) -> Any:
        self.tried.append(what)
        raise LinkError("no answer", address=self.address, command=what)

    async def write(self, command: str) -> None:
        await self._fail(command)

    async def query(self, command: str, timeout: float | None = None) -> str:
        return await self._fail(command)

    async def read_holding(self, register: int, count: int = 1) -> list[int]:
        return await self._fail("holding")

    async def read_identification(self, first: int = 0) -> dict[int, str]:
        return await self._fail("identification")

    async def read_input(self, register: int, count: int = 1) -> list[int]:
        return await self._fail("input")

    async def write_registers(self, register: int, values: Sequence[int]) -> None:
        await self._fail("write")

    async def resync(self) -> None:
        """Nothing to do."""

    async def close(self) -> None:
        """Nothing to do."""


def test_only_the_queries_that_are_named() -> None:
    settings = MessageSettings(idempotent=frozenset({":READ?"}), backoff=Backoff(tries=3))

    async def main() -> list[str]:
        broken = Broken()
        link = repeating(cast(Any, broken), settings)
        assert isinstance(link, RepeatingMessages)
        for work in (link.query(":READ? 1"), link.query(":INIT?"), link.write(":READ?")):
            with pytest.raises(LinkError):
                await work
        return broken.tried

    assert clock.run(main(), virtual=True) == [":READ? 1"] * 3 + [":INIT?", ":READ?"]


def test_registers_are_read_again_and_never_written_again() -> None:
    async def main() -> list[str]:
        broken = Broken()
        link = repeating(cast(Any, broken), RegisterSettings(backoff=Backoff(tries=2)))
        assert isinstance(link, RepeatingRegisters)
        works = (link.read_holding(1), link.read_input(1), link.read_identification())
        for work in (*works, link.write_registers(1, [2])):
            with pytest.raises(LinkError):
                await work
        return broken.tried

    assert clock.run(main(), virtual=True) == [
        *("holding", "holding", "input", "input", "identification", "identification", "write")
    ]


def test_what_cannot_be_repeated_stands_alone() -> None:
    broken = cast(Any, Broken())
    assert repeating(broken, MessageSettings()) is broken
    assert repeating(broken, BytesSettings()) is broken


SOL1 = {
    llp.encode("HOURS?"): llp.encode("= 12.5"),
    llp.encode("ID?"): llp.encode("= A LLP-SOL1 1 2"),
}
BEND1 = {
    llp.encode("COUNT?"): llp.encode("= 7"),
    llp.encode("ID?"): llp.encode("= A LLP-BEND1 1 2"),
}
K2450 = {
    "*IDN?": "KEITHLEY INSTRUMENTS,MODEL 2450,04096331,1.7.12b",
    "*LANG?": "SCPI",
    ":SYST:ERR?": '0,"No error"',
    ":OUTP?": "0",
}
PM100D = {
    "*IDN?": "Thorlabs,PM100D,P0012345,2.8.0",
    "SYST:ERR?": '+0,"No error"',
    ":SYST:ERR?": '+0,"No error"',
    "SYST:SENS:IDN?": "S120C,12345,01-Jan-2025,1,18,33",
}


async def hours(link: Any) -> float:
    lamp = Sol1(link)
    await lamp.identify()
    return (await lamp.lamp_hours()).value


async def bends(link: Any) -> float:
    bender = Bend1(link)
    await bender.identify()
    return (await bender.cycles_done()).value


async def safe_source(link: Any) -> float:
    source = Keithley2450(link)
    await source.identify()
    await source.safe()
    return 0.0


async def power_head(link: Any) -> float:
    meter = ThorlabsPM100D(link)
    return float((await meter.identify()).serial == "P0012345")


@pytest.mark.parametrize(
    ("driver", "answers", "use", "expected"),
    [
        (Sol1, SOL1, hours, 12.5),
        (Bend1, BEND1, bends, 7.0),
        (Keithley2450, K2450, safe_source, 0.0),
        (ThorlabsPM100D, PM100D, power_head, 1.0),
    ],
    ids=["sol1", "bend1", "2450", "pm100d"],
)
def test_a_driver_gets_over_a_connection_dropped_at_any_of_its_read_only_queries(
    driver: Any, answers: dict[str, str], use: Any, expected: float
) -> None:
    dropping = Dropping(answers, driver.settings.read_terminator, driver.settings.idempotent)

    async def main() -> float:
        server = await asyncio.start_server(dropping.serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        link = await open_link(f"tcp://127.0.0.1:{port}", Doors(), driver.settings)
        try:
            return await use(link)
        finally:
            await link.close()
            await turns()
            server.close()
            await turns()

    assert clock.run(main(), virtual=False) == expected
    assert len(dropping.dropped) >= 2


class Dropping:
    """Answers by a table, and hangs up instead when it hears a query of `drop` the first time."""

    def __init__(self, answers: dict[str, str], end: str, drop: frozenset[str]) -> None:
        self.answers = answers
        self.end = end
        self.drop = drop
        self.dropped: set[str] = set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        try:
            while line := (await reader.readline()).decode("ascii").strip():
                if line in self.drop - self.dropped:
                    self.dropped.add(line)
                    return
                if line in self.answers:
                    writer.write((self.answers[line] + self.end).encode("ascii"))
        except ConnectionError:
            pass
        finally:
            writer.close()
