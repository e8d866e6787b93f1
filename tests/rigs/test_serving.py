from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from labctl import clock
from labctl.errors import BenchError, LabError
from labctl.serving import ServeRequest
from rigs.serving import serve_bench


def serving(request: ServeRequest, work: Callable[[Any], Coroutine[Any, Any, None]]) -> None:
    async def main() -> None:
        served = await serve_bench(request, lambda role, event, detail: None)
        try:
            await work(served)
        finally:
            await served.close()
            await served.close()

    clock.run(main(), virtual=False)


async def nothing(served: Any) -> None:
    """Serve and end."""


def test_a_bench_by_name_or_by_file_and_truth_on_known_devices_only(tmp_path: Path) -> None:
    async def look(served: Any) -> None:
        assert served.roles["source_meter"]["truth"] == {"resistance": [1000.0, "ohm"]}

    async def look_without(served: Any) -> None:
        assert all("truth" not in role for role in served.roles.values())

    serving(ServeRequest("reference"), look)
    serving(ServeRequest("photovoltaic"), look_without)
    copy = tmp_path / "mine.toml"
    text = Path("rigs/benches/sim/photovoltaic.toml").read_text(encoding="utf-8")
    copy.write_text(text, encoding="utf-8")
    serving(ServeRequest(str(copy)), look_without)


def test_the_faults_that_the_documentation_shows(tmp_path: Path) -> None:
    page = Path("docs/sim-serve.md").read_text(encoding="utf-8")
    block = page.partition("```toml\n")[2].partition("```")[0]
    reference = Path("rigs/benches/sim/reference.toml").read_text(encoding="utf-8")
    path = tmp_path / "bench.toml"
    path.write_text(f"{reference}\n{block}", encoding="utf-8")

    async def ask(served: Any) -> None:
        where = served.roles["source_meter"]["endpoints"]["tcp"].removeprefix("tcp://")
        host, _, port = where.rpartition(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        took: list[float] = []
        for _ in range(3):
            began = clock.now()
            writer.write(b"*IDN?\n")
            assert b"2450" in await reader.readline()
            took.append(clock.now() - began)
        writer.close()
        # A lower bound on what is late; what is in time is only earlier than that.
        assert took[2] >= 1.5 - 0.01 and took[2] > max(took[:2])

    serving(ServeRequest(str(path)), ask)


def test_every_kind_of_fault_of_every_instrument_that_is_served() -> None:
    kinds = ("silence", "saturate high=0.1", "drift rate=1", "hold", "reboot", "delay seconds=1")

    async def ask(served: Any) -> None:
        for kind in kinds:
            served.command(f"fault multimeter {kind}")
        served.command("heal multimeter")
        with pytest.raises(BenchError, match="no sensor that can drift"):
            served.command("fault bending_tester drift rate=1")

    serving(ServeRequest("reference"), ask)


@pytest.mark.parametrize("line", ["fault nobody silence", "fault lamp earthquake", "nonsense"])
def test_a_wrong_line_of_faults_serves_nothing(tmp_path: Path, line: str) -> None:
    faults = tmp_path / "faults.txt"
    faults.write_text(f"# first\n{line}  # here\n", encoding="utf-8")
    with pytest.raises(LabError):
        serving(ServeRequest("photovoltaic", faults=faults), nothing)


def test_faults_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match="faults"):
        serving(ServeRequest("photovoltaic", faults=tmp_path / "no-faults"), nothing)


def test_faults_from_a_file_and_while_it_runs(tmp_path: Path) -> None:
    faults = tmp_path / "faults.txt"
    faults.write_text("fault lamp silence times=none\n", encoding="utf-8")

    async def more(served: Any) -> None:
        served.command("heal lamp")
        served.command("fault chuck reboot after=5 seconds=2")

    serving(ServeRequest("photovoltaic", faults=faults), more)
