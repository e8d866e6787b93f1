"""Small pieces: no file over 400 lines, one over 300 has a reason; no function over 60."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.house.tree import Rule, Source, is_python

LONGEST_FILE = 400
LONG_FILE = 300
LONGEST_FUNCTION = 60

Function = ast.FunctionDef | ast.AsyncFunctionDef


def body_lines(function: Function) -> int:
    """Lines of a function's body without its docstring."""
    body = function.body
    if ast.get_docstring(function) is not None:
        body = body[1:]
    if not body or function.end_lineno is None:
        return 0
    return function.end_lineno - body[0].lineno + 1


def find(source: Source) -> Iterator[tuple[int, str]]:
    """A file or function that is too long."""
    lines = source.text.count("\n")
    if lines > LONGEST_FILE:
        yield 1, f"{lines} lines, more than {LONGEST_FILE}: no reason excuses it"
    elif lines > LONG_FILE:
        yield 1, f"{lines} lines, more than {LONG_FILE}"
    for node in ast.walk(source.tree):
        if isinstance(node, Function) and body_lines(node) > LONGEST_FUNCTION:
            yield node.lineno, f"{node.name} has {body_lines(node)} lines"


RULE = Rule(
    "small pieces",
    is_python,
    find,
    bad=(
        ("labctl/a.py", "x = 1\n" * 401),
        ("labctl/a.py", "x = 1\n" * 301),
        ("labctl/a.py", "def f():\n" + "    x = 1\n" * 61),
    ),
    good=(
        ("labctl/a.py", "x = 1\n" * 300),
        ("labctl/a.py", 'def f():\n    """A."""\n' + "    x = 1\n" * 60),
    ),
    allowed={},
)
