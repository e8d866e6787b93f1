from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from labctl.errors import BenchError
from labctl.notices.channels import MailChannel, WebhookChannel
from labctl.notices.config import NoticesConfig, read_config
from labctl.notices.routing import Level, Recipient, Route, levels_for

WHOLE = """
language = "zh"
repeat = "10min"
disk = "2 GB"

[smtp]
host = "mail.lab.example"
sender = "labctl@lab.example"
user = "labctl"
password = {env = "MAIL_PASSWORD"}

[webhooks.ops]
shape = "dingtalk"
url = {env = "ROBOT"}
secret = {env = "ROBOT_SECRET"}
mention = ["@all"]

[webhooks.own]
shape = "template"
url = "http://192.0.2.1/hook"
template = {content = "{text}"}

[recipients.ann]
mail = "ann@lab.example"
language = "en"

[recipients.night]
webhook = "ops"

[[routes]]
kinds = ["trip", "hold"]
to = ["ann"]
escalate = [{after = "15min", to = ["night"]}, {after = "1 h", to = ["ann", "night"]}]

[[routes]]
to = ["night"]
"""


@pytest.fixture(autouse=True)
def secrets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MAIL_PASSWORD", "m-secret")
    monkeypatch.setenv("ROBOT", "https://oapi.example/robot/send?access_token=r-secret")
    monkeypatch.setenv("ROBOT_SECRET", "SEC-secret")


def read(text: str) -> NoticesConfig:
    return read_config(tomllib.loads(text))


def test_the_whole_of_it() -> None:
    found = read(WHOLE)
    assert found.recipients == {
        "ann": Recipient("ann", "mail", "ann@lab.example", "en"),
        "night": Recipient("night", "webhook ops", "", "zh"),
    }
    assert (found.repeat, found.disk) == (600.0, 2e9)
    mail, robot = found.channels["mail"], found.channels["webhook ops"]
    assert isinstance(mail, MailChannel) and isinstance(robot, WebhookChannel)
    assert (mail.port, mail.security, mail.password) == (587, "starttls", "m-secret")
    assert (robot.secret, robot.pace) == ("SEC-secret", 3.1)
    assert "secret" not in repr(found).replace("secret=", "")


def test_no_table_tells_nobody() -> None:
    assert read_config() == NoticesConfig()


def test_it_stands_in_labctl_toml() -> None:
    Path("labctl.toml").write_text('[notices]\nrepeat = "1 h"\n', encoding="utf-8")
    assert read_config().repeat == 3600.0


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('language = "zh"', 'language = "de"', "notices.language"),
        ('repeat = "10min"', 'repeat = "soon"', "notices.repeat"),
        ('disk = "2 GB"', 'disk = "2"', "notices.disk"),
        ('{env = "MAIL_PASSWORD"}', '"in clear"', "notices.smtp.password"),
        ('{env = "MAIL_PASSWORD"}', '{env = "NOT_THERE"}', "NOT_THERE"),
        ('user = "labctl"', "", "user and password"),
        ('user = "labctl"', 'user = "labctl"\nsecurity = "none"', "in the clear"),
        ('user = "labctl"', 'user = "labctl"\ncolour = "red"', "colour"),
        ('{env = "ROBOT"}', '"https://oapi.example/?key=1"', "robot's key"),
        ('{env = "ROBOT"}', '{env = "MAIL_PASSWORD"}', "no https"),
        ('shape = "dingtalk"', 'shape = "slack"', "slack signs nothing"),
        ('template = {content = "{text}"}', "", "template"),
        ('"{text}"}', '"{colour}"}', "colour"),
        ('webhook = "ops"', 'webhook = "oops"', "no webhook 'oops'"),
        ('webhook = "ops"', 'webhook = "ops"\nmail = "a@b.c"', "recipients.night"),
        ('"ann@lab.example"', '"ann"', "no mail address"),
        ('to = ["ann"]\n', 'to = ["bob"]\n', "no recipient 'bob'"),
        ('after = "1 h"', 'after = "5min"', "must rise"),
        ('kinds = ["trip", "hold"]', 'kinds = ["trap"]', "notices.routes"),
    ],
)
def test_what_is_wrong_is_named(old: str, new: str, told: str) -> None:
    assert WHOLE.count(old) == 1
    with pytest.raises(BenchError) as caught:
        read(WHOLE.replace(old, new))
    assert "labctl.toml" in str(caught.value) and told in str(caught.value)
    assert caught.value.remedy
    assert "-secret" not in str(caught.value)


def test_mail_without_a_server() -> None:
    with pytest.raises(BenchError, match="no server"):
        read('[recipients.ann]\nmail = "a@b.c"')


def test_levels_of_several_routes() -> None:
    routes = (
        Route(("trip",), (Level(0.0, ("ann",)), Level(60.0, ("boss",)))),
        Route((), (Level(0.0, ("ops", "ann")),)),
        Route(("hold",), (Level(0.0, ("nobody",)),)),
    )
    assert levels_for("trip", routes) == (Level(0.0, ("ann", "ops")), Level(60.0, ("boss",)))
    assert levels_for("disk", routes) == (Level(0.0, ("ops", "ann")),)
