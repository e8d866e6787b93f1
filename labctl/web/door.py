"""What every request passes first: size, origin, and the headers of every answer.

A request that changes something and carries a session's cookie must come from our own pages: its
`Origin` is ours, or the browser says `same-origin` of it. A web socket is such a request, too.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from labctl.i18n import Language, _, language_of, using
from labctl.web.house import House
from labctl.web.problems import Problem, answer
from labctl.web.sessions import HOUSE, bearer_of, cookie_of, who

SAFE = ("GET", "HEAD", "OPTIONS")
API = "/api/"
UPLOADS = "/files"
"""How the path of an upload ends."""

PAGES = "; ".join((
    "default-src 'self'",
    # The pages' framework compiles its templates in the browser.
    "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'self'",
))
"""Content security policy of pages: no host but our own."""

DATA = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
"""That of the API."""

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(), geolocation=(), usb=(), serial=()",
}

_Inner: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]


class Door:
    """Wraps the whole application `app` of `house`, pages included."""

    def __init__(self, app: ASGIApp, house: House) -> None:
        self._app = app
        self._house = house

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        scope[HOUSE] = self._house
        request = HTTPConnection(scope)
        if scope["type"] == "websocket":
            await self._socket(request, receive, send)
            return
        told = _Told(send, self._headers(request))
        try:
            with using(self._language(request)):
                self._check_origin(request)
                inward = _Counted(receive, self._most(request))
                inward.check(request)
                await self._app(scope, inward, told)
        except Problem as problem:
            if told.begun:
                raise
            await answer(problem)(scope, receive, told)

    async def _socket(self, request: HTTPConnection, receive: Receive, send: Send) -> None:
        if is_ours(request, self._house) is False:
            await send({"type": "websocket.close", "code": 1008, "reason": "another origin"})
            return
        await self._app(request.scope, receive, send)

    def _check_origin(self, request: HTTPConnection) -> None:
        if request.scope["method"] in SAFE or bearer_of(request) is not None:
            return
        ours = is_ours(request, self._house)
        if ours is False or (ours is None and cookie_of(request)):
            raise Problem(
                403,
                _("the request comes from another site"),
                remedy=_("use our own pages, or a token"),
                kind="origin",
            )

    def _language(self, request: HTTPConnection) -> Language:
        """That of the user; of nobody, or of a page, which sees to it itself, the browser's."""
        user = who(request) if request.url.path.startswith(API) else None
        return user.language if user else language_of(request.headers.get("accept-language", ""))

    def _most(self, request: HTTPConnection) -> int:
        path, settings = request.url.path, self._house.settings
        small = path.startswith(API) and not path.endswith(UPLOADS)
        return settings.body if small else settings.upload

    def _headers(self, request: HTTPConnection) -> dict[str, str]:
        api = request.url.path.startswith(API)
        found = {**HEADERS, "Content-Security-Policy": DATA if api else PAGES}
        if api:
            found["Cache-Control"] = "no-store"
        if self._house.settings.secure:
            found["Strict-Transport-Security"] = "max-age=31536000"
        return found


def is_ours(request: HTTPConnection, house: House) -> bool | None:
    """Whether `request` comes from one of our own pages; None where nothing says so."""
    origin = request.headers.get("origin")
    if origin is not None:
        secure = house.settings.secure or request.url.scheme in ("https", "wss")
        ours = f"{'https' if secure else 'http'}://{request.headers.get('host', '')}"
        return origin.casefold() == ours.casefold()
    site = request.headers.get("sec-fetch-site")
    return None if site is None else site in ("same-origin", "none")


class _Told:
    """Sends an answer with our headers, where it does not have its own."""

    def __init__(self, send: Send, headers: dict[str, str]) -> None:
        self.begun = False
        self._send = send
        self._headers = headers

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            headers = MutableHeaders(scope=message)
            for name, value in self._headers.items():
                headers.setdefault(name, value)
        await self._send(message)


class _Counted:
    """Receives a body of at most `most` bytes."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive = receive
        self._most = most
        self._came = 0

    def check(self, request: HTTPConnection) -> None:
        """`Problem` where it says itself that it is too large."""
        stated = request.headers.get("content-length", "0")
        if stated.isdecimal() and int(stated) > self._most:
            raise self._too_large()

    async def __call__(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.request":
            self._came += len(message.get("body", b""))
            if self._came > self._most:
                problem = self._too_large()
                # Whoever reads a body lets this kind of exception through.
                raise HTTPException(problem.status, problem.detail, problem.headers)
        return message

    def _too_large(self) -> Problem:
        text = _("the request has more than {most} bytes").format(most=self._most)
        return Problem(413, text, remedy=_("send less"), headers={"Connection": "close"})
