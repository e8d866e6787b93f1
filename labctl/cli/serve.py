"""`labctl serve`: the web console and its API."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from labctl.cli.options import AsJson, RunsFolder
from labctl.errors import UsageError
from labctl.i18n import N_, _

Host = Annotated[
    str, typer.Option("--host", metavar="HOST", help=N_("Address to listen on; this machine."))
]
Port = Annotated[int, typer.Option("--port", metavar="N", min=1, max=65535, help=N_("TCP port."))]
Cert = Annotated[
    Path | None, typer.Option("--cert", metavar="FILE", help=N_("Certificate chain for TLS, PEM."))
]
Key = Annotated[
    Path | None, typer.Option("--key", metavar="FILE", help=N_("Private key for TLS, PEM."))
]
Proxy = Annotated[
    list[str] | None,
    typer.Option(
        "--proxy", metavar="ADDRESS", help=N_("A proxy with TLS whose X-Forwarded is believed.")
    ),
]
Plain = Annotated[
    bool, typer.Option("--plain", help=N_("Listen to others without TLS, passwords in the clear."))
]


def serve(
    host: Host = "127.0.0.1",
    port: Port = 8080,
    cert: Cert = None,
    key: Key = None,
    proxy: Proxy = None,
    plain: Plain = False,
    folder: RunsFolder = None,
    as_json: AsJson = False,
) -> None:
    """Serve the console and its API until interrupted; no run depends on it."""
    needed()
    from dataclasses import replace

    from labctl.cli.streams import note, say_json
    from labctl.web.configured import settings
    from labctl.web.server import address, prepared

    proxies = tuple(proxy or ())
    wanted = replace(
        settings(folder),
        host=host,
        port=port,
        cert=cert,
        key=key,
        proxies=proxies,
        plain=plain,
    )
    with prepared(wanted) as run:
        if as_json:
            say_json({"url": address(wanted), "folder": str(wanted.folder)})
        else:
            note(_("labctl at {url}; Ctrl-C ends it").format(url=address(wanted)))
        run()


def needed() -> None:
    """`UsageError` where the libraries of the web server are not installed."""
    from importlib.util import find_spec

    if any(find_spec(name) is None for name in ("argon2", "fastapi", "nicegui", "uvicorn")):
        raise UsageError(
            _("the web server's libraries are not installed"),
            remedy='python -m pip install "labctl-hil[web]"',
        )
