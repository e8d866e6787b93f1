"""Every text file and every program's text is opened with encoding="utf-8"."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.house.tree import Rule, Source, dotted, is_python

ALLOWED = {"utf-8", "utf-8-sig"}
RUN = {"run", "Popen", "check_output", "check_call", "call"}


def find(source: Source) -> Iterator[tuple[int, str]]:
    """Calls that would take the machine's own encoding, or that name another than UTF-8."""
    for call in source.calls():
        name = dotted(call.func)
        keywords = {word.arg: word.value for word in call.keywords}
        if not _is_text(name, call, keywords):
            continue
        encoding = keywords.get("encoding")
        if encoding is None and name.endswith(("read_text", "write_text")):
            place = 0 if name.endswith("read_text") else 1
            encoding = call.args[place] if len(call.args) > place else None
        if not (isinstance(encoding, ast.Constant) and encoding.value in ALLOWED):
            yield call.lineno, f"{name} without encoding='utf-8'"


def _is_text(name: str, call: ast.Call, keywords: dict[str | None, ast.expr]) -> bool:
    last = name.rsplit(".", 1)[-1]
    if last in {"read_text", "write_text"}:
        return True
    if last in RUN and name.startswith("subprocess."):
        return any(
            isinstance(word := keywords.get(key), ast.Constant) and word.value is True
            for key in ("text", "universal_newlines")
        )
    if name == "open":
        return "b" not in _mode(call, keywords, 1)
    if last in {"fdopen", "NamedTemporaryFile", "TemporaryFile"}:
        default = "r" if last == "fdopen" else "b"
        return "b" not in (_mode(call, keywords, 1 if last == "fdopen" else 0) or default)
    if last == "open" and name.split(".")[0] in {"gzip", "bz2", "lzma"}:
        return "t" in _mode(call, keywords, 1)
    if last == "open":
        mode = _mode(call, keywords, 0)
        return 0 < len(mode) <= 3 and set(mode) <= set("rwax+t")
    return False


def _mode(call: ast.Call, keywords: dict[str | None, ast.expr], place: int) -> str:
    """The mode of a call; of `"rb+" if x else "rb"` both, joined where all of them are binary."""
    node = keywords.get("mode") or (call.args[place] if len(call.args) > place else None)
    if isinstance(node, ast.IfExp):
        modes = [part.value for part in (node.body, node.orelse) if isinstance(part, ast.Constant)]
        return "b" if modes and all("b" in str(mode) for mode in modes) else ""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


RULE = Rule(
    "every text is UTF-8 by name",
    is_python,
    find,
    bad=(
        ("labctl/a.py", "open('x')"),
        ("labctl/a.py", "open('x', 'w', encoding='gbk')"),
        ("labctl/a.py", "open('x', 'rb' if x else 'r')"),
        ("labctl/a.py", "path.read_text()"),
        ("labctl/a.py", "path.write_text('x')"),
        ("tests/a.py", "path.open('a')"),
        ("tests/a.py", "import subprocess\nsubprocess.run(['x'], text=True)"),
        ("ci/a.py", "import subprocess\nsubprocess.Popen(['x'], universal_newlines=True)"),
        ("ci/a.py", "import gzip\ngzip.open('x', 'rt')"),
        ("ci/a.py", "import tempfile\ntempfile.NamedTemporaryFile('w')"),
    ),
    good=(
        ("labctl/a.py", "open('x', 'rb')"),
        ("labctl/a.py", "open('x', 'rb+' if x else 'rb')"),
        ("labctl/a.py", "open('x', encoding='utf-8')"),
        ("labctl/a.py", "path.read_text('utf-8')"),
        ("labctl/a.py", "path.open('rb')"),
        ("labctl/a.py", "bench.open(0.0)"),
        ("tests/a.py", "import subprocess\nsubprocess.run(['x'], text=True, encoding='utf-8')"),
        ("ci/a.py", "import tempfile\ntempfile.NamedTemporaryFile()"),
    ),
)
