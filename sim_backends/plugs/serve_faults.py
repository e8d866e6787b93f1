"""Faults in words: `fault source_meter delay seconds=2 at=3 times=1`, `heal source_meter`."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from labctl.errors import UsageError
from sim_backends.fault_tables import fault
from sim_backends.faults import Fault

FOREVER = {"times", "lasting"}
"""Options that may be `none`: for ever."""

TEXTS = {"old", "new"}
"""Options that are text, also where they look like a number."""


def parse(kind: str, options: Mapping[str, str]) -> Fault:
    """The fault `kind` with `options` as text; `BenchError` names what is wrong."""
    values: dict[str, Any] = {name: _value(text) for name, text in options.items()}
    for name in TEXTS & set(options):
        values[name] = options[name]
    forever = {name for name in FOREVER & set(values) if values[name] in ("none", "ever")}
    given = {name: value for name, value in values.items() if name not in forever}
    _, made = fault({"role": "any", "kind": kind.lower()} | given)
    return replace(made, **dict.fromkeys(forever))


def parse_line(line: str) -> tuple[str, str, Fault | None]:
    """(`fault` or `heal`, role, fault) of a line of text."""
    try:
        words = shlex.split(line)
    except ValueError as error:
        raise UsageError(f"not understood: {line!r}", remedy=str(error)) from error
    if len(words) == 2 and words[0] == "heal":
        return "heal", words[1], None
    if len(words) >= 3 and words[0] == "fault":
        return "fault", words[1], parse(words[2], _options(words[3:]))
    raise UsageError(
        f"not understood: {line!r}",
        remedy="write: fault ROLE KIND [option=value ...], or: heal ROLE",
    )


def _options(words: Iterable[str]) -> dict[str, str]:
    options: dict[str, str] = {}
    for word in words:
        name, equals, text = word.partition("=")
        if not equals:
            raise UsageError(f"not an option of a fault: {word!r}", remedy="write option=value")
        options[name] = text
    return options


def _value(text: str) -> int | float | str:
    for number in (lambda: int(text, 0), lambda: float(text)):
        with suppress(ValueError):
            return number()
    return text
