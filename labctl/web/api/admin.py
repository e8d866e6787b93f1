"""Users, tokens and the audit log."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Query, Request, Response

from labctl.i18n import _
from labctl.web.access import TheHouse, actor, allowed
from labctl.web.accounts import User, canonical
from labctl.web.api.account import Account, account
from labctl.web.api.shapes import Changed, NewToken, NewUser, TokenRow
from labctl.web.audit import verify
from labctl.web.house import House
from labctl.web.problems import Problem, unknown
from labctl.web.roles import WORDS, Verb
from labctl.web.sessions import bearer_of
from labctl.web.tokens import DAY, Token

router = APIRouter(tags=["administration"])

Me = Annotated[User, Depends(allowed(Verb.OWN))]
Administrator = Annotated[User, Depends(allowed(Verb.USERS))]
Auditor = Annotated[User, Depends(allowed(Verb.AUDIT))]


@router.get("/users")
def users(house: TheHouse, user: Administrator) -> list[Account]:
    """All users who may log in."""
    return [account(one) for one in house.accounts.all() if one.active]


@router.post("/users", status_code=201)
def add(body: NewUser, request: Request, house: TheHouse, user: Administrator) -> Account:
    """Add a user."""
    detail = {"role": body.role}
    with house.acting(actor(request, user), "add user", canonical(body.name), detail):
        role = WORDS[body.role]
        made = house.accounts.add(body.name, role, body.password, body.shown, body.language)
    return account(made)


@router.patch("/users/{name}")
def change(
    name: str, body: Changed, request: Request, house: TheHouse, user: Administrator
) -> Account:
    """Another role, another password; then all sessions of that user end."""
    known = _known(house, name)
    detail = {"role": body.role, "password": body.password is not None}
    with house.acting(actor(request, user), "change user", known.name, detail):
        if body.role is not None:
            house.accounts.set_role(known.name, WORDS[body.role])
        if body.password is not None:
            house.accounts.set_password(known.name, body.password)
            house.sessions.end_all(known.name)
    return account(_known(house, name))


@router.delete("/users/{name}", status_code=204)
def remove(name: str, request: Request, house: TheHouse, user: Administrator) -> Response:
    """Let a user log in no more; the name stays in the records."""
    known = _known(house, name)
    with house.acting(actor(request, user), "remove user", known.name):
        house.remove(known.name)
    return Response(status_code=204)


@router.get("/me/tokens")
def own_tokens(house: TheHouse, user: Me) -> list[TokenRow]:
    """One's own tokens."""
    return [_row(one) for one in house.tokens.of(user.name)]


@router.post("/me/tokens", status_code=201)
def make_token(body: NewToken, request: Request, house: TheHouse, user: Me) -> TokenRow:
    """A new token; its secret is told now and never again. A token cannot make another one."""
    if bearer_of(request) is not None:
        raise Problem(403, _("a token makes no tokens"), remedy=_("log in"), kind="role")
    role = user.role if body.role is None else WORDS[body.role]
    detail = {"name": body.name, "days": body.days}
    with house.acting(actor(request, user), "make token", user.name, detail):
        made, secret = house.tokens.make(user, body.name, body.days * DAY, role)
    return _row(made, secret)


@router.delete("/me/tokens/{id}", status_code=204)
def revoke_own(id: str, request: Request, house: TheHouse, user: Me) -> Response:
    """End one of one's own tokens."""
    return _revoked(house, request, user, user.name, id)


@router.get("/users/{name}/tokens")
def tokens(name: str, house: TheHouse, user: Administrator) -> list[TokenRow]:
    """A user's tokens."""
    return [_row(one) for one in house.tokens.of(_known(house, name).name)]


@router.delete("/users/{name}/tokens/{id}", status_code=204)
def revoke(name: str, id: str, request: Request, house: TheHouse, user: Administrator) -> Response:
    """End a user's token."""
    return _revoked(house, request, user, _known(house, name).name, id)


@router.get("/audit")
def audit(
    house: TheHouse,
    user: Auditor,
    q: Annotated[str, Query(max_length=200)] = "",
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> list[dict[str, Any]]:
    """Lines of the audit log that hold the words `q`, newest first."""
    words = q.casefold().split()
    found = [
        one
        for one in reversed(list(house.audit.entries()))
        if all(w in f"{one.who} {one.action} {one.subject} {one.utc}".casefold() for w in words)
    ]
    return [msgspec.to_builtins(one) for one in found[offset : offset + limit]]


@router.get("/audit/check")
def check(house: TheHouse, user: Auditor) -> dict[str, Any]:
    """Whether the audit log holds, and else the first line that does not."""
    found = verify(house.settings.folder)
    return {"holds": found.holds, **msgspec.to_builtins(found)}


def _revoked(house: House, request: Request, user: User, name: str, id: str) -> Response:
    if id not in {one.id for one in house.tokens.of(name)}:
        raise unknown(f"token of {name}", id)
    with house.acting(actor(request, user), "revoke token", name, {"id": id}):
        house.tokens.revoke(name, id)
    return Response(status_code=204)


def _known(house: House, name: str) -> User:
    found = house.accounts.find(name)
    if found is None or not found.active:
        raise unknown("user", name)
    return found


def _row(token: Token, secret: str | None = None) -> TokenRow:
    return TokenRow.model_validate({
        **msgspec.to_builtins(token),
        "role": token.role.word,
        "secret": secret,
    })
