"""The gate of a line: asked before every transaction whether it may be now.

Who opens a line says what its gate is. It is asked by the two pieces that every link is built on,
`Line` and `Stream`, which take the gate under which they are made. Opening, `resync` and closing
are asked of nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar

Gate = Callable[[str], None]
"""Is given the address of the line; raises where nothing may be sent."""


def always(address: str) -> None:
    """The gate that is always open."""


_gate: ContextVar[Gate] = ContextVar("gate", default=always)


def current_gate() -> Gate:
    """The gate of lines that are made now, in this task."""
    return _gate.get()


@contextmanager
def behind(gate: Gate) -> Generator[None]:
    """Lines that are made inside the block ask `gate`, for as long as they live."""
    token = _gate.set(gate)
    try:
        yield
    finally:
        _gate.reset(token)
