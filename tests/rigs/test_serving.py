from __future__ import annotations

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
