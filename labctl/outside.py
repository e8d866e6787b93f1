"""Where a procedure may use its instruments: inside steps, exposures and the `arrange` of a scope.

A resumed run executes the code between the steps again, so a command sent there would be sent
twice. What the engine does itself (opening, identifying, making safe, interlocks) is not under
this rule: it holds in the procedure's task and those that it starts, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar

from labctl.errors import OutsideStep

_outside: ContextVar[str] = ContextVar("outside", default="")
"""Id of the item whose procedure is between two steps in this task; empty everywhere else."""


@contextmanager
def between_steps(item: str) -> Generator[None]:
    """The code inside the block is that of the procedure of `item`, outside every step."""
    token = _outside.set(item)
    try:
        yield
    finally:
        _outside.reset(token)


@contextmanager
def inside_step() -> Generator[None]:
    """The code inside the block may use instruments."""
    with between_steps(""):
        yield


def require_step(address: str) -> None:
    """The gate of the lines of a bench: `OutsideStep` for a transaction outside every step."""
    item = _outside.get()
    if item:
        raise OutsideStep(
            f"{item}: its procedure uses an instrument outside every step",
            address=address,
            remedy="do it in a function that run.step, run.log, run.soak, run.cycles or "
            "run.scope is given",
        )
