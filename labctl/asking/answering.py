"""Who answers the prompts of an item: its sheet, a script, the simulated operator, or a person."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from labctl.asking.prompts import Answer, ConfirmPrompt, Prompt, check
from labctl.asking.reading import Refused
from labctl.asking.script import Script
from labctl.errors import Defect, OperatorError

Ask = Callable[[Prompt], Awaitable[Answer]]
"""Asks a person; is called again with the prompt's `refused` set where the answer was none."""

Act = Callable[[str, Any], None]
"""Is told which prompt was answered, and the answer's value, where the bench is simulated."""


def nothing_done(prompt: str, value: Any) -> None:
    """A bench on which nobody has anything to do."""


SIMULATED = "simulated operator"
"""Who answers on a simulated bench where nobody is named."""

SECOND = "second simulated operator"
"""Who confirms there."""

CONDITIONS = "condition/"
"""What the names of conditions in words begin with, as prompts."""


def operator_name(name: str, *, simulated: bool) -> str:
    """The operator as the record names them."""
    return name or (SIMULATED if simulated else "")


@dataclass(frozen=True)
class Answering:
    """Answers for the item `item` on a bench that is `simulated` or real.

    The `sheet` states conditions in words by aspect. A `script` answers everything else itself. A
    person is asked by `ask`, on a simulated bench only where `operator` names one. Nobody invents
    an answer. On a simulated bench `acts` is told of each answer but those of the sheet: that what
    was asked for has been done there.
    """

    item: str
    ask: Ask
    operator: str = ""
    simulated: bool = True
    sheet: Mapping[str, str] = field(default_factory=dict[str, str])
    script: Script | None = None
    acts: Act = nothing_done

    def owed(self, prompt: Prompt) -> bool:
        """Whether a condition in words is asked for: not on a simulated bench that knows nothing
        of it."""
        known = self._sheet(prompt) is not None
        return known or not self.simulated or (self.script is not None and self.script.has(prompt))

    async def answer(self, asked: Prompt) -> tuple[Any, Answer]:
        """The value of the answer to `asked`, and the answer; the safe one after its time.

        `OperatorError` where nobody answers who should, `Defect` where no safe answer is declared.
        """
        prompt = msgspec.structs.replace(asked, item=self.item)
        safe = _safe(prompt)
        limit = asyncio.timeout(prompt.timeout)
        try:
            async with limit:
                return await self._until_it_is_one(prompt)
        except TimeoutError:
            if safe is None or not limit.expired():
                raise
            return safe

    async def _until_it_is_one(self, prompt: Prompt) -> tuple[Any, Answer]:
        while True:
            answer = await self._given(prompt)
            try:
                check(prompt, answer)
                value = prompt.read(answer.value)
            except Refused as error:
                if answer.source != "person":
                    raise _no_answer(prompt, answer, error) from error
                prompt = msgspec.structs.replace(prompt, refused=error.why)
                continue
            if self.simulated and answer.source != "sheet":
                self.acts(prompt.name, value)
            return value, answer

    async def _given(self, prompt: Prompt) -> Answer:
        stated = self._sheet(prompt)
        if stated is not None:
            return Answer(
                stated, operator_name(self.operator, simulated=self.simulated), "", "sheet"
            )
        if self.script is not None:
            return await self.script.ask(prompt)
        if self.simulated and not self.operator:
            return _simulated(prompt)
        return msgspec.structs.replace(await self.ask(prompt), source="person")

    def _sheet(self, prompt: Prompt) -> str | None:
        if not prompt.name.startswith(CONDITIONS):
            return None
        return self.sheet.get(prompt.name.removeprefix(CONDITIONS))


def _safe(prompt: Prompt) -> tuple[Any, Answer] | None:
    if prompt.timeout is None:
        return None
    try:
        if prompt.safe is None:
            raise Refused("it has none")
        return prompt.read(prompt.safe), Answer(prompt.safe, "", "", "timeout")
    except Refused as error:
        raise Defect(
            f"{prompt.item}: the prompt {prompt.name!r} has a time-out and no safe answer: {error}",
            remedy="declare safe=..., an answer that harms nobody",
        ) from error


def _simulated(prompt: Prompt) -> Answer:
    if prompt.simulated is None:
        raise OperatorError(
            f"no simulated answer is declared for the prompt {prompt.name!r}",
            command=prompt.name,
            remedy="declare simulated=... with the prompt, or answer by a script: --answers FILE",
        )
    second = SECOND if isinstance(prompt, ConfirmPrompt) else ""
    return Answer(prompt.simulated, SIMULATED, second, "simulated")


def _no_answer(prompt: Prompt, answer: Answer, why: Refused) -> OperatorError:
    return OperatorError(
        f"the {answer.source} has no answer to the prompt {prompt.name!r}: {why.message}",
        command=prompt.name,
        answer=answer.value,
        remedy="correct it where it stands",
    )
