"""Asking from a procedure: a prompt is a step, answered once in the life of the run."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

import msgspec

from labctl import clock
from labctl.asking.answering import Answering
from labctl.asking.prompts import Answer, Prompt, Question
from labctl.errors import Defect, OperatorError
from labctl.evidence import Attachment
from labctl.journal.plain import decode, encode
from labctl.journal.rows import AnswerRow
from labctl.steps import Steps

T = TypeVar("T")


class Given(msgspec.Struct, Generic[T], frozen=True):
    """The `value` of an answer as the procedure gets it, and `who` gave it."""

    value: T
    who: str


class Asker:
    """Asks `people` as steps among `steps`; `who` says who gave answers that are stored.

    Files that people hand in are added to `files`.
    """

    def __init__(
        self,
        steps: Steps,
        people: Answering | None,
        who: Mapping[str, str],
        files: list[Attachment],
    ) -> None:
        self._steps = steps
        self._people = people
        self._who = who
        self._files = files

    def owed(self, prompt: Prompt) -> bool:
        """Whether a condition in words is asked for, or was answered before."""
        if self._steps.full(prompt.name) in self._steps.item.stored:
            return True
        return self._people is not None and self._people.owed(prompt)

    async def ask(self, question: Question[T]) -> Given[T]:
        """The answer, from the journal where it is there; it is on the disk on return.

        `OperatorError` where nobody answers who should.
        """
        steps = self._steps
        full = steps.claim(question.name)
        prompt = msgspec.structs.replace(cast("Prompt", question), name=full)
        stored = steps.item.stored.get(full)
        if stored is not None:
            value = decode(stored, question.result)
            self._keep(value)
            return Given(value, self._who.get(full, ""))
        async with steps.attempt(full) as attempt:
            await steps.journal.flush()
            asked = clock.stamp()
            with steps.checkpoints.waiting():
                value, answer = await self._answered(prompt)
        await self._attach(value, answer)
        text = encode(value)
        item = steps.item.number
        steps.journal.answered(row_of(item, attempt, prompt, text, answer, asked))
        await steps.finish(attempt, text)
        return Given(value, answer.who)

    async def _answered(self, prompt: Prompt) -> tuple[Any, Answer]:
        if self._people is None:
            raise Defect(f"{self._steps.item.id}: this run has nobody to ask {prompt.name!r}")
        return await self._people.answer(prompt)

    async def _attach(self, value: Any, answer: Answer) -> None:
        if isinstance(value, Attachment):
            data = read_file(answer.value, value.sha256)
            await self._steps.journal.attach(self._steps.item.number, value, data)
        self._keep(value)

    def _keep(self, value: Any) -> None:
        if isinstance(value, Attachment):
            self._files.append(value)


def row_of(
    item: int,
    attempt: int,
    prompt: Prompt,
    text: str,
    answer: Answer,
    asked: tuple[float, float],
) -> AnswerRow:
    """The row of an answer given now: `text` is its value as JSON, `asked` is when it was asked for
    (run time and Unix time in s)."""
    info, (t, utc) = msgspec.to_builtins(prompt), clock.stamp()
    return AnswerRow(
        item=item,
        attempt=attempt,
        prompt=prompt.name,
        kind=info["kind"],
        question=encode(info),
        value=text,
        unit=info.get("unit", ""),
        said=answer.value,
        who=answer.who,
        second=answer.second,
        source=answer.source,
        asked=asked[0],
        asked_utc=asked[1],
        t=t,
        utc=utc,
    )


def read_file(path: str, sha256: str) -> bytes:
    """What is in the file that a person named; `OperatorError` where it was changed meanwhile."""
    try:
        data = Path(path.strip().strip("\"'")).read_bytes()
    except OSError as error:
        raise OperatorError(f"{path} cannot be read: {error.strerror}") from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise OperatorError(f"{path} was changed while it was read", remedy="hand it in again")
    return data
