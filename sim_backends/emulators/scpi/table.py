"""Command tables: patterns as manuals print them, looked up by short and long forms.

`:SOURce[1]:FUNCtion[:MODE]` and `[:SENSe[1]]:VOLTage[:DC]:RANGe` are patterns: capitals are the
short form, a bracketed node or suffix may be left out. A table is built once for each model.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import Any

from sim_backends.emulators.scpi.errors import ScpiError
from sim_backends.emulators.scpi.parse import split_outside_quotes, split_unit
from sim_backends.emulators.scpi.values import short_form

Outcome = str | Generator[float | None, None, str | None] | None
"""What a handler gives: an answer, nothing, or a generator that yields the times it waits for."""

Handler = Callable[[Any, tuple[str, ...]], Outcome]
Unit = tuple[Handler, tuple[str, ...]]

_NODE = re.compile(r"(\[:[A-Za-z]+(?:\[\d+\])?\]|:[A-Za-z]+\d*(?:\[\d+\])?)")
_KEPT = 2048


@dataclass(slots=True)
class _Entry:
    handler: Handler
    least: int
    most: int


@dataclass(slots=True)
class _Node:
    children: dict[str, _Node] = field(default_factory=dict)
    command: _Entry | None = None
    query: _Entry | None = None


class Table:
    """Commands and queries of one model, by pattern."""

    def __init__(self, *bases: Table) -> None:
        self._root = _Node()
        self._common: dict[str, _Entry] = {}
        self._compiled: dict[str, tuple[Unit, ...]] = {}
        self._added: list[tuple[str, bool, _Entry]] = []
        for base in bases:
            for pattern, is_query, entry in base._added:
                self._insert(pattern, is_query, entry)

    def command(self, pattern: str, handler: Handler, least: int = 1, most: int = 1) -> None:
        """Add the command form of `pattern` with `least` to `most` arguments."""
        self._insert(pattern, False, _Entry(handler, least, most))

    def query(self, pattern: str, handler: Handler, least: int = 0, most: int = 0) -> None:
        """Add the query form of `pattern` (without `?`) with `least` to `most` arguments."""
        self._insert(pattern, True, _Entry(handler, least, most))

    def compile(self, message: str) -> tuple[Unit, ...]:
        """Units of a program message, in order; a faulty unit raises its error when it is run."""
        units = self._compiled.get(message)
        if units is None:
            if len(self._compiled) >= _KEPT:
                self._compiled.clear()
            units = self._compiled[message] = tuple(self._units(message))
        return units

    def _insert(self, pattern: str, is_query: bool, entry: _Entry) -> None:
        self._added.append((pattern, is_query, entry))
        if pattern.startswith("*"):
            self._common[pattern.upper() + "?" * is_query] = entry
            return
        for node in _grow(self._root, _NODE.findall(pattern)):
            if is_query:
                node.query = entry
            else:
                node.command = entry

    def _units(self, message: str) -> Generator[Unit]:
        try:
            texts = [text.strip() for text in split_outside_quotes(message, ";")]
        except ScpiError as error:
            yield _refusal(error)
            return
        path = self._root
        for text in filter(None, texts):
            try:
                entry, arguments, path = self._find(text, path)
            except ScpiError as error:
                yield _refusal(error)
                return
            yield entry.handler, arguments

    def _find(self, text: str, path: _Node) -> tuple[_Entry, tuple[str, ...], _Node]:
        header, is_query, arguments = split_unit(text)
        if header.startswith("*"):
            entry = self._common.get(header.upper() + "?" * is_query)
        else:
            node, path = self._walk(header, path)
            entry = node.query if is_query else node.command
        if entry is None:
            raise ScpiError(-113, header + "?" * is_query)
        if len(arguments) < entry.least:
            raise ScpiError(-109, header)
        if len(arguments) > entry.most:
            raise ScpiError(-108, header)
        return entry, arguments, path

    def _walk(self, header: str, path: _Node) -> tuple[_Node, _Node]:
        node = self._root if header.startswith(":") else path
        parent = node
        for mnemonic in header.lstrip(":").split(":"):
            parent = node
            found = node.children.get(mnemonic.upper())
            if found is None:
                raise ScpiError(-113, header)
            node = found
        return node, parent


def _grow(root: _Node, parts: list[str]) -> list[_Node]:
    """The nodes at which a pattern ends, one for each way of leaving out optional nodes."""
    ends = [root]
    for part in parts:
        optional = part.startswith("[")
        reached = [_child(end, part) for end in ends]
        ends = reached + ends if optional else reached
    return ends


def _child(node: _Node, part: str) -> _Node:
    match = re.fullmatch(r"\[?:([A-Za-z]+)(\d*)(?:\[(\d+)\])?\]?", part)
    if match is None:
        raise ValueError(f"not a node of a command pattern: {part!r}")
    name, suffix, optional_suffix = match.group(1), match.group(2), match.group(3)
    spellings = [name.upper() + suffix, short_form(name) + suffix]
    if optional_suffix:
        spellings += [spelling + optional_suffix for spelling in spellings]
    known = next((node.children[s] for s in spellings if s in node.children), None) or _Node()
    for spelling in spellings:
        node.children[spelling] = known
    return known


def _refusal(error: ScpiError) -> Unit:
    def refuse(_device: Any, _arguments: tuple[str, ...]) -> Outcome:
        raise ScpiError(error.code, error.detail)

    return refuse, ()
