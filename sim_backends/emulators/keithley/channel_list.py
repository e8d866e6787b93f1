"""Channel lists, `(@101:110,115)`, as an additional argument of commands."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sim_backends.emulators.scpi import ScpiError
from sim_backends.emulators.scpi.table import Handler, Outcome, Table

_LIST = re.compile(r"\(\s*@\s*([0-9:,\s]*)\)\Z")
_MOST = 1000


def channels(token: str) -> list[int]:
    """Numbers of a channel list, in its order; -102 where it is none."""
    match = _LIST.match(token)
    if match is None:
        raise ScpiError(-102, token)
    found: list[int] = []
    for part in match[1].replace(" ", "").split(","):
        first, colon, last = part.partition(":")
        if not first.isdigit() or (colon and not last.isdigit()) or len(first + last) > 12:
            raise ScpiError(-102, token)
        start, stop = int(first), int(last) if colon else int(first)
        step = 1 if stop >= start else -1
        if abs(stop - start) > _MOST:
            raise ScpiError(-222, token)
        found += range(start, stop + step, step)
    return found


def is_list(token: str) -> bool:
    """Whether `token` is meant as a channel list."""
    return token.startswith("(")


def listed(numbers: list[int]) -> str:
    """As the instrument prints a list: `(@1:4,6)`."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    shown = [f"{p[0]}:{p[-1]}" if len(p) > 1 else str(p[0]) for p in parts]
    return f"(@{','.join(shown)})"


class ChannelTable(Table):
    """A table whose settings of SENSe and DISPlay take a channel list as their last argument."""

    def _insert(self, pattern: str, is_query: bool, entry: Any) -> None:
        if pattern.startswith(("[:SENSe[1]]:", ":DISPlay:")) and "COUNt" not in pattern[12:18]:
            handler = _for_channels(entry.handler, entry.most, is_query)
            entry = replace(entry, handler=handler, most=entry.most + 1)
        super()._insert(pattern, is_query, entry)


def _for_channels(handler: Handler, most: int, is_query: bool) -> Handler:
    def handle(device: Any, arguments: tuple[str, ...]) -> Outcome:
        if not arguments or not is_list(arguments[-1]):
            if len(arguments) > most:
                raise ScpiError(-108)
            return handler(device, arguments)
        rest = arguments[:-1]
        if not rest and not is_query:
            raise ScpiError(-109)
        setups = [device.setup(number) for number in channels(arguments[-1])]
        answers = [device.addressed(setup, _bound(handler, device, rest)) for setup in setups]
        return ";".join(str(answer) for answer in answers) if is_query else None

    return handle


def _bound(handler: Handler, device: Any, arguments: tuple[str, ...]) -> Callable[[], Any]:
    return lambda: handler(device, arguments)
