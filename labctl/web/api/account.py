"""Logging in and out, and one's own account."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, Field

from labctl.i18n import _
from labctl.web.access import TheHouse, actor, address_of, allowed
from labctl.web.accounts import User
from labctl.web.problems import Problem
from labctl.web.roles import Verb, may
from labctl.web.sessions import cookie_of, drop_cookie, set_cookie

router = APIRouter(tags=["account"])

Me = Annotated[User, Depends(allowed(Verb.OWN))]
Words = Annotated[str, Field(max_length=256)]


class Credentials(BaseModel):
    """A name and its password."""

    name: Words
    password: Words


class Account(BaseModel):
    """A user; `may` lists what the role allows."""

    name: str
    shown: str
    role: Literal["viewer", "technician", "engineer", "administrator"]
    language: Literal["en", "zh"]
    may: list[str]


class Profile(BaseModel):
    """The name that people read, and the language of the pages."""

    shown: Words
    language: Literal["en", "zh"]


class NewPassword(BaseModel):
    """Another password, and the one before."""

    old: Words
    new: Words


def account(user: User) -> Account:
    """`user` as the API tells it."""
    verbs = [verb.value for verb in Verb if may(user.role, verb)]
    return Account.model_validate({
        "name": user.name,
        "shown": user.shown,
        "role": user.role.word,
        "language": user.language,
        "may": verbs,
    })


@router.post("/login")
def log_in(body: Credentials, request: Request, response: Response, house: TheHouse) -> Account:
    """Begin a session: its cookie comes with the answer."""
    found = house.check_password(body.name, body.password, address_of(request))
    if not isinstance(found, User):
        raise wrong_password(found)
    house.audit.note(actor(request, found), "login", found.name)
    old = cookie_of(request)
    if old:
        house.sessions.end(old)
    secret = house.sessions.begin(found, address_of(request))
    set_cookie(response, house.settings, secret)
    return account(found)


@router.post("/logout", status_code=204)
def log_out(request: Request, house: TheHouse) -> Response:
    """End this session."""
    secret = cookie_of(request)
    user = house.sessions.who(secret) if secret else None
    if user is not None:
        house.audit.note(actor(request, user), "logout", user.name)
        house.sessions.end(secret)
    response = Response(status_code=204)
    drop_cookie(response, house.settings)
    return response


@router.get("/me")
def me(user: Me) -> Account:
    """Who asks."""
    return account(user)


@router.patch("/me")
def change_me(body: Profile, user: Me, request: Request, house: TheHouse) -> Account:
    """Another name to be read, another language."""
    with house.acting(actor(request, user), "set profile", user.name, body.model_dump()):
        return account(house.accounts.set_shown(user.name, body.shown, body.language))


@router.put("/me/password", status_code=204)
def change_password(body: NewPassword, user: Me, request: Request, house: TheHouse) -> Response:
    """Another password; all other sessions of this user end."""
    found = house.check_password(user.name, body.old, address_of(request))
    if not isinstance(found, User):
        raise wrong_password(found)
    with house.acting(actor(request, user), "set password", user.name):
        house.accounts.set_password(user.name, body.new)
        house.sessions.end_all(user.name, cookie_of(request))
    return Response(status_code=204)


def wrong_password(wait: float) -> Problem:
    """Why nobody is logged in: 429 where the next try has to wait for `wait` in s, else 401."""
    if wait > 0:
        seconds = int(wait) + 1
        return Problem(
            429,
            _("too many wrong passwords; the next is looked at in {seconds} s").format(
                seconds=seconds
            ),
            remedy=_("wait, and then try again"),
            kind="login",
            headers={"Retry-After": str(seconds)},
        )
    return Problem(
        401,
        _("name or password is wrong"),
        remedy=_("try again; an administrator can set another password"),
        kind="login",
        headers={"WWW-Authenticate": "Bearer"},
    )
