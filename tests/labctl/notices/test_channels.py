"""Webhooks over a real server on loopback."""

from __future__ import annotations

import socket
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from labctl.notices.channels import WebhookChannel
from labctl.notices.entries import Shape
from labctl.notices.message import message
from labctl.notices.shapes import signed
from labctl.notices.undelivered import Undelivered
from tests.labctl.notices.people import notice
from tests.labctl.notices.servers import HOST, Hook, certificates, web_server

MESSAGE = message(notice(text="门已打开"), "run-1", "zh")
OK = (200, '{"errcode":0,"errmsg":"ok"}', {})


def failed(one: WebhookChannel) -> Undelivered:
    with pytest.raises(Undelivered) as caught:
        one.deliver(MESSAGE, "")
    assert "k-secret" not in f"{caught.value} {one!r}"
    return caught.value


@pytest.mark.parametrize(
    ("shape", "answer"), [("wecom", OK), ("dingtalk", OK), ("slack", (200, "ok", {}))]
)
def test_a_robot_is_told(shape: Shape, answer: tuple[int, str, dict[str, str]]) -> None:
    with web_server(Hook([answer])) as hook:
        assert WebhookChannel(shape, hook.url).deliver(MESSAGE, "") == answer[1]
    ((path, document),) = hook.given
    assert path == "/hook?key=k-secret"
    text = document["text"] if shape == "slack" else document["text"]["content"]
    assert text == MESSAGE.text


def test_dingtalk_is_signed_anew_each_time() -> None:
    with web_server(Hook([OK])) as hook:
        robot = WebhookChannel("dingtalk", hook.url, secret="SEC1")
        robot.deliver(MESSAGE, "")
    query = parse_qs(urlsplit(hook.given[0][0]).query)
    stamp = int(query["timestamp"][0])
    assert query["key"] == ["k-secret"]
    assert query == parse_qs(urlsplit(signed(hook.url, "SEC1", stamp / 1000)).query)


def test_an_own_template() -> None:
    with web_server(Hook([(204, "", {})])) as hook:
        own = WebhookChannel("template", hook.url, template={"alarm": "{kind}", "body": ["{text}"]})
        assert own.deliver(MESSAGE, "") == "2xx"
    assert hook.given[0][1] == {"alarm": "hold", "body": ["门已打开"]}


def test_over_tls(tmp_path: Path) -> None:
    made = certificates(tmp_path)
    with web_server(Hook([OK]), made.server) as hook:
        WebhookChannel("wecom", hook.url, ca=str(made.file)).deliver(MESSAGE, "")
        error = failed(WebhookChannel("wecom", hook.url))
    assert error.final and "CERTIFICATE_VERIFY_FAILED" in error.text
    assert len(hook.given) == 1


@pytest.mark.parametrize(
    ("answer", "final", "wait"),
    [
        ((200, '{"errcode":93000,"errmsg":"invalid"}', {}), True, 0.0),
        ((200, '{"errcode":45009,"errmsg":"limit"}', {}), False, 0.0),
        ((404, "no_service", {}), True, 0.0),
        ((429, "rate_limited", {"Retry-After": "30"}), False, 30.0),
        ((429, "rate_limited", {"Retry-After": "1000000"}), False, 600.0),
        ((500, "oops", {}), False, 0.0),
        ((302, "", {"Location": "http://192.0.2.1/"}), True, 0.0),
    ],
)
def test_what_a_robot_refuses(
    answer: tuple[int, str, dict[str, str]], final: bool, wait: float
) -> None:
    with web_server(Hook([answer])) as hook:
        error = failed(WebhookChannel("wecom", hook.url))
    assert (error.final, error.wait) == (final, wait)
    assert len(hook.given) == 1


def test_nobody_is_there() -> None:
    with socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]
    error = failed(WebhookChannel("slack", f"http://{HOST}:{port}/k-secret"))
    assert not error.final and HOST in error.text


def test_who_speaks_no_http() -> None:
    with socket.create_server((HOST, 0)) as listener:
        listener.settimeout(5.0)
        import threading

        def answer() -> None:
            line, _ = listener.accept()
            with line:
                line.recv(65536)
                line.sendall(b"SSH-2.0-OpenSSH\r\n\r\n")

        thread = threading.Thread(target=answer)
        thread.start()
        error = failed(WebhookChannel("slack", f"http://{HOST}:{listener.getsockname()[1]}/x"))
        thread.join()
    assert not error.final
