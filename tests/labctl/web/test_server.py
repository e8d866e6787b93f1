"""A real server: killed and started again while a run goes on, two answers to one prompt."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import httpx
import pytest

from labctl.platform.processes import is_alive
from labctl.web.house import House
from labctl.web.roles import Role
from tests.labctl.web.houses import PASSWORD, Wall, settings_in
from tests.system.guarded import Stand, stand, wait

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand is POSIX's")


@pytest.fixture
def on(tmp_path: Path) -> Generator[Stand]:
    """A served instrument, and a bench on it that the server knows."""
    with stand(tmp_path) as found:
        text = f'[serve]\nfolder = "{tmp_path / "web"}"\nbenches = ["{tmp_path / "benches"}"]\n'
        (tmp_path / "labctl.toml").write_text(text, encoding="utf-8")
        (tmp_path / "benches").mkdir()
        found.bench.rename(tmp_path / "benches" / "stand.toml")
        house = House(settings_in(tmp_path, Wall()))
        for name in ("ann", "bob"):
            house.accounts.add(name, Role.TECHNICIAN, PASSWORD, name.title())
        house.close()
        yield found


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        return door.getsockname()[1]


class Client:
    """A person at a real server."""

    def __init__(self, port: int, name: str) -> None:
        self.web = httpx.Client(
            base_url=f"http://127.0.0.1:{port}",
            headers={"Origin": f"http://127.0.0.1:{port}"},
            timeout=60,
        )
        wait(self.is_there)
        self.post("/login", name=name, password=PASSWORD).raise_for_status()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_error: object) -> None:
        self.web.close()

    def is_there(self) -> bool:
        try:
            return self.get("/openapi.json").status_code == 200
        except httpx.TransportError:
            return False

    def get(self, path: str) -> httpx.Response:
        return self.web.get(f"/api/v1{path}")

    def post(self, path: str, **body: object) -> httpx.Response:
        return self.web.post(f"/api/v1{path}", json=body)


def serve(on: Stand, port: int) -> subprocess.Popen[str]:
    return on.labctl("serve", "--port", port)


def test_a_run_goes_on_without_the_server_and_a_prompt_is_answered_once(on: Stand) -> None:
    port = free_port()
    server = serve(on, port)
    with Client(port, "ann") as ann, Client(port, "bob") as bob:
        server = tried(on, port, server, ann, bob)
    server.terminate()
    assert server.wait(30) is not None


def tried(
    on: Stand, port: int, server: subprocess.Popen[str], ann: Client, bob: Client
) -> subprocess.Popen[str]:
    body = {"targets": ["guard/99.1-04"], "bench": "stand", "sample": "R-1"}
    started = ann.post("/runs", **body)
    assert started.status_code == 201, started.text
    run = started.json()["run"]
    wait(lambda: bool(ann.get(f"/runs/{run}/live").json().get("prompts")))
    server.kill()
    server.wait()
    assert is_alive(on.guardian().process) and on.is_on()
    server = serve(on, port)
    wait(ann.is_there)
    [prompt] = ann.get(f"/runs/{run}/live").json()["prompts"]
    assert bob.get(f"/runs/{run}/live").json()["prompts"] == [prompt]
    [bench] = bob.get("/benches").json()
    assert bench["held_by"] == [run] and not bench["simulated"]
    path = f"/runs/{run}/prompts/{prompt['id']}"
    assert ann.post(path, value="").status_code == 422
    first, second = ann.post(path, value="green"), bob.post(path, value="red")
    assert first.status_code == 200, first.text
    assert second.status_code == 409 and second.json()["who"] == "Ann"
    wait(lambda: bob.get(f"/runs/{run}").json()["state"] == "done")
    [answer] = bob.get(f"/runs/{run}/items/1").json()["answers"]
    assert (answer["said"], answer["who"]) == ("green", "Ann")
    assert ann.get("/leases").status_code == 200
    stream = bob.get(f"/runs/{run}/watch?from=start").text
    assert '"said": "green"' in stream and "event: ended" in stream
    return server
