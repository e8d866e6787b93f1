"""`labctl user add|list|role|password|remove`: who may use the web console and its API."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from labctl.cli.group import Command, Group
from labctl.cli.options import AsJson
from labctl.errors import UsageError
from labctl.i18n import N_, _

if TYPE_CHECKING:
    from labctl.web.house import House
    from labctl.web.roles import Role

Name = Annotated[str, typer.Argument(metavar="NAME", help=N_("Name to log in with."))]
RoleWord = Annotated[
    str,
    typer.Option(
        "--role", metavar="ROLE", help=N_("viewer, technician, engineer or administrator.")
    ),
]
NewRole = Annotated[
    str,
    typer.Argument(metavar="ROLE", help=N_("viewer, technician, engineer or administrator.")),
]
Shown = Annotated[
    str, typer.Option("--shown", metavar="NAME", help=N_("Name in records; else the same."))
]


def add(
    name: Name, role: RoleWord = "technician", shown: Shown = "", as_json: AsJson = False
) -> None:
    """Add a user, whose password is asked for."""
    from labctl.cli.streams import say, say_json
    from labctl.i18n import current

    as_role = _role(role)
    with _house() as house:
        password = _new_password()
        with _acting(house, "add user", name, {"role": role}):
            user = house.accounts.add(name, as_role, password, shown, current())
    if as_json:
        say_json({"name": user.name, "shown": user.shown, "role": user.role.word})
    else:
        say(_("{name} is a user now: {role}").format(name=user.name, role=user.role.word))


def listed(as_json: AsJson = False) -> None:
    """List the users."""
    from labctl.cli.streams import note, say, say_json
    from labctl.cli.table import lines
    from labctl.web.roles import NAMES

    with _house() as house:
        found, where = house.accounts.all(), house.settings.folder
    if as_json:
        rows = [
            {"name": u.name, "shown": u.shown, "role": u.role.word, "active": u.active}
            for u in found
        ]
        say_json(rows)
        return
    cells = [[u.name, u.shown, _(NAMES[u.role]), "" if u.active else _("removed")] for u in found]
    for line in lines([_("name"), _("shown as"), _("role"), ""], cells):
        say(line.rstrip())
    note(_("{count} users in {folder}").format(count=len(found), folder=where))


def role(name: Name, new: NewRole) -> None:
    """Give a user another role; sessions and tokens have it at once."""
    from labctl.cli.streams import say

    as_role = _role(new)
    with _house() as house, _acting(house, "set role", name, {"role": new}):
        user = house.accounts.set_role(name, as_role)
    say(_("{name} is now: {role}").format(name=user.name, role=user.role.word))


def password(name: Name) -> None:
    """Give a user another password; all sessions of that user end."""
    from labctl.cli.streams import say

    with _house() as house:
        new = _new_password()
        with _acting(house, "set password", name, {}):
            house.accounts.set_password(name, new)
            house.sessions.end_all(name.casefold())
    say(_("{name} has another password").format(name=name))


def remove(name: Name) -> None:
    """Let a user log in no more; sessions and tokens end, the name stays in the records."""
    from labctl.cli.streams import say

    with _house() as house, _acting(house, "remove user", name, {}):
        house.remove(name)
    say(_("{name} may not log in any more").format(name=name))


@contextmanager
def _house() -> Generator[House]:
    from labctl.cli.serve import needed

    needed()
    from labctl.web.configured import settings
    from labctl.web.house import House

    house = House(settings())
    try:
        yield house
    finally:
        house.close()


def _acting(
    house: House, action: str, name: str, detail: dict[str, str]
) -> AbstractContextManager[None]:
    """The audit log has what is done inside the `with` block."""
    from labctl.cli.perform import user
    from labctl.web.audit import Actor

    return house.acting(Actor(user(), "terminal"), action, name.casefold(), detail)


def _role(word: str) -> Role:
    from labctl.web.roles import WORDS

    if word not in WORDS:
        raise UsageError(
            _("unknown role {name!r}").format(name=word),
            remedy=_("use one of {choices}").format(choices=", ".join(WORDS)),
        )
    return WORDS[word]


def _new_password() -> str:
    from labctl.cli.passwords import USER_VARIABLE, asked_twice

    return asked_twice(USER_VARIABLE, _("password: "))


def group() -> typer.Typer:
    """The command `labctl user` with its own commands."""
    app = typer.Typer(cls=Group, rich_markup_mode=None, help=N_("Users of the web console."))
    commands = (
        (add, "add", N_("Add a user.")),
        (listed, "list", N_("List the users.")),
        (role, "role", N_("Give a user another role.")),
        (password, "password", N_("Give a user another password.")),
        (remove, "remove", N_("Let a user log in no more.")),
    )
    for function, name, text in commands:
        app.command(name=name, help=text, cls=Command)(function)
    return app
