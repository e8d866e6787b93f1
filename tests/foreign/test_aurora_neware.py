"""aurora-neware (MIT), the client of a laboratory that owns such machines, on the Neware cycler."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.foreign.libraries import library
from tests.serving import Served
from tests.sim_backends.emulators.neware.programs import main, saved, step_file

BENCH = """
name = "cycler"
rig = "reference"

[sim]
world = "reference"

[roles.cycler]
driver = "neware.bts"
address = "sim:visa"
emulator = "neware.bts"
port = "cells"
"""
REST, CHARGE, DISCHARGE = (
    (4, main(Time=500.0)),
    (1, main(Curr=1250.0, Time=1000.0)),
    (2, main(Curr=2500.0, Time=1000.0)),
)
CHANNEL = "21-1-1"


@pytest.fixture(scope="module")
def cycler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    path = tmp_path_factory.mktemp("bench") / "cycler.toml"
    path.write_text(BENCH, encoding="utf-8")
    with Served(str(path)) as served:
        yield served


@pytest.fixture
def client(cycler: Served) -> Iterator[Any]:
    host, port = cycler.socket("cycler")
    with library("aurora_neware").NewareAPI(host, port) as client:
        yield client


def _wait(client: Any, state: str) -> dict[str, Any]:
    pause = threading.Event()
    for _ in range(100):
        found = client.inquire(CHANNEL)[CHANNEL]
        if found["workstatus"] == state:
            return found
        pause.wait(0.1)
    raise AssertionError(f"never {state}")


def test_idle_channels(cycler: Served, client: Any) -> None:
    assert list(client.channel_map) == ["21-1-1", "21-1-2"]
    for number in (1, 2):
        found = client.inquire(f"21-1-{number}")[f"21-1-{number}"]
        true = cycler.true("cycler", f"channel_{number}_voltage")
        # 0.05 % of 5 V; the first channel may have worked before.
        assert found["voltage"] == pytest.approx(true, abs=0.0026 if number == 2 else 0.02)
        assert found["current"] == 0
    assert client.light("21-1-2")[0]["light"] == "ok"
    assert client.clearflag("21-1-2")[0]["clearflag"] == "false"


def test_a_program_is_started_followed_and_downloaded(client: Any, tmp_path: Path) -> None:
    path = saved(tmp_path, step_file(REST, CHARGE, DISCHARGE, record=0.2))
    assert client.start(CHANNEL, "cell-7", path, tmp_path)[0]["start"] == "ok"
    working = _wait(client, "working")
    assert working["barcode"] == "cell-7"
    with pytest.raises(ValueError, match="blocked states"):
        client.start(CHANNEL, "again", path, tmp_path)
    assert client.getchlstatus(CHANNEL)[CHANNEL]["status"] == "working"
    _wait(client, "finish")
    steps = client.get_steps(CHANNEL)
    assert [each["steptype"] for each in steps] == ["rest", "cc", "dc"]
    assert steps[1]["cap"] == pytest.approx(1.25 / 3600, rel=1e-2)
    data = client.download(CHANNEL, last_n_points=0)
    assert data["seqid"] == list(range(1, client.inquiredf(CHANNEL)[CHANNEL]["count"] + 1))
    assert min(data["curr"]) == pytest.approx(-2.5, abs=1e-3)
    assert [each["log_code"] for each in client.downloadlog(CHANNEL)] == [100000, 100001]
    assert client.get_testid(CHANNEL)[CHANNEL]["test_id"] >= 1


def test_stop(client: Any, tmp_path: Path) -> None:
    path = saved(tmp_path, step_file((4, main(Time=60e3))))
    client.start(CHANNEL, "cell-8", path, tmp_path)
    _wait(client, "working")
    assert client.stop(CHANNEL)[0]["stop"] == "ok"
    assert client.inquire(CHANNEL)[CHANNEL]["workstatus"] == "stop"
    assert client.stop(CHANNEL)[0]["stop"] == "false"
