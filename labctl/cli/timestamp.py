"""`labctl timestamp`: an RFC 3161 time stamp on a bundle."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from labctl.cli.options import AsJson
from labctl.errors import UsageError
from labctl.i18n import N_, _

Bundle = Annotated[
    Path, typer.Argument(metavar="PATH", help=N_("A bundle: its folder or its .zip."))
]
Url = Annotated[
    str | None, typer.Option("--tsa", metavar="URL", help=N_("A time stamping authority."))
]
TokenFile = Annotated[
    Path | None,
    typer.Option("--token", metavar="FILE", help=N_("A time stamp that was obtained elsewhere.")),
]
RequestFile = Annotated[
    Path | None,
    typer.Option("--request", metavar="FILE", help=N_("Write the request, to be sent elsewhere.")),
]


def timestamp(
    path: Bundle,
    tsa: Url = None,
    token: TokenFile = None,
    request: RequestFile = None,
    as_json: AsJson = False,
) -> None:
    """Put a time stamp on a bundle: obtained from an authority, or obtained elsewhere."""
    from labctl.bundle import stamping

    if sum(one is not None for one in (tsa, token, request)) != 1:
        raise UsageError(_("give one of --tsa, --token and --request"))
    if not path.exists():
        raise UsageError(_("there is no bundle {path}").format(path=path))
    if request is not None:
        _request(path, request, as_json)
        return
    if token is not None:
        data = _read(token)
    else:
        assert tsa is not None
        data = stamping.obtain(tsa, stamping.manifest_of(path))
    _put(path, data, as_json)


def _put(path: Path, data: bytes, as_json: bool) -> None:
    import msgspec

    from labctl.bundle import stamping
    from labctl.cli.streams import note, say, say_json
    from labctl.config import keys_list
    from labctl.keys import read_list

    found = stamping.stamp(path, data, read_list(keys_list()).authority)
    if as_json:
        say_json({"path": str(path), **msgspec.to_builtins(found)})
        return
    say(_("time stamp of {utc} on {path}").format(utc=found.utc, path=path))
    if not found.by:
        note(_("NOT BELIEVED YET: {why}; labctl key trust FILE").format(why=found.why))


def _request(path: Path, output: Path, as_json: bool) -> None:
    from labctl.bundle import stamping, tokens
    from labctl.cli.streams import say, say_json

    try:
        output.write_bytes(tokens.request(stamping.manifest_of(path)).data)
    except OSError as error:
        raise UsageError(f"{output}: {error.strerror}") from error
    if as_json:
        say_json({"path": str(path), "request": str(output)})
    else:
        say(str(output))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
