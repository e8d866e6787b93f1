"""Only labctl/clock.py (with the loop of virtual time under it) reads a clock."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.house.tree import Rule, Source, dotted, in_packages

CLOCKS = {"labctl/clock.py", "labctl/virtual_loop.py"}
MOMENTS = {"now", "utcnow", "today"}
OURS = {"clock.now", "labctl.clock.now"}
SQL = ("CURRENT_TIMESTAMP", "datetime('now')", "strftime('%s', 'now')", "unixepoch()")


def find(source: Source) -> Iterator[tuple[int, str]]:
    """Imports of time, calls that ask for this moment, SQL that does."""
    for line, name in source.imports():
        if name == "time" or name.startswith("time."):
            yield line, f"imports {name}"
    for call in source.calls():
        name = dotted(call.func)
        if _asks(name, bool(call.args or call.keywords)):
            yield call.lineno, f"calls {name}()"
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from ((node.lineno, f"SQL reads a clock: {s}") for s in SQL if s in node.value)


def _asks(name: str, has_arguments: bool) -> bool:
    """Whether a call of `name` asks for this moment; `datetime.time(12)` does not."""
    last = name.rsplit(".", 1)[-1]
    if last in MOMENTS:
        return "." in name and name not in OURS
    if last == "time":
        return "." in name and not has_arguments
    return last in {"perf_counter", "monotonic", "uuid1"} or name == "os.times"


RULE = Rule(
    "only clock.py reads a clock",
    lambda path: in_packages(path) and path not in CLOCKS,
    find,
    bad=(
        ("rigs/a.py", "import time"),
        ("rigs/a.py", "def f():\n    from time import monotonic"),
        ("labctl/a.py", "import datetime\nx = datetime.datetime.now()"),
        ("labctl/a.py", "from datetime import datetime\nx = datetime.now(UTC)"),
        ("labctl/a.py", "x = date.today()"),
        ("drivers/a.py", "x = asyncio.get_running_loop().time()"),
        ("drivers/a.py", "t0 = loop.time()"),
        ("labctl/a.py", "x = uuid.uuid1()"),
        ("labctl/a.py", "db.execute('insert into t values (CURRENT_TIMESTAMP)')"),
    ),
    good=(
        ("labctl/clock.py", "import time"),
        ("drivers/a.py", "from labctl import clock\nt = clock.now()"),
        ("labctl/a.py", "from datetime import datetime\nx = datetime.fromtimestamp(5.0, UTC)"),
        ("labctl/a.py", "from labctl.clock import now\nt = now()"),
    ),
)
