"""Prompts at the terminal: asked on stderr, answered on stdin, since stdout is for results."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from labctl.asking.lines import Lines, somebody_there, standard_lines
from labctl.asking.prompts import Answer, ConfirmPrompt, FilePrompt, Prompt
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
        said = await self._typed("\n".join(["", *shown(prompt), f"({hint(prompt)}) > "]))
        if isinstance(prompt, FilePrompt):
            said = _whole(said)
        self._who = self._who or await self._name(_("Your name"))
        if isinstance(prompt, ConfirmPrompt) and _agreed(prompt, said):
            return Answer(said, self._who, await self._name(_("Name of the second person")))
        return Answer(said, self._who)

    async def _name(self, what: str) -> str:
        return await self._typed(f"{what} > ")

    async def _typed(self, text: str) -> str:
        """What is typed behind `text`."""
        waiting = self._lines.next()
        sys.stderr.write(text)
        sys.stderr.flush()
        return await waiting


def _agreed(prompt: ConfirmPrompt, said: str) -> bool:
    try:
        return prompt.read(said)
    except Refused:
        return False


def _whole(path: str) -> str:
    """The path in full: the run may have another working directory."""
    name = path.strip().strip("\"'")
    return str(Path(name).expanduser().absolute()) if name else ""
