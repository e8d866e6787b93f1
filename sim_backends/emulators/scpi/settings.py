"""Settings as table entries: a command and its query from a getter and a setter."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from sim_backends.emulators.scpi.table import Table
from sim_backends.emulators.scpi.values import Numeric, boolean, choice, number, short_form

Getter = Callable[[Any], Any]
Setter = Callable[[Any, Any], None]
Show = Callable[[Any], str]
Limits = Numeric | Callable[[Any], Numeric]
"""What a number may be, always or as the device stands."""


def nr3(value: float) -> str:
    """A number with seven digits and exponent."""
    return f"{value:.6E}"


def bit(on: bool) -> str:
    """A switch as 1 or 0."""
    return "1" if on else "0"


def whole_number(value: float) -> str:
    """A number without fraction."""
    return str(round(value))


def keep(key: Hashable, then: Callable[[Any], None] | None = None) -> tuple[Getter, Setter]:
    """Getter and setter of what a device keeps in its `values` as `key`; then `then` is done."""

    def put(device: Any, value: Any) -> None:
        device.values[key] = value
        if then is not None:
            then(device)

    return (lambda device: device.values[key]), put


def numeric(
    table: Table, patterns: str | Sequence[str], limits: Limits, get: Getter, put: Setter,
    whole: bool = False, show: Show | None = None,
) -> None:  # fmt: skip
    """A number: `<pattern> <n>|MIN|MAX|DEF`, `<pattern>?`, `<pattern>? MIN|MAX|DEF`."""
    shown = show or (whole_number if whole else nr3)

    def spec(device: Any) -> Numeric:
        return limits if isinstance(limits, Numeric) else limits(device)

    def query(device: Any, arguments: tuple[str, ...]) -> str:
        if not arguments:
            return shown(get(device))
        named = spec(device).named(arguments[0])
        return shown(number(arguments[0]) if named is None else named)

    def command(device: Any, arguments: tuple[str, ...]) -> None:
        value = spec(device).parse(arguments[0])
        put(device, round(value) if whole else value)

    for pattern in [patterns] if isinstance(patterns, str) else patterns:
        table.query(pattern, query, 0, 1)
        table.command(pattern, command)


def flag(table: Table, pattern: str, get: Getter, put: Setter, show: Show = bit) -> None:
    """A switch: `<pattern> ON|OFF|1|0`, answered 1 or 0 or as `show` has it."""
    table.query(pattern, lambda device, _: show(get(device)))
    table.command(pattern, lambda device, arguments: put(device, boolean(arguments[0])))


def word(
    table: Table, pattern: str, mnemonics: Sequence[str], get: Getter, put: Setter,
    show: Show = short_form,
) -> None:  # fmt: skip
    """One of `mnemonics`, answered in its short form or as `show` has it."""
    table.query(pattern, lambda device, _: show(get(device)))
    table.command(pattern, lambda device, arguments: put(device, choice(arguments[0], mnemonics)))
