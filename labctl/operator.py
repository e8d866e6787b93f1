"""The operator: who states the conditions in words before a test.

What the sample's sheet states is taken from there. Where it says nothing, a person at the
terminal is asked; on a simulated bench nobody is, and the condition stays unobserved.
"""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Callable, Mapping
from typing import Protocol

from labctl.errors import OperatorError
from labctl.evidence import Observed
from labctl.indicator import Condition, Indicator

FIXED = frozenset({"must_include", "choose_from", "for_example"})
"""Aspects that are no statement of the operator: they list members."""


SIMULATED = "simulated operator"
"""Who answers on a simulated bench where nobody is named."""


class Operator(Protocol):
    """Answers for conditions in words."""

    @property
    def name(self) -> str:
        """Who answers, as the record names them."""
        ...

    async def answer(self, condition: Condition) -> str | None:
        """What the condition really is, in words; None where the operator cannot tell."""
        ...


class SheetOperator:
    """Answers from a sample's sheet: `aspects` by name."""

    def __init__(self, aspects: Mapping[str, str], name: str) -> None:
        self.name = name
        self._aspects = aspects

    async def answer(self, condition: Condition) -> str | None:
        """What the sheet states on the condition's aspect."""
        return self._aspects.get(condition.aspect)


class TerminalOperator:
    """Asks a person at the terminal; `OperatorError` where there is nobody.

    `ask` writes a prompt and returns the line that was typed, without its end.
    """

    def __init__(self, name: str, ask: Callable[[str], str] | None = None) -> None:
        self.name = name
        self._ask = ask or _ask_terminal

    async def answer(self, condition: Condition) -> str | None:
        """The condition's own text if the operator confirms it, else what they say instead."""
        aspect = condition.aspect.replace("_", " ")
        said = await in_thread(self._ask, f"{aspect}: {condition.text}  [y / what else] ")
        said = said.strip()
        if not said:
            return None
        return condition.text if said.casefold() in ("y", "yes", "是") else said


def operator_name(name: str, *, simulated: bool) -> str:
    """The operator as the record names them."""
    return name or (SIMULATED if simulated else "")


def operators(name: str, aspects: Mapping[str, str], *, simulated: bool) -> tuple[Operator, ...]:
    """Who is asked, in order: the sample's sheet, then on a real bench the person there."""
    known = operator_name(name, simulated=simulated)
    sheet = SheetOperator(aspects, known)
    return (sheet,) if simulated else (sheet, TerminalOperator(known))


async def declare(indicator: Indicator, people: tuple[Operator, ...]) -> list[Observed]:
    """The indicator's conditions in words, each as the first operator who knows states it."""
    stated: list[Observed] = []
    for condition in indicator.conditions:
        if condition.in_words and condition.aspect not in FIXED:
            found = await _first(condition, people)
            stated += [] if found is None else [found]
    return stated


async def _first(condition: Condition, people: tuple[Operator, ...]) -> Observed | None:
    for operator in people:
        text = await operator.answer(condition)
        if text is not None:
            return Observed(aspect=condition.aspect, text=text, declared_by=operator.name)
    return None


async def in_thread(fn: Callable[[str], str], text: str) -> str:
    """`fn(text)` in a thread of its own, which an interrupted run leaves behind."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[str] = loop.create_future()

    def work() -> None:
        try:
            said = fn(text)
        except Exception as error:
            loop.call_soon_threadsafe(_set, answer, "", error)
        else:
            loop.call_soon_threadsafe(_set, answer, said, None)

    threading.Thread(target=work, name="operator", daemon=True).start()
    return await answer


def _set(answer: asyncio.Future[str], said: str, error: Exception | None) -> None:
    if answer.done():
        return
    if error is None:
        answer.set_result(said)
    else:
        answer.set_exception(error)


def _ask_terminal(prompt: str) -> str:
    """Prompts on stderr, since stdout is for results."""
    if not sys.stdin.isatty():
        raise OperatorError(
            "a condition in words needs a person's answer, and nobody is at the terminal",
            command=prompt.strip(),
            remedy="state it under [aspects] in the sample's sheet: --sample FILE",
        )
    sys.stderr.write(prompt)
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        raise OperatorError("the terminal was closed before the answer", command=prompt.strip())
    return line.rstrip("\r\n")
