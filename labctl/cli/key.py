"""`labctl key new|list|trust`: keys by which bundles are signed, and the lab's list of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from labctl.cli.group import Command, Group
from labctl.cli.options import AsJson
from labctl.errors import UsageError
from labctl.i18n import N_, _

if TYPE_CHECKING:
    from labctl.keys import Authority, Listed

Name = Annotated[str, typer.Argument(metavar="NAME", help=N_("Name of the key's owner."))]
WithPassword = Annotated[
    bool, typer.Option("--password", help=N_("Lock it; asked for, or LABCTL_KEY_PASSWORD."))
]
PublicFile = Annotated[
    Path, typer.Argument(metavar="FILE", help=N_("A public key, or a certificate as PEM."))
]
AsRole = Annotated[str, typer.Option("--role", metavar="ROLE", help=N_("author or authoriser."))]
Begins = Annotated[
    str, typer.Option("--from", metavar="DATE", help=N_("First day on which it counts; today."))
]
Until = Annotated[
    str, typer.Option("--until", metavar="DATE", help=N_("Last day on which it counts."))
]


def new(name: Name, password: WithPassword = False, as_json: AsJson = False) -> None:
    """Make a private key for this user, and print its public half for the lab's list."""
    from labctl.cli.passwords import asked_twice
    from labctl.cli.streams import say, say_json
    from labctl.keys import make
    from labctl.keys.private import folder
    from labctl.keys.signing import fingerprint

    made = make(name, asked_twice() if password else "")
    public = _written(folder() / f"{name}.toml", made.name, made.public)
    if as_json:
        say_json({"name": name, "public_key": made.public, "file": str(public)})
        return
    say(_("key {name}, fingerprint {print}").format(name=name, print=fingerprint(made.public)))
    say(_("public half, for labctl key trust: {path}").format(path=public))


def listed(as_json: AsJson = False) -> None:
    """This user's private keys and the lab's list of keys."""
    from labctl.cli.streams import note, say, say_json
    from labctl.cli.table import lines
    from labctl.config import keys_list
    from labctl.keys import names, read_list
    from labctl.keys.signing import fingerprint

    where = keys_list()
    found = read_list(where)
    if as_json:
        rows = [_row(one) for one in (*found.keys, *found.authority)]
        say_json({"own": names(), "list": str(where), "keys": rows})
        return
    header = [_("name"), _("role"), _("fingerprint"), _("from"), _("until")]
    cells = [
        [one.name, one.role, fingerprint(one.public_key), one.begins, one.until]
        for one in found.keys
    ]
    cells += [[one.name, "authority", "", "", ""] for one in found.authority]
    for line in lines(header, cells):
        say(line.rstrip())
    own = ", ".join(names()) or _("none")
    note(_("list: {path}; keys of your own: {names}").format(path=where, names=own))


def trust(
    file: PublicFile,
    role: AsRole = "author",
    begins: Begins = "",
    until: Until = "",
    as_json: AsJson = False,
) -> None:
    """Put a public key, or the certificate of a time stamping authority, on the lab's list."""
    from labctl.cli.streams import say, say_json
    from labctl.config import keys_list
    from labctl.keys import keylist

    one = _offered(file, role, begins, until)
    where = keys_list()
    added = keylist.trust(where, one)
    if as_json:
        say_json({"list": str(where), "added": added, **_row(one)})
        return
    text = _("{name} is on the list {path} now") if added else _("{name} was on the list {path}")
    say(text.format(name=one.name, path=where))


def _offered(file: Path, role: str, begins: str, until: str) -> Listed | Authority:
    from labctl.keys.offered import offered

    if role not in ("author", "authoriser"):
        raise UsageError(
            _("unknown role {name!r}").format(name=role),
            remedy=_("use one of {choices}").format(choices="author, authoriser"),
        )
    return offered(file, role, begins, until)


def _written(path: Path, name: str, public: str) -> Path:
    from labctl.keys.offered import write_public

    return write_public(path, name, public)


def _row(one: Listed | Authority) -> dict[str, Any]:
    import msgspec

    return msgspec.to_builtins(one)


def group() -> typer.Typer:
    """The command `labctl key` with its own commands."""
    app = typer.Typer(cls=Group, rich_markup_mode=None, help=N_("Keys that sign bundles."))
    commands = (
        (new, "new", N_("Make a private key.")),
        (listed, "list", N_("List the keys.")),
        (trust, "trust", N_("Put a key on the lab's list.")),
    )
    for function, name, text in commands:
        app.command(name=name, help=text, cls=Command)(function)
    return app
