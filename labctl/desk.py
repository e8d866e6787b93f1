"""The desk of a run: where it tells what it does, asks people and takes their orders.

The engine knows nothing of terminals, sockets and web pages. Whoever starts a run gives it a desk:
the command line in this process, or the line to the guardian.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, Protocol

import msgspec

from labctl.asking.prompts import Answer, Prompt
from labctl.orders import Order
from labctl.requests import Progress, RunRequest
from labctl.words import Words

NoticeKind = Literal[
    "prompt",
    "hold",
    "released",
    "trip",
    "gap",
    "band",
    "disk",
    "calibration",
    "unattainable",
    "guardian",
    "error",
    "ended",
]
"""What people want to hear of."""

Take = Callable[[Order], None]
"""Is given each order, on the event loop of the run."""


class Notice(msgspec.Struct, frozen=True):
    """Something that people want to hear of: what it says, of which item, when.

    `t` is run time in s, `utc` Unix time in s.
    """

    kind: NoticeKind
    text: Words
    item: str = ""
    t: float = 0.0
    utc: float = 0.0


class Desk(Protocol):
    """Where a run tells what it does, asks people and takes orders."""

    def tell(self, progress: Progress) -> None:
        """How far the run is; called at most some 20 times a second."""
        ...

    def notice(self, notice: Notice) -> None:
        """Something that people want to hear of."""
        ...

    def beat(self) -> None:
        """The event loop of the run is alive; called once a second of real time."""
        ...

    async def ask(self, prompt: Prompt) -> Answer:
        """A person's answer; waits as long as it takes, and is cancelled at the time-out.

        `OperatorError` where nobody can answer.
        """
        ...

    def attend(self, take: Take | None) -> None:
        """From now on orders go to `take`; None where the run takes none any more."""
        ...


class LocalDesk:
    """The desk of a run in this process, whose person sits at its terminal.

    Progress goes to `on_progress`; nobody is sent notices, and nobody gives orders but by signals.
    """

    def __init__(
        self, on_progress: Callable[[Progress], None] | None = None, operator: str = ""
    ) -> None:
        self._on_progress = on_progress
        self._operator = operator

    def tell(self, progress: Progress) -> None:
        """Progress to whoever wants it."""
        if self._on_progress is not None:
            self._on_progress(progress)

    def notice(self, notice: Notice) -> None:
        """The journal has it as well; nobody else hears of it."""

    def beat(self) -> None:
        """Nobody listens: the instruments would die with this process."""

    async def ask(self, prompt: Prompt) -> Answer:
        """The operator's answer at the terminal; `OperatorError` where nobody is there."""
        from labctl.asking.terminal import Terminal

        return await Terminal(self._operator).ask(prompt)

    def attend(self, take: Take | None) -> None:
        """Nobody gives orders."""


def desk_of(request: RunRequest) -> Desk:
    """The desk that `request` names, else the one in this process."""
    return request.desk or LocalDesk(request.on_progress, request.operator)
