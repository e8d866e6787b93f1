"""No secret comes into a run, its report or its bundle."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as of_parquet
import pytest

from labctl.bundle.files import walked
from labctl.bundle.make import write_crate
from labctl.engine import execute
from labctl.keys import make, unlock
from labctl.report.write import write_report
from tests.labctl.cli.conftest import Command, labctl
from tests.labctl.fakelab import FakeLab, measure, request

__all__ = ["labctl"]

CANARIES = {
    "ANALYSER_PASSWORD": "canary-bench-7f3a",
    "LAB_MAIL_PASSWORD": "canary-mail-91bc",
    "LAB_ROBOT": "https://robot.example/send?key=canary-robot-c4d1",
    "LABCTL_KEY_PASSWORD": "canary-key-2e88",
    "OPERATOR_SESSION": "canary-environment-55aa",
}
TOKEN = "canary-control-0d6e"
BENCH = 'name = "ohm"\n[roles.meter]\noptions = {password = {env = "ANALYSER_PASSWORD"}}\n'
CONFIG = """
[notices.smtp]
host = "mail.example"
security = "starttls"
user = "labctl"
password = {env = "LAB_MAIL_PASSWORD"}
sender = "labctl@lab.example"

[notices.webhooks.group]
shape = "wecom"
url = {env = "LAB_ROBOT"}

[notices.recipients.ann]
mail = "ann@lab.example"
"""


@pytest.fixture(autouse=True)
def surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The operator's environment, and the notices of the lab."""
    for name, text in CANARIES.items():
        monkeypatch.setenv(name, text)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "labctl.toml").write_text(CONFIG, encoding="utf-8")


def leaks(*folders: Path) -> list[str]:
    """Files that hold a canary; a table's text is packed, so it is read."""
    secrets = [*(text.encode() for text in CANARIES.values()), TOKEN.encode()]
    found: list[str] = []
    for folder in folders:
        for name, path in walked(folder):
            data = path.read_bytes()
            if path.suffix == ".parquet":
                data = repr(of_parquet.read_table(path).to_pylist()).encode()
            found += [name for secret in secrets if secret in data]
    return found


def test_a_canary_that_leaks_is_found(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "log.jsonl").write_text(f"x{TOKEN}x", encoding="utf-8")
    assert leaks(tmp_path / "in") == ["log.jsonl"]


def test_a_bench_with_a_password(tmp_path: Path) -> None:
    lab = FakeLab(bench_text=BENCH)
    run = execute(request(tmp_path / "runs"), lambda _: lab.bound(measure)).path
    write_report(run)
    assert not leaks(tmp_path / "runs")
    # While a guarded run goes on, its token lies in its folder.
    (run / "control.json").write_text(f'{{"token": "{TOKEN}"}}', encoding="utf-8")
    (run / "log.jsonl").write_text(TOKEN, encoding="utf-8")
    (run / "trace").mkdir()
    (run / "trace" / "meter.jsonl").write_text(CANARIES["ANALYSER_PASSWORD"], encoding="utf-8")
    made = write_crate(run, tmp_path / "made" / "bundle")
    assert "benches/" in " ".join(one.path for one in made.manifest.files)
    assert not leaks(tmp_path / "made")


def test_a_run_of_the_command_line_signed_with_a_locked_key(
    labctl: Command, tmp_path: Path
) -> None:
    make("ada", CANARIES["LABCTL_KEY_PASSWORD"])
    assert labctl("run", "1.1-02").code == 0
    assert labctl("report", "last", "--format", "crate").code == 0
    assert unlock("ada", CANARIES["LABCTL_KEY_PASSWORD"]).name == "ada"
    assert not leaks(tmp_path / "runs", tmp_path / "keys")
    (run,) = (tmp_path / "runs").glob("2*")
    assert any(run.glob("*.crate/code/procedures.dossier.*.py"))
    assert b"PRIVATE KEY" not in b"".join(path.read_bytes() for _, path in walked(run))
