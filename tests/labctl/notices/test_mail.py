"""Mail over real servers on loopback."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from labctl.notices.channels import MailChannel
from labctl.notices.entries import Security
from labctl.notices.message import message
from labctl.notices.undelivered import Undelivered
from tests.labctl.notices.people import notice
from tests.labctl.notices.servers import HOST, PASSWORD, Mailbox, certificates, mail_server

TO = "ann@lab.example"
MESSAGE = message(notice(text="门已打开 & <open>"), "run-1", "zh")


def channel(
    port: int, security: Security = "none", *, password: str = "", ca: str = ""
) -> MailChannel:
    user = "labctl" if password else ""
    return MailChannel(HOST, port, security, "labctl@lab.example", user, password, ca)


def failed(one: MailChannel) -> Undelivered:
    with pytest.raises(Undelivered) as caught:
        one.deliver(MESSAGE, TO)
    return caught.value


def test_a_mail_arrives_whole() -> None:
    with mail_server(Mailbox()) as box:
        assert channel(box.port).deliver(MESSAGE, TO) == f"accepted by {HOST}:{box.port}"
    (mail,) = box.mails
    assert (mail["To"], mail["From"]) == (TO, "labctl@lab.example")
    assert mail["Subject"] == MESSAGE.subject
    assert mail.get_content().strip().splitlines() == MESSAGE.text.splitlines()
    assert mail["Date"] and mail["Message-ID"].endswith("@lab.example>")
    assert mail["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_mail_over_tls_with_a_password(tmp_path: Path, security: Security) -> None:
    made = certificates(tmp_path)
    context = {"tls" if security == "tls" else "starttls": made.server}
    with mail_server(Mailbox(), **context) as box:
        safe = channel(box.port, security, password=PASSWORD, ca=str(made.file))
        safe.deliver(MESSAGE, TO)
        assert len(box.mails) == 1
        wrong = failed(channel(box.port, security, password="wrong", ca=str(made.file)))
        assert wrong.final and "535" in wrong.text and "wrong" not in wrong.text
        unknown = failed(channel(box.port, security, password=PASSWORD))
        assert unknown.final and "certificate" in unknown.text.lower()
    assert len(box.mails) == 1


def test_a_server_without_tls_is_not_given_the_password() -> None:
    with mail_server(Mailbox()) as box:
        error = failed(channel(box.port, "starttls", password=PASSWORD))
    assert error.final and "STARTTLS" in error.text
    assert box.mails == []


@pytest.mark.parametrize(
    ("answer", "final"), [("451 later", False), ("550 no such person", True), ("554 no", True)]
)
def test_what_a_server_refuses(answer: str, final: bool) -> None:
    with mail_server(Mailbox(answer)) as box:
        error = failed(channel(box.port))
    assert answer in error.text and error.final is final


def test_nobody_is_there() -> None:
    with socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]
    assert not failed(channel(port)).final


def test_certificates_that_cannot_be_read(tmp_path: Path) -> None:
    with mail_server(Mailbox()) as box:
        error = failed(channel(box.port, "tls", ca=str(tmp_path / "none.pem")))
    assert error.final and "none.pem" in error.text
