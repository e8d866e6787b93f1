"""Answers from a file, for CI and for runs that nobody attends: `labctl run --answers FILE`.

```toml
[thickness]
value = "0.5 mm"
who = "Ann"

["film/colour"]
value = "clear"
after = "5 min"

["1.1-03:door locked"]
value = "yes"
who = "Ann"
second = "Bob"
```

A table is named as the prompt, with the scopes around it, or as the item and the prompt where items
differ. `after` is the run time that the answer takes. The path of a file is relative to the script.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from labctl import clock
from labctl.asking.prompts import Answer, FilePrompt, Prompt
from labctl.errors import OperatorError, UsageError
from labctl.units import seconds


class Scripted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One answer; `after` is a duration as people write it."""

    value: str | bool | int | float
    who: str = "script"
    second: str = ""
    after: str = "0 s"


@dataclass(frozen=True)
class Script:
    """The answers in the file `path`, by the name of the prompt."""

    path: Path
    answers: Mapping[str, Scripted]

    def has(self, prompt: Prompt) -> bool:
        """Whether it answers `prompt`."""
        return self._found(prompt) is not None

    async def ask(self, prompt: Prompt) -> Answer:
        """The answer to `prompt` when its time has passed; `OperatorError` where there is none."""
        found = self._found(prompt)
        if found is None:
            raise OperatorError(
                f"no answer to the prompt {prompt.name!r}",
                address=str(self.path),
                command=prompt.name,
                remedy=f'add ["{prompt.name}"] with value = ... to the script',
            )
        await clock.sleep(seconds(found.after))
        return Answer(self._text(prompt, found.value), found.who, found.second, "script")

    def _found(self, prompt: Prompt) -> Scripted | None:
        own = self.answers.get(f"{prompt.item}:{prompt.name}")
        return own or self.answers.get(prompt.name)

    def _text(self, prompt: Prompt, value: str | bool | int | float) -> str:
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(prompt, FilePrompt):
            return str(self.path.resolve().parent / str(value))
        return str(value)


def load_script(path: Path) -> Script:
    """The script in a TOML file; `UsageError` names the file and what is wrong in it."""
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        answers = msgspec.convert(rows, dict[str, Scripted])
        for answer in answers.values():
            seconds(answer.after)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from error
    except (ValueError, msgspec.ValidationError, UsageError) as error:
        raise UsageError(
            f"{path}: no script of answers: {error}",
            remedy='write ["name of the prompt"] and under it value = "...", who = "..."',
        ) from error
    return Script(path, answers)
