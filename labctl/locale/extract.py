"""Collects every message of command line, report and procedures.

`python -m labctl.locale.extract`

rewrites `labctl.pot`, adds new messages without translation to each `labctl.po` and drops those
that nothing uses any more. For development; nothing imports it at run time.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

from labctl.i18n import LOCALE, read_po

HOME = LOCALE.parents[1]
SOURCES = ("labctl", "procedures")
"""Folders of the source tree that hold messages; an installed labctl has no need of this."""

FUNCTIONS = ("_", "N_")
HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: labctl\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""


def messages(home: Path = HOME) -> dict[str, set[str]]:
    """Every message id with the files that use it: of the Python files and templates below `home`
    in `SOURCES`, and of the names of the indicator map."""
    found: dict[str, set[str]] = {}
    for path in sorted(file for folder in SOURCES for file in (home / folder).rglob("*")):
        reader = {".py": in_python, ".j2": in_template}.get(path.suffix)
        for message in reader(path.read_text(encoding="utf-8")) if reader else ():
            found.setdefault(message, set()).add(path.relative_to(home).as_posix())
    for message in in_map():
        found.setdefault(message, set()).add("data/indicators")
    return found


def in_map() -> Iterator[str]:
    """Names of the quantities, aspects and methods of the indicator map, as words."""
    from labctl.catalogue import load

    for indicator in load():
        rows = [row.row for row in indicator.criteria]
        names = [condition.name for condition in indicator.conditions]
        yield from (name.replace("_", " ") for name in (*rows, *names, indicator.method))


def in_python(source: str) -> Iterator[str]:
    """Literal arguments of `_()` and `N_()` in Python source."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            literal = node.args[0] if node.args else None
            if node.func.id in FUNCTIONS and isinstance(literal, ast.Constant):
                yield str(literal.value)


def in_template(source: str) -> Iterator[str]:
    """Literal arguments of `_()` in a template."""
    from jinja2 import Environment
    from jinja2.ext import extract_from_ast

    for _line, _function, message in extract_from_ast(Environment().parse(source), FUNCTIONS):
        if isinstance(message, str):
            yield message


def written(found: Mapping[str, set[str]], known: Mapping[str, str], language: str) -> str:
    """A catalogue's text: every message found, with its translation where one is known."""
    blocks = [HEADER.format(language=language)]
    for message in sorted(found):
        places = " ".join(sorted(found[message]))
        translation = quoted(known.get(message, ""))
        blocks.append(f"#: {places}\nmsgid {quoted(message)}\nmsgstr {translation}\n")
    return "\n".join(blocks)


def quoted(text: str) -> str:
    """`text` as a .po file quotes it."""
    body = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{body}"'


def main() -> None:
    """Bring `labctl.pot` and every `labctl.po` up to date with the source."""
    found = messages()
    (LOCALE / "labctl.pot").write_text(written(found, {}, ""), encoding="utf-8", newline="\n")
    for path in LOCALE.glob("*/LC_MESSAGES/labctl.po"):
        known = read_po(path.read_text(encoding="utf-8"))
        text = written(found, known, path.parent.parent.name)
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
