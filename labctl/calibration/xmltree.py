"""XML as a tree whose elements know their lines, read without anything a file could bring along.

A document type is refused before its first entity: nothing outside the file is ever opened, and no
entity of its own can grow.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from labctl.calibration.refusal import Where

LARGEST = 64 * 2**20
"""Bytes of a file that is read; attachments inside a certificate are in it."""

DEEPEST = 200
"""Elements inside each other."""


@dataclass
class Node:
    """An element: its namespace and name, the line it begins in, attributes, children, text."""

    space: str
    name: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict[str, str])
    children: list[Node] = field(default_factory=list["Node"])
    texts: list[str] = field(default_factory=list[str])

    @property
    def text(self) -> str:
        """The text directly in it, without the space around it."""
        return "".join(self.texts).strip()

    @property
    def types(self) -> frozenset[str]:
        """The words of its attribute `refType`."""
        return frozenset(self.attributes.get("refType", "").split())

    def all(self, *names: str) -> list[Node]:
        """Its children of these names, in order."""
        return [one for one in self.children if one.name in names]

    def one(self, *path: str) -> Node | None:
        """The first child at `path`, a name a step; None where there is none."""
        here: Node | None = self
        for name in path:
            here = next(iter(here.all(name)), None) if here is not None else None
        return here

    def said(self, *path: str) -> str:
        """The text at `path`; "" where there is none."""
        found = self.one(*path)
        return "" if found is None else found.text

    def inside(self) -> Iterator[Node]:
        """Everything in it, at any depth, in order."""
        for child in self.children:
            yield child
            yield from child.inside()


def tree_of(data: bytes, where: Where) -> Node:
    """The root element of the XML document `data`; `BenchError` at `where` for anything else."""
    if len(data) > LARGEST:
        where.wrong(f"{len(data) >> 20} MiB are more than a certificate has")
    builder = _Builder(where)
    try:
        builder.parser.Parse(data, True)
    except expat.ExpatError as error:
        where.at("XML", error.lineno).wrong(expat.ErrorString(error.code))
    if builder.root is None:
        where.wrong("this is no XML")
    return builder.root


class _Builder:
    def __init__(self, where: Where) -> None:
        self.root: Node | None = None
        self._open: list[Node] = []
        self._where = where
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def _doctype(self, *_: Any) -> None:
        self._where.at("DOCTYPE", self.parser.CurrentLineNumber).wrong(
            "a certificate has no document type", "take it out: nothing in it is ever used"
        )

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        space, _, name = tag.rpartition(" ")
        node = Node(space, name, self.parser.CurrentLineNumber, attributes)
        if len(self._open) >= DEEPEST:
            self._where.at(name, node.line).wrong(f"more than {DEEPEST} elements in each other")
        if self._open:
            self._open[-1].children.append(node)
        else:
            self.root = node
        self._open.append(node)

    def _end(self, _: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        self._open[-1].texts.append(text)
