"""A script parsed before it runs: lines into commands, commands into blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sim_backends.emulators.palmsens import errors
from sim_backends.emulators.palmsens.commands import (
    COMMANDS,
    COMPARISONS,
    OPTIONS,
    TECHNIQUES,
    VAR_TYPES,
)
from sim_backends.emulators.palmsens.errors import ScriptError
from sim_backends.emulators.palmsens.numbers import literal

MOST_LINES = 2000
_TOKEN = re.compile(r"f?\"[^\"]*\"|[^\s\"]+|\"")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z", re.ASCII)
_OPTION = re.compile(r"([a-z_]+)\(([^()]*)\)\Z", re.ASCII)
_OPENING = frozenset({"loop", "if", *TECHNIQUES})
_BRANCHES = ("elseif", "else")


@dataclass(slots=True)
class Command:
    """One command of a script with its arguments; `body` and `branches` where it opens a block."""

    name: str
    arguments: tuple[str, ...]
    line: int
    options: dict[str, str] = field(default_factory=dict)
    body: list[Command] = field(default_factory=list)
    branches: list[Command] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Program:
    """A parsed script: what runs, and what runs in any case when it ends."""

    body: list[Command]
    finish: list[Command]


def parse(lines: Sequence[str]) -> Program:
    """The program of `lines`; `ScriptError` with line and column where there is none."""
    if len(lines) > MOST_LINES:
        raise ScriptError(errors.SCRIPT_TOO_LARGE, MOST_LINES + 1, 1)
    commands = list(_commands(lines))
    split = next((i for i, c in enumerate(commands) if c.name == "on_finished:"), len(commands))
    body, finish = commands[:split], commands[split + 1 :]
    last = len(lines)
    return Program(_nest(body, last), _nest(finish, last))


def _commands(lines: Sequence[str]) -> Iterator[Command]:
    declared: set[str] = set()
    for number, text in enumerate(lines, start=1):
        tokens = [(m.group(), m.start() + 1) for m in _TOKEN.finditer(_without_comment(text))]
        if not tokens:
            continue
        name, column = tokens[0]
        if name not in COMMANDS:
            raise ScriptError(errors.UNKNOWN_SCRIPT_COMMAND, number, column)
        end = len(text.rstrip()) + 1
        yield _command(name, tokens[1:], number, end, declared)


def _without_comment(text: str) -> str:
    inside = False
    for position, char in enumerate(text):
        if char == '"':
            inside = not inside
        elif char == "#" and not inside:
            return text[:position]
    return text


def _command(
    name: str, tokens: list[tuple[str, int]], line: int, end: int, declared: set[str]
) -> Command:
    options: dict[str, str] = {}
    arguments: list[str] = []
    kinds = COMMANDS[name]
    for token, column in tokens:
        option = _OPTION.match(token)
        if option:
            if option[1] not in OPTIONS.get(name, ()):
                raise ScriptError(errors.INVALID_OPTION, line, column)
            options[option[1]] = option[2]
        elif len(arguments) == len(kinds):
            raise ScriptError(errors.UNEXPECTED_CHARACTER, line, column)
        else:
            _check(kinds[len(arguments)], token, declared, line, column)
            arguments.append(token)
    if len(arguments) < len(kinds):
        raise ScriptError(errors.SCRIPT_BAD_ARGUMENT, line, end)
    return Command(name, tuple(arguments), line, options)


def _check(kind: str, token: str, declared: set[str], line: int, column: int) -> None:
    code = _fault(kind, token, declared)
    if code:
        raise ScriptError(code, line, column)
    if kind == "new":
        declared.add(token)


def _fault(kind: str, token: str, declared: set[str]) -> int:
    if kind == "type":
        return 0 if token in VAR_TYPES else errors.UNKNOWN_VAR_TYPE
    if kind == "text":
        return 0 if token.endswith('"') and len(token) > 1 else errors.UNEXPECTED_CHARACTER
    if kind == "op":
        return 0 if token in COMPARISONS else errors.UNEXPECTED_CHARACTER
    if kind == "in" and not _NAME.match(token):
        return 0 if literal(token) is not None else errors.LITERAL_MALFORMED
    if not _NAME.match(token):
        return errors.SCRIPT_BAD_ARGUMENT
    if kind == "new":
        return errors.VARIABLE_EXISTS if token in declared else 0
    return 0 if token in declared else errors.VARIABLE_UNDEFINED


def _nest(commands: list[Command], last: int) -> list[Command]:
    """Flat commands into blocks; a block without its end is an unexpected end of the script."""
    top: list[Command] = []
    stack: list[tuple[Command, list[Command]]] = []
    target = top
    for command in commands:
        name = command.name
        if name in {"endloop", "endif"}:
            target = _close(stack, command)
        elif name in _BRANCHES:
            opener = stack[-1][0] if stack else None
            if opener is None or opener.name != "if":
                raise ScriptError(errors.INVALID_SCOPE, command.line, 1)
            opener.branches.append(command)
            target = command.body
        else:
            if name in TECHNIQUES and any(c.name in TECHNIQUES for c, _ in stack):
                raise ScriptError(errors.NESTED_MEASUREMENT, command.line, 1)
            if name == "on_finished:":
                raise ScriptError(errors.UNEXPECTED_COMMAND, command.line, 1)
            target.append(command)
            if name in _OPENING:
                stack.append((command, target))
                target = command.body
    if stack:
        raise ScriptError(errors.UNEXPECTED_END, last, 1)
    return top


def _close(stack: list[tuple[Command, list[Command]]], command: Command) -> list[Command]:
    opens_if = bool(stack) and stack[-1][0].name == "if"
    if not stack or opens_if != (command.name == "endif"):
        raise ScriptError(errors.INVALID_SCOPE, command.line, 1)
    return stack.pop()[1]
