"""A run's traces as a bench: the same readings again, and a clear error for anything else."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from drivers.links.doors import Doors
from drivers.links.opening import open_link
from drivers.registry import load_driver
from labctl import clock
from labctl.cli.main import main
from labctl.errors import LabError
from labctl.serving import ServeRequest
from rigs.benches import simulated_bench
from rigs.serving import serve_bench

ID = "1.1-03"


def performed(capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, dict[str, Any]]:
    """Exit code and JSON of `labctl run` with `options`."""
    code = main(["run", *options, "--seed", "3", "--json"])
    return code, json.loads(capsys.readouterr().out)


def said(run: dict[str, Any]) -> dict[str, list[tuple[Any, ...]]]:
    """What went over each line of a run: operation, sent, received."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    for path in sorted((Path(run["path"]) / "trace").iterdir()):
        lines = map(json.loads, path.read_text(encoding="utf-8").splitlines())
        found[path.stem] = [
            (each["op"], each["sent"], each["received"]) for each in lines if "op" in each
        ]
    return found


def replaying(folder: Path, traces: Path) -> Path:
    """The photovoltaic bench with every emulator replaced by its role's trace."""
    lines, role = list[str](), ""
    for line in simulated_bench("photovoltaic").read_text(encoding="utf-8").splitlines():
        header = re.match(r"\[roles\.(\w+)\]", line)
        role = header.group(1) if header else role
        line = re.sub("^emulator = .*", 'emulator = "replay"', line)
        line = re.sub("^port = .*", f'trace = "{(traces / role).as_posix()}.jsonl"', line)
        lines.append(re.sub("^world = .*", "", line))
    path = folder / "replay.toml"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_whole_run_again_from_its_traces(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    runs = ("--runs", str(tmp_path / "runs"))
    code, first = performed(capsys, ID, "--trace", *runs)
    assert code == 0
    bench = replaying(tmp_path, Path(first["path"]) / "trace")
    code, again = performed(capsys, ID, "--trace", "--bench", str(bench), *runs)
    assert code == 0
    assert said(again) == said(first)
    assert sum(map(len, said(again).values())) > 500
    result, expected = again["verdicts"][0], first["verdicts"][0]
    assert result["outcome"] == expected["outcome"] and result["simulated"]
    assert result["value"] == pytest.approx(expected["value"], rel=1e-9)
    # Times of writing are not in a trace, so points lie microseconds apart.
    assert result["U"] == pytest.approx(expected["U"], rel=1e-3)
    code, other = performed(capsys, "1.1-05", "--bench", str(bench), *runs)
    assert code != 0
    message = other["verdicts"][0]["error"]["message"]
    # The sheet of another device asks for another forward current of its fingerprint.
    assert "role source_meter" in message
    asked, _, recorded = message.partition("where the trace has")
    assert ":SOUR:CURR:LEV 0.00" in asked and ":SOUR:CURR:LEV 0.00" in recorded
    _serves(bench)


DRIVERS = {"source_meter": "keithley.k2450", "chuck": "eurotherm.e3216"}


def _serves(bench: Path) -> None:
    """Text and registers from a trace on real sockets; what was never asked is reported."""
    notes: list[tuple[str, str, str]] = []

    async def ask(served: Any, name: str) -> None:
        driver = load_driver(DRIVERS[name])
        link = await open_link(served.roles[name]["address"], Doors(), driver.settings)
        made = driver(link, {})
        assert (await made.identify()).simulated
        with pytest.raises(LabError):
            await made.safe()
        await made.close()

    async def serve() -> None:
        served: Any = await serve_bench(ServeRequest(str(bench)), lambda *what: notes.append(what))
        try:
            for name in DRIVERS:
                await ask(served, name)
        finally:
            await served.close()

    clock.run(serve(), virtual=False)
    failed = {role: detail for role, event, detail in notes if event == "failed"}
    for role in DRIVERS:
        assert failed[role].startswith(f"role {role}: ")
        assert "asked for " in failed[role] and "where the trace has" in failed[role]
