"""What a lab offers to `labctl sim serve`: a simulated bench on real sockets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

Report = Callable[[str, str, str], None]
"""Told (role, event, detail); events: connected, disconnected, refused, failed."""


@dataclass(frozen=True)
class ServeRequest:
    """Which bench is served, and where.

    `bench` is a file, or the name of a simulated bench of the lab. `port` is the first of
    consecutive TCP ports, 0 for free ones. `faults` is a file of faults, one a line as
    `OpenServing.command` takes them.
    """

    bench: str
    host: str = "127.0.0.1"
    port: int = 0
    seed: int = 1
    faults: Path | None = None


class OpenServing(Protocol):
    """A bench that is being served on the running event loop."""

    @property
    def roles(self) -> Mapping[str, Mapping[str, Any]]:
        """Plain data by role: model, address (None where it cannot be served, with a reason),
        endpoints by kind, and truth {quantity: [value, unit]} where the bench tells it."""
        ...

    def command(self, line: str) -> None:
        """`fault ROLE KIND [option=value ...]` or `heal ROLE`; `UsageError` says what is wrong."""
        ...

    async def close(self) -> None:
        """Hang up on every client and give the endpoints back. Closing twice is no error."""
        ...


class BenchServer(Protocol):
    """Serves a simulated bench; `BenchError` where there is none or a port is taken."""

    async def __call__(self, request: ServeRequest, report: Report) -> OpenServing:
        """The bench, being served."""
        ...
