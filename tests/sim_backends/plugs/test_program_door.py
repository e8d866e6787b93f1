"""The door `sim:program`: an emulator lives, dies and begins anew as a program does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from drivers.links.opening import open_process_link
from drivers.links.process import LocalProcess
from drivers.links.programs import plug, plugged, unplug
from drivers.links.settings import ProcessSettings
from labctl import clock
from labctl.errors import LinkError
from sim_backends.bench import RoleSpec
from sim_backends.faults import Delay, Disconnect, Silence
from sim_backends.models.software.cache import LearnedCache
from sim_backends.program_bench import ProgramBench

SPEC = RoleSpec("cut1.cache", "system", "sim:program")


def run(body: Callable[[LocalProcess, ProgramBench], Awaitable[None]]) -> None:
    async def main() -> None:
        made = ProgramBench(
            "cache", {"system": SPEC}, LearnedCache(), 1, faulty=True, plug=plug, unplug=unplug
        )
        made.open(clock.now())
        link = await open_process_link(made.address("system"), ProcessSettings(timeout=2.0))
        assert isinstance(link, LocalProcess)
        try:
            await body(link, made)
        finally:
            await link.close()
            made.close()

    clock.run(main(), virtual=True)


def test_it_answers_lines_in_virtual_time() -> None:
    async def body(link: LocalProcess, _: ProgramBench) -> None:
        assert await link.query("CACHE 5") == "OK"
        began = clock.now()
        assert (await link.query("GO 0 a:1:0")) == "= 1 a"
        assert 0.0 < clock.now() - began < 0.01
        figures = await link.measure()
        assert (figures.exit_code, figures.memory) == (None, 0)
        assert await link.wait() == 0
        with pytest.raises(LinkError, match="takes no line"):
            await link.query("ID?")

    run(body)


def test_killed_it_has_forgotten_everything() -> None:
    async def body(link: LocalProcess, _: ProgramBench) -> None:
        assert await link.query("CACHE 5") == "OK"
        await link.resync()
        assert await link.query("GO 0 a:1:0") == "!3 STATE"

    run(body)


def test_a_program_that_hangs_is_killed_and_what_it_owed_never_comes() -> None:
    async def body(link: LocalProcess, bench: ProgramBench) -> None:
        for fault in (Silence(at=1), Delay(at=1, seconds=5.0)):
            bench.inject("system", fault)
            with pytest.raises(LinkError, match="no line within 2 s"):
                await link.query("CACHE 5")
            bench.heal("system")
            assert (await link.query("ID?")).startswith("= labctl learned-cache SIM-")

    run(body)


def test_a_program_that_dies_is_started_again() -> None:
    async def body(link: LocalProcess, bench: ProgramBench) -> None:
        bench.inject("system", Disconnect(at=1))
        with pytest.raises(LinkError, match="ended without a whole line"):
            await link.query("CACHE 5")
        bench.heal("system")
        assert await link.query("CACHE 5") == "OK"

    run(body)


def test_a_bench_that_is_gone_starts_nothing() -> None:
    async def body(link: LocalProcess, bench: ProgramBench) -> None:
        name = bench.address("system").removeprefix("process://")
        assert plugged(name) is not None
        bench.disconnect("system")
        assert plugged(name) is None
        with pytest.raises(LinkError, match=r"ended|takes no line"):
            await link.query("ID?")
        with pytest.raises(LinkError, match="cannot be started"):
            await link.query("ID?")

    run(body)
