"""A prompt on the page of its run: shown, answered, refused.

The first answer counts. What is no answer is refused here, before the run hears of it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from nicegui import ui
from nicegui.element import Element

from labctl.asking.prompts import (
    Answer,
    ChoicePrompt,
    ConfirmPrompt,
    FilePrompt,
    NumberPrompt,
    Prompt,
    check,
)
from labctl.asking.reading import Refused
from labctl.asking.wording import hint
from labctl.control.client import ask
from labctl.control.messages import Asked, Reply
from labctl.errors import LabError
from labctl.i18n import N_, _
from labctl.report.notation import unit_text
from labctl.report.wording import duration
from labctl.web import handed
from labctl.web.access import address_of
from labctl.web.problems import Problem
from labctl.web.roles import Verb
from labctl.web.second import second_person
from labctl.words import said

if TYPE_CHECKING:
    from labctl.web.pages.lines import RunLine
    from labctl.web.pages.visit import Visit

WORDS = {
    "answer": N_("Answer"),
    "choose": N_("Choose one"),
    "second": N_("Second person: name"),
    "password": N_("Second person: password"),
    "picture": N_("the photo that is handed in"),
    "sending": N_("The file is being sent."),
    "sent": N_("The file is here. Press Answer."),
    "not_sent": N_("The file was not sent; choose it again."),
    "not_yours": N_("Your role does not allow to answer."),
}

PHOTO, FILE = N_("choose a photo"), N_("choose a file")


class PromptCard(Element, component="prompt.js"):
    """The form of one prompt."""

    def __init__(self, visit: Visit, line: RunLine, asked: Asked) -> None:
        super().__init__()
        self._visit = visit
        self._line = line
        self.asked = asked
        self._props["ask"] = shown(line.path.name, asked, allowed=visit.may(Verb.ANSWER))
        self._props["words"] = {name: _(text) for name, text in WORDS.items()}
        self.on("answer", visit.handler(self._answered))

    async def _answered(self, event: Any) -> None:
        given = {name: str(event.args.get(name) or "") for name in ("value", "second", "password")}
        try:
            answer = await self._answer(given)
            check(self.asked.prompt, answer)
            self.asked.prompt.read(answer.value)
        except Refused as refused:
            self.run_method("refuse", said(refused.why, _))
            return
        folder, number = self._line.path, self.asked.number

        async def work() -> None:
            await ask(folder, answer.who, Reply(number, answer))

        try:
            name = self.asked.prompt.name
            await self._visit.act(Verb.ANSWER, "answer", folder.name, work, prompt=name)
        except LabError as error:
            self.run_method("refuse", error.message)
            raise
        self.run_method("taken")

    async def _answer(self, given: dict[str, str]) -> Answer:
        """The answer as the run gets it; `Refused` where a file or a second person is none."""
        visit, prompt = self._visit, self.asked.prompt
        value, second = given["value"], ""
        if isinstance(prompt, FilePrompt):
            folder, run = visit.house.settings.folder, self._line.path.name
            kept = handed.find(folder, visit.user.name, run, value)
            if kept is None:
                raise Refused(N_("Choose a file first."))
            value = str(kept.path.resolve())
        if isinstance(prompt, ConfirmPrompt) and prompt.read(value):
            second = await self._second(given["second"], given["password"])
        return Answer(value, visit.user.shown, second)

    async def _second(self, name: str, password: str) -> str:
        """The name of the second person, whose own password it is."""
        house, user, address = self._visit.house, self._visit.user, address_of(self._visit.request)
        try:
            return await asyncio.to_thread(second_person, house, user, name, password, address)
        except Problem as problem:
            raise Refused(problem.detail) from problem


def shown(run: str, asked: Asked, *, allowed: bool) -> dict[str, Any]:
    """A prompt as its form gets it, in the current language."""
    prompt = asked.prompt
    return {
        "number": asked.number,
        # By the prompt's name: asked again, under another number, it finds what was typed before.
        "key": f"{run} {prompt.item} {prompt.name}",
        "kind": prompt.__struct_config__.tag,
        "text": said(prompt.text, _),
        "hint": _hint(prompt),
        "unit": unit_text(prompt.unit) if isinstance(prompt, NumberPrompt) else "",
        "refused": said(prompt.refused, _) if prompt.refused else "",
        "late": _late(prompt),
        "options": _options(prompt),
        "photo": isinstance(prompt, FilePrompt) and prompt.photo,
        "second": isinstance(prompt, ConfirmPrompt),
        "files": f"/api/v1/runs/{run}/files",
        "allowed": allowed,
    }


def _hint(prompt: Prompt) -> str:
    if isinstance(prompt, FilePrompt):
        return _(PHOTO) if prompt.photo else _(FILE)
    return hint(prompt)


def _late(prompt: Prompt) -> str:
    if prompt.timeout is None:
        return ""
    text = _("Without an answer within {time} it is taken to be: {safe}.")
    return text.format(time=duration(prompt.timeout), safe=prompt.safe or _("none"))


def _options(prompt: Prompt) -> list[dict[str, str]]:
    if isinstance(prompt, ChoicePrompt):
        return [{"value": option, "text": _(option)} for option in prompt.options]
    if isinstance(prompt, ConfirmPrompt):
        return [{"value": "yes", "text": _("Yes")}, {"value": "no", "text": _("No")}]
    return []


class Prompts:
    """The prompts of a run on one page, drawn anew as they come and go."""

    def __init__(self, visit: Visit, line: RunLine, place: ui.element) -> None:
        self._visit = visit
        self._line = line
        self._place = place
        self._cards: dict[int, PromptCard] = {}

    def refresh(self, gone: Callable[[Asked, Answer], Awaitable[None] | None]) -> None:
        """Show what is asked now; `gone` is told of each that somebody answered meanwhile."""
        for number in [n for n, c in self._cards.items() if self._line.asked.get(n) != c.asked]:
            self._place.remove(self._cards.pop(number))
            if number in self._line.answered:
                gone(*self._line.answered[number])
        for number, asked in sorted(self._line.asked.items()):
            if number not in self._cards:
                with self._place:
                    self._cards[number] = PromptCard(self._visit, self._line, asked)
