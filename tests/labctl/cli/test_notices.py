"""`labctl notices`: a test message, and who was told what."""

from __future__ import annotations

from pathlib import Path

import pytest

from labctl.notices import kept
from tests.labctl.cli.conftest import Command
from tests.labctl.notices.people import notice
from tests.labctl.notices.servers import Hook, Mailbox, mail_server, web_server

TOML = """
[notices.smtp]
host = "127.0.0.1"
port = {port}
security = "none"
sender = "labctl@lab.example"

[notices.webhooks.ops]
shape = "wecom"
url = {{env = "ROBOT"}}

[notices.recipients.ann]
mail = "ann@lab.example"

[notices.recipients.ops]
webhook = "ops"
language = "zh"

[[notices.routes]]
to = ["ann"]
"""


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def state(port: int = 25) -> None:
    Path("labctl.toml").write_text(TOML.format(port=port), encoding="utf-8")


def test_a_test_message_to_each_recipient(labctl: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    good, bad = (200, '{"errcode":0}', {}), (200, '{"errcode":93000,"errmsg":"invalid"}', {})
    with mail_server(Mailbox()) as box, web_server(Hook([good, bad])) as hook:
        state(box.port)
        monkeypatch.setenv("ROBOT", hook.url)
        answer = labctl("notices", "test", "--json")
        assert answer.code == 0
        assert [(row["recipient"], row["channel"], row["ok"]) for row in answer.document] == [
            ("ann", "mail", True),
            ("ops", "webhook ops", True),
        ]
        answer = labctl("notices", "test", "--to", "ops")
        assert answer.code == 3
        assert "errcode 93000" in answer.out and "\nann" not in answer.out
    assert box.mails[0]["Subject"] == "labctl: test message"
    assert "测试消息" in hook.given[0][1]["text"]["content"]


@pytest.mark.parametrize(
    ("arguments", "told"), [((), "ROBOT"), (("--to", "bob"), "no recipient 'bob'")]
)
def test_what_is_wrong_is_told(
    labctl: Command, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], told: str
) -> None:
    state()
    monkeypatch.delenv("ROBOT", raising=False)
    if arguments:
        monkeypatch.setenv("ROBOT", "https://192.0.2.1/")
    answer = labctl("notices", "test", *arguments)
    assert (answer.code, answer.out) == (3, "")
    assert told in answer.err and "remedy" in answer.err


def test_nobody_to_tell(labctl: Command) -> None:
    answer = labctl("notices", "test", "--json")
    assert answer.code == 3
    assert "no recipients" in answer.document["error"]["message"]


def test_the_notices_of_a_run(
    labctl: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state()
    monkeypatch.setenv("ROBOT", "https://192.0.2.1/")
    run = tmp_path / "a-run"
    run.mkdir()
    (run / "journal.db").touch()
    assert labctl("notices", "list", run, "--json").document == []
    file = run / kept.FILE
    kept.append(file, kept.Accepted(0, notice("trip")))
    kept.append(file, kept.Failed(0, "ann", "550 nobody", True, "t"))
    kept.append(file, kept.Accepted(1, notice("hold")))
    kept.append(file, kept.Told(1, "ann", "ok", "t"))
    kept.append(file, kept.Acknowledged((1,), "ann", "t"))
    first, second = labctl("notices", "list", run, "--json").document
    assert first["missing"] == {"ann": "550 nobody"}
    assert (second["told"], second["missing"], second["acknowledged"]) == (["ann"], {}, "ann")
    assert second["utc"] == "2026-01-01T00:00:00+00:00"
    text = labctl("notices", "list", run).out
    assert "ann: NOT told: 550 nobody" in text and "door open" in text


def test_doctor_tells_who_is_told_and_what_is_wrong(
    labctl: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def check() -> dict[str, object]:
        rows = labctl("doctor", "--bench", "none", "--json").document
        return {row["name"]: row for row in rows}["notices"]

    assert (check()["ok"], check()["detail"]) == (True, "-")
    state()
    monkeypatch.setenv("ROBOT", "https://192.0.2.1/")
    assert (check()["ok"], check()["detail"]) == (True, "ann, ops")
    monkeypatch.delenv("ROBOT")
    assert check()["ok"] is False and "ROBOT" in str(check()["detail"])
