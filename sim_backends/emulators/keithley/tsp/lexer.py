"""Text into tokens (Lua 5.0 reference manual, section 2.1)."""

from __future__ import annotations

import re
from typing import NamedTuple

_WORDS = """and break do else elseif end false for function if in local nil not or repeat
return then true until while"""
KEYWORDS = frozenset(_WORDS.split())
_TOKEN = re.compile(
    r"(?P<space>[ \t\r\f\v]+)|(?P<newline>\n)|(?P<long>(?:--)?\[\[)|(?P<comment>--[^\n]*)"
    r"|(?P<name>[A-Za-z_]\w*)|(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)"
    r"|(?P<quote>[\"'])|(?P<op>\.\.\.|\.\.|==|~=|<=|>=|[-+*/^<>=(){}\[\];:,.])",
    re.ASCII,
)
_ESCAPES = {
    "n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v",
}  # fmt: skip


class LuaSyntaxError(Exception):
    """The text is no chunk; `line` counts from 1."""

    def __init__(self, text: str, line: int) -> None:
        super().__init__(text)
        self.text, self.line = text, line


class Token(NamedTuple):
    """`kind` is name, number, string, keyword, op or eof."""

    kind: str
    text: str
    line: int


def tokens(source: str) -> list[Token]:
    """All tokens of `source`, ended by one of kind eof."""
    found: list[Token] = []
    position, line = 0, 1
    while position < len(source):
        match = _TOKEN.match(source, position)
        if match is None:
            raise LuaSyntaxError(f"unexpected symbol near `{source[position]}'", line)
        kind, text, position = match.lastgroup or "", match.group(), match.end()
        if kind == "newline":
            line += 1
        elif kind == "long":
            body, position = _long(source, position, line)
            if not text.startswith("--"):
                found.append(Token("string", body.removeprefix("\n"), line))
            line += body.count("\n")
        elif kind == "quote":
            body, position = _quoted(source, position, text, line)
            found.append(Token("string", body, line))
        elif kind not in {"space", "comment"}:
            found.append(Token("keyword" if text in KEYWORDS else kind, text, line))
    found.append(Token("eof", "<eof>", line))
    return found


def _long(source: str, start: int, line: int) -> tuple[str, int]:
    end = source.find("]]", start)
    if end < 0:
        raise LuaSyntaxError("unfinished long string near `<eof>'", line)
    return source[start:end], end + 2


def _quoted(source: str, start: int, quote: str, line: int) -> tuple[str, int]:
    parts: list[str] = []
    position = start
    while position < len(source) and source[position] not in (quote, "\n"):
        if source[position] == "\\":
            part, position = _escape(source, position + 1)
            parts.append(part)
        else:
            parts.append(source[position])
            position += 1
    if source[position : position + 1] != quote:
        raise LuaSyntaxError(f"unfinished string near `{quote}{''.join(parts)}'", line)
    return "".join(parts), position + 1


def _escape(source: str, position: int) -> tuple[str, int]:
    digits = re.compile(r"[0-9]{1,3}").match(source, position)
    if digits:
        return chr(int(digits.group()) & 0xFF), digits.end()
    char = source[position : position + 1]
    return _ESCAPES.get(char, char), position + 1
