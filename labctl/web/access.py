"""Dependencies of the API: the house, who asks, and whether that one may."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, TypeAlias

from fastapi import Depends, Request

from labctl.i18n import _
from labctl.web.accounts import User
from labctl.web.audit import Actor
from labctl.web.house import House
from labctl.web.problems import Problem
from labctl.web.roles import LEAST, MEANS, NAMES, Verb, may
from labctl.web.sessions import house_of, who


def the_house(request: Request) -> House:
    """The house that serves."""
    return house_of(request)


def somebody(request: Request) -> User:
    """Who asks; 401 for nobody."""
    user = who(request)
    if user is None:
        raise Problem(
            401,
            _("nobody is logged in"),
            remedy=_("log in, or send a token: Authorization: Bearer ..."),
            kind="login",
            headers={"WWW-Authenticate": "Bearer"},
        )
    return user


TheHouse: TypeAlias = Annotated[House, Depends(the_house)]


def allowed(verb: Verb) -> Callable[[Request], User]:
    """A dependency: who asks, where that one may do `verb`; else 403."""

    def check(request: Request) -> User:
        user = somebody(request)
        require(user, verb)
        return user

    return check


def require(user: User, verb: Verb) -> None:
    """403 where `user` may not do `verb`."""
    if not may(user.role, verb):
        raise Problem(
            403,
            _("a {role} may not {what}").format(role=_(NAMES[user.role]), what=_(MEANS[verb])),
            remedy=_("ask one who is at least: {role}").format(role=_(NAMES[LEAST[verb]])),
            kind="role",
        )


def address_of(request: Request) -> str:
    """The network address that `request` comes from; behind a proxy that is named, the client's."""
    return request.client.host if request.client else ""


def actor(request: Request, user: User) -> Actor:
    """`user` as the audit log names who acts."""
    return Actor(user.name, user.role.word, address_of(request))
