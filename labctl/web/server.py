"""The server itself: the application on a port, with TLS or behind a proxy."""

from __future__ import annotations

import logging
import ssl
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager

import uvicorn

from labctl.errors import UsageError
from labctl.web.app import app_of
from labctl.web.house import House
from labctl.web.pages import mount
from labctl.web.settings import Settings, check

LEAVING = 3
"""Seconds in which streams are closed when the server ends."""


def address(settings: Settings) -> str:
    """Where a browser on this machine finds the server."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    scheme = "https" if settings.cert is not None else "http"
    return f"{scheme}://{host}:{settings.port}/"


@contextmanager
def prepared(settings: Settings) -> Generator[Callable[[], None]]:
    """What serves until interrupted; `UsageError` where that would be unsafe, or cannot be."""
    with closing(House(settings)) as house:
        check(settings, has_administrator=house.accounts.has_administrator())
        server = uvicorn.Server(_config(house))

        def run() -> None:
            try:
                server.run()
            except SystemExit as error:
                raise UsageError(
                    f"{address(settings)} cannot be served",
                    remedy="see whether another program listens there, or choose another --port",
                ) from error

        yield run


def _config(house: House) -> uvicorn.Config:
    settings, app = house.settings, app_of(house)
    mount(app, house)
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        log_level=logging.WARNING,
        server_header=False,
        proxy_headers=bool(settings.proxies),
        forwarded_allow_ips=list(settings.proxies),
        timeout_graceful_shutdown=LEAVING,
        ssl_certfile=settings.cert,
        ssl_keyfile=settings.key,
    )
    try:
        config.load()
    except (OSError, ssl.SSLError) as error:
        raise UsageError(
            f"the certificate or its key cannot be used: {error}",
            address=str(settings.cert),
            remedy="give a certificate chain and its key as PEM files",
        ) from error
    return config
