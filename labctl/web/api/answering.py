"""Answering prompts, handing in files, correcting answers."""

from __future__ import annotations

import asyncio
from typing import Annotated

import msgspec
from fastapi import APIRouter, Body, Depends, Query, Request

from labctl.asking import afterwards, prompts
from labctl.asking.amending import Act
from labctl.asking.prompts import Answer, FilePrompt, Prompt, stored_prompt
from labctl.asking.reading import Refused
from labctl.control.messages import Give, Reply
from labctl.i18n import _
from labctl.journal.superseded import answers
from labctl.orders import Amend
from labctl.web import handed, live, promptids
from labctl.web.access import TheHouse, actor, address_of, allowed, require
from labctl.web.accounts import User
from labctl.web.api.ordering import superseded
from labctl.web.api.shapes import Amended, Done, Given, Handed, Second
from labctl.web.house import House
from labctl.web.problems import Problem, unknown
from labctl.web.roles import Verb
from labctl.web.second import second_person
from labctl.web.shelf import item_of, journal_of, run_folder
from labctl.words import said

router = APIRouter(tags=["prompts"])

Answerer = Annotated[User, Depends(allowed(Verb.ANSWER))]


@router.post("/runs/{run}/files", status_code=201)
async def hand_in(
    run: str,
    name: Annotated[str, Query(min_length=1, max_length=200)],
    data: Annotated[bytes, Body(media_type="application/octet-stream")],
    request: Request,
    house: TheHouse,
    user: Answerer,
) -> Handed:
    """Hand in a file or photo; its id is the answer to a prompt that asks for one."""
    folder = run_folder(house, run)
    detail = {"name": handed.safe_name(name), "size": len(data)}
    with house.acting(actor(request, user), "hand in", run, detail):
        kept = await asyncio.to_thread(
            handed.keep, house.settings.folder, user.name, folder.name, name, data
        )
    about = kept.about
    return Handed(file=kept.id, name=about.name, size=about.size, sha256=about.sha256)


@router.post("/runs/{run}/prompts/{id}")
async def answer(
    run: str, id: str, body: Given, request: Request, house: TheHouse, user: Answerer
) -> Done:
    """Answer a prompt. The first answer counts; the next gets 409 and who gave it."""
    folder = run_folder(house, run)
    board = await live.board(folder, user.shown)
    asked = promptids.find(board, id)
    if asked is None:
        raise _too_late(house, run, id)
    value = _value(house, user, folder.name, asked.prompt, body.value, body.file)
    second = await asyncio.to_thread(_second, house, request, user, body.second)
    reply = Answer(value, user.shown, second)
    _check(asked.prompt, reply)
    detail = {"prompt": asked.prompt.name, "item": asked.prompt.item, "value": body.value}
    detail |= {"file": body.file, "second": second}
    with house.acting(actor(request, user), "answer", run, detail):
        try:
            await live.told(folder, user.shown, Reply(asked.number, reply))
        except Problem as problem:
            raise _too_late(house, run, id, problem.detail) from problem
    house.answered(run, id, user.shown)
    return Done(run=run, ordered=True, detail={"who": user.shown})


@router.post("/runs/{run}/amend")
async def amend(
    run: str,
    body: Amended,
    request: Request,
    house: TheHouse,
    user: Annotated[User, Depends(allowed(Verb.AMEND))],
) -> Done:
    """Correct the answer to a prompt; evidence and verdict are made again."""
    if body.accept:
        require(user, Verb.ACCEPT)
    folder = run_folder(house, run)
    prompt = _asked_before(house, run, body)
    value = _value(house, user, folder.name, prompt, body.value, body.file)
    second = await asyncio.to_thread(_second, house, request, user, body.second)
    act = Act(body.item, body.subject, body.reason, user.shown, second)
    order = Amend(body.item, body.subject, value, body.reason, user.shown, second)
    detail = body.model_dump(exclude={"second"}) | {"second": second}
    with house.acting(actor(request, user), "amend", run, detail):
        return await superseded(
            folder,
            user,
            order_of=Give(order),
            do=lambda: afterwards.amend(folder, act, value, body.accept),
        )


def _asked_before(house: House, run: str, body: Amended) -> Prompt:
    with journal_of(run_folder(house, run)) as reader:
        number, _id = item_of(reader, run, body.item)
        found = [one for one in answers(reader, number) if one.prompt == body.subject]
    if not found:
        raise unknown(f"answer of item {body.item}", body.subject)
    return stored_prompt(found[-1].question)


def _value(house: House, user: User, run: str, prompt: Prompt, value: str, file: str | None) -> str:
    """What the run is told: for a file the path of one that was handed in, never a path that a
    client names, since the server reads what it names."""
    if not isinstance(prompt, FilePrompt):
        return value
    kept = handed.find(house.settings.folder, user.name, run, file) if file else None
    if kept is None:
        raise Problem(
            422,
            _("this prompt asks for a file"),
            remedy=_("hand it in first, and answer with its id: file"),
            kind="operator",
        )
    return str(kept.path.resolve())


def _second(house: House, request: Request, user: User, second: Second | None) -> str:
    """The name of the second person, who is another one and knows the password of that one."""
    if second is None:
        return ""
    return second_person(house, user, second.name, second.password, address_of(request))


def _check(prompt: Prompt, reply: Answer) -> None:
    """422 where the answer is none, with what the terminal would say."""
    try:
        prompts.check(prompt, reply)
        prompt.read(reply.value)
    except Refused as refused:
        remedy = msgspec.to_builtins(prompt).get("kind", "")
        text = said(refused.why, _)
        raise Problem(422, text, kind="operator", remedy=f"{_('asked for')}: {remedy}") from refused


def _too_late(house: House, run: str, id: str, why: str = "") -> Problem:
    """409 where somebody was faster, 404 where nobody ever asked it."""
    who = house.who_answered(run, id)
    if who is None and not why:
        return unknown(f"open prompt of {run}", id)
    text = _("{who} has answered it already").format(who=who) if who else why
    remedy = _("correct the answer by amend, if it is wrong")
    return Problem(409, text, who=who, remedy=remedy, kind="operator")
