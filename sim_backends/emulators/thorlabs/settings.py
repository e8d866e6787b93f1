"""Settings as table entries: a command and its query."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sim_backends.emulators.scpi.table import Table
from sim_backends.emulators.scpi.values import Numeric, boolean, choice, number, short_form

Getter = Callable[[Any], Any]
Setter = Callable[[Any, Any], None]


def nr3(value: float) -> str:
    """A setting as the console prints it."""
    return f"{value:.6E}"


def numeric(
    table: Table, patterns: Sequence[str], limits: Callable[[Any], Numeric], get: Getter,
    put: Setter, whole: bool = False,
) -> None:  # fmt: skip
    """`<pattern> <n>|MIN|MAX|DEF`, `<pattern>?`, `<pattern>? MIN|MAX|DEF`."""
    show = (lambda value: str(round(value))) if whole else nr3

    def query(device: Any, arguments: tuple[str, ...]) -> str:
        if not arguments:
            return show(get(device))
        named = limits(device).named(arguments[0])
        return show(number(arguments[0]) if named is None else named)

    def command(device: Any, arguments: tuple[str, ...]) -> None:
        value = limits(device).parse(arguments[0])
        put(device, round(value) if whole else value)

    for pattern in patterns:
        table.query(pattern, query, 0, 1)
        table.command(pattern, command)


def flag(table: Table, pattern: str, get: Getter, put: Setter) -> None:
    """`<pattern> ON|OFF|1|0`, answered 1 or 0."""
    table.query(pattern, lambda device, _: "1" if get(device) else "0")
    table.command(pattern, lambda device, arguments: put(device, boolean(arguments[0])))


def word(table: Table, pattern: str, mnemonics: Sequence[str], get: Getter, put: Setter) -> None:
    """One of `mnemonics`, answered in its short form."""
    table.query(pattern, lambda device, _: short_form(get(device)))
    table.command(pattern, lambda device, arguments: put(device, choice(arguments[0], mnemonics)))
