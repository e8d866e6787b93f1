"""Prompts at the terminal: asked on stderr, answered on stdin, since stdout is for results."""

from __future__ import annotations

import sys
from collections.abc import Callable

from labctl.asking.lines import Lines, somebody_there, standard_lines
from labctl.asking.prompts import Answer, ConfirmPrompt, Prompt
from labctl.asking.reading import Refused
from labctl.asking.wording import hint, shown
from labctl.errors import OperatorError
from labctl.i18n import _


class Terminal:
    """Asks the person `who` at the terminal, who is asked for a name where it is empty.

    An answer that is none is given back as it is: whoever asked says why and asks again.
    """

    def __init__(
        self,
        who: str = "",
        lines: Lines | None = None,
        there: Callable[[], bool] = somebody_there,
    ) -> None:
        self._who = who
        self._lines = lines or standard_lines()
        self._there = there

    async def ask(self, prompt: Prompt) -> Answer:
        """What is typed; `OperatorError` where nobody is there, or the terminal is closed."""
        if not self._there():
            raise OperatorError(
                "a person's answer is needed, and nobody is at the terminal",
                command=prompt.name,
                remedy="answer it by a script: --answers FILE, or from another terminal",
            )
        _write("\n".join(["", *shown(prompt), f"({hint(prompt)}) > "]))
        said = await self._lines.next()
        self._who = self._who or await self._name(_("Your name"))
        if isinstance(prompt, ConfirmPrompt) and _agreed(prompt, said):
            return Answer(said, self._who, await self._name(_("Name of the second person")))
        return Answer(said, self._who)

    async def _name(self, what: str) -> str:
        _write(f"{what} > ")
        return await self._lines.next()


def _agreed(prompt: ConfirmPrompt, said: str) -> bool:
    try:
        return prompt.read(said)
    except Refused:
        return False


def _write(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()
