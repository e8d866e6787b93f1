"""`labctl timestamp` and `lodge`, with an authority of the tests' own on loopback."""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from labctl.bundle import layout
from labctl.bundle.make import Crate, write_crate
from tests.labctl.bundle.authority import Authority
from tests.labctl.cli.conftest import Command
from tests.labctl.verification.done import done

BAD = {"Content-Length": "0"}


@contextmanager
def serving(authority: Authority, over: bytes, *, nonce: int | None = None) -> Iterator[str]:
    """An authority that answers requests about `over`, with their nonce or another."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = self.rfile.read(int(self.headers["Content-Length"]))
            assert self.headers["Content-Type"] == "application/timestamp-query"
            given = nonce_of(asked) if nonce is None else nonce
            data = authority.answer(over, given)
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:
            """Nobody reads it."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/tsa"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def nonce_of(request: bytes) -> int:
    """The nonce of a request: an INTEGER behind the imprint, before the flag for certificates."""
    length = request[2 + 3 + 1]
    at = 2 + 3 + 2 + length
    assert request[at] == 0x02
    return int.from_bytes(request[at + 2 : at + 2 + request[at + 1]], "big")


@pytest.fixture
def crate(labctl: Command, tmp_path: Path) -> Crate:
    return write_crate(done(tmp_path / "runs"), tmp_path / "bundle")


def trusted(labctl: Command, tmp_path: Path, authority: Authority) -> Path:
    path = tmp_path / "ca.pem"
    path.write_text(authority.certificate, encoding="utf-8")
    assert labctl("key", "trust", path).code == 0
    return path


def test_a_time_stamp_of_an_authority(labctl: Command, tmp_path: Path, crate: Crate) -> None:
    authority, over = Authority(), crate.manifest.canonical
    with serving(authority, over) as url:
        answer = labctl("timestamp", crate.archive, "--tsa", url)
    assert answer.code == 0 and "NOT BELIEVED YET" in answer.err
    for path in (crate.folder, crate.archive):
        assert "time stamp says 2026-11-23T05:00:00Z" in labctl("verify", path, "--quick").out
    trusted(labctl, tmp_path, authority)
    for path in (crate.folder, crate.archive):
        found = labctl("verify", path, "--quick", "--json").document
        assert found["ok"] and found["time"]["state"] == "proven"
        assert found["time"]["utc"] == "2026-11-23T05:00:00Z"
    again = labctl("timestamp", crate.folder, "--token", crate.folder / layout.TOKEN)
    assert again.code == 3 and "has a time stamp already" in again.err


def test_an_answer_to_another_request(labctl: Command, crate: Crate) -> None:
    with serving(Authority(), crate.manifest.canonical, nonce=5) as url:
        assert "another request" in labctl("timestamp", crate.folder, "--tsa", url).err
    with serving(Authority(), b"another") as url:
        assert "over something else" in labctl("timestamp", crate.folder, "--tsa", url).err
    refused = labctl("timestamp", crate.folder, "--tsa", "http://127.0.0.1:9/", "--json")
    assert refused.document["error"]["kind"] == "link"
    assert labctl("timestamp", crate.folder, "--tsa", "file:///etc/passwd").code == 3
    assert not (crate.folder / layout.TOKEN).exists()


def test_a_token_that_was_obtained_elsewhere(labctl: Command, tmp_path: Path, crate: Crate) -> None:
    authority = Authority()
    trusted(labctl, tmp_path, authority)
    (tmp_path / "bare.tst").write_bytes(authority.token(crate.manifest.canonical))
    asked = labctl("timestamp", crate.folder, "--request", tmp_path / "asked.tsq", "--json")
    assert Path(asked.document["request"]).stat().st_size > 50
    answer = labctl("timestamp", crate.folder, "--token", tmp_path / "bare.tst", "--json")
    assert answer.document["by"] == "CN=Test Time Root"
    (tmp_path / "none.tst").write_bytes(b"none")
    assert "no RFC 3161" in labctl("timestamp", crate.folder, "--token", tmp_path / "none.tst").err
    assert labctl("timestamp", crate.folder).code == 3
    assert labctl("timestamp", tmp_path / "nothing", "--token", tmp_path / "none.tst").code == 3


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_another_program_checks_our_bundle(labctl: Command, tmp_path: Path, crate: Crate) -> None:
    authority = Authority()
    ca = trusted(labctl, tmp_path, authority)
    (tmp_path / "x.tsr").write_bytes(authority.answer(crate.manifest.canonical))
    labctl("timestamp", crate.folder, "--token", tmp_path / "x.tsr")
    told = subprocess.run(
        [
            *("openssl", "ts", "-verify", "-in", str(crate.folder / layout.TOKEN)),
            *("-data", str(crate.folder / layout.MANIFEST), "-CAfile", str(ca)),
        ],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert told.returncode == 0 and "OK" in told.stdout + told.stderr, told.stderr


def test_a_head_that_is_lodged(labctl: Command, tmp_path: Path, crate: Crate) -> None:
    run = tmp_path / "runs" / crate.manifest.run
    known = json.loads(labctl("lodge", "last").out)
    assert known["head"] == crate.manifest.journal.head and known["register_lines"] == 2
    assert labctl("lodge", run, "--output", tmp_path / "lodged.json").code == 0
    for path in (run, crate.folder, crate.archive):
        answer = labctl("verify", path, "--quick", "--lodged", tmp_path / "lodged.json")
        assert "by the lodged head of transaction" in answer.out and answer.code == 0
    (tmp_path / "other.json").write_text(json.dumps({**known, "head": "0" * 64}), encoding="utf-8")
    wrong = labctl("verify", run, "--quick", "--lodged", tmp_path / "other.json")
    assert wrong.code == 3 and "altered since" in wrong.out
    assert labctl("verify", run, "--lodged", tmp_path / "ca.pem").code == 3
