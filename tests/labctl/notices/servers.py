"""Real servers on loopback: for mail, and for webhooks. Certificates are made for the test."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

HOST = "127.0.0.1"
PASSWORD = "right"


@dataclass
class Certificates:
    """An authority of its own: `server` for servers on 127.0.0.1, its certificate in `file`."""

    file: Path
    server: ssl.SSLContext


def certificates(folder: Path) -> Certificates:
    authority = trustme.CA()
    file = folder / "authority.pem"
    authority.cert_pem.write_to_path(str(file))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(HOST).configure_cert(server)
    return Certificates(file, server)


@dataclass
class Mailbox:
    """What a mail server took; `answer` is what it says to a message."""

    answer: str = "250 taken"
    mails: list[EmailMessage] = field(default_factory=list[EmailMessage])
    port: int = 0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if not self.answer.startswith("250"):
            return self.answer
        content = envelope.content
        assert isinstance(content, bytes)
        mail = message_from_bytes(content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        return self.answer


def _login(*arguments: object) -> AuthResult:
    given = arguments[-1]
    assert isinstance(given, LoginPassword)
    # Not handled: the server itself is to answer.
    return AuthResult(success=given.password == PASSWORD.encode("utf-8"), handled=False)


class _TlsController(Controller):
    """Finds out whether it is up by a client that trusts any certificate."""

    def _trigger_server(self) -> None:
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        with (
            socket.create_connection((self.hostname, self.port), 5.0) as plain,
            context.wrap_socket(plain) as line,
        ):
            line.recv(100)


@contextmanager
def mail_server(
    box: Mailbox, tls: ssl.SSLContext | None = None, starttls: ssl.SSLContext | None = None
) -> Generator[Mailbox]:
    """A mail server for `box`, with TLS from the start, after STARTTLS, or none."""
    secure = tls is not None or starttls is not None
    controller = (Controller if tls is None else _TlsController)(
        box,
        hostname=HOST,
        port=_free_port(),
        ssl_context=tls,
        tls_context=starttls,
        require_starttls=starttls is not None,
        authenticator=_login if secure else None,
        # It knows of no TLS but that of STARTTLS, and warns of a password it must have without.
        auth_required=starttls is not None,
        auth_require_tls=tls is None,
    )
    controller.start()
    box.port = controller.port
    try:
        yield box
    finally:
        controller.stop()


def _free_port() -> int:
    with socket.create_server((HOST, 0)) as taken:
        return taken.getsockname()[1]


@dataclass
class Hook:
    """What a webhook was given; it gives `answers` in turn, the last again and again."""

    answers: list[tuple[int, str, dict[str, str]]]
    given: list[tuple[str, Any]] = field(default_factory=list[tuple[str, Any]])
    url: str = ""


@contextmanager
def web_server(hook: Hook, tls: ssl.SSLContext | None = None) -> Generator[Hook]:
    """A web server that keeps what is posted in `hook`."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            data = self.rfile.read(int(self.headers["Content-Length"]))
            hook.given.append((self.path, json.loads(data)))
            code, text, headers = hook.answers[min(len(hook.given), len(hook.answers)) - 1]
            self.send_response(code)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(text.encode("utf-8"))

        def log_message(self, format: str, *args: Any) -> None:
            """Quiet."""

    with ThreadingHTTPServer((HOST, 0), Handler) as server:
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        scheme = "http" if tls is None else "https"
        hook.url = f"{scheme}://{HOST}:{server.server_address[1]}/hook?key=k-secret"
        try:
            yield hook
        finally:
            server.shutdown()
            thread.join()
