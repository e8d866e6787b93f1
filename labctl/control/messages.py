"""What viewers, the guardian and the worker of a run say to each other: a line of JSON each.

    viewer  -> guardian   Hello, then Status | Follow | Reply | Give | Safe
    guardian -> viewer    Board, Told, Noticed, Asked, Withdrawn, Answered, Done | Refused, Ended
    worker  -> guardian   Hello, then Beat, Told, Noticed, Asked, Withdrawn, Closing, Left
    guardian -> worker    Beat, Give, Answered

Each verb of a viewer is answered with `Done` or `Refused`, in order; what it follows comes between.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from labctl.asking.prompts import Answer, Prompt
from labctl.desk import Notice
from labctl.orders import Order
from labctl.platform.processes import Process
from labctl.requests import Progress

Part = Literal["viewer", "worker"]
Phase = Literal["preparing", "running", "aborting", "rescuing", "ended"]


class Hello(msgspec.Struct, frozen=True, tag="hello"):
    """The first line of whoever connects: the token of control.json, and who it is."""

    token: str
    part: Part
    process: Process
    who: str = ""


class Beat(msgspec.Struct, frozen=True, tag="beat"):
    """A sign of life: of the worker's event loop, or of the guardian's."""


class Told(msgspec.Struct, frozen=True, tag="told"):
    """How far the run is."""

    progress: Progress


class Noticed(msgspec.Struct, frozen=True, tag="noticed"):
    """Something that people want to hear of."""

    notice: Notice


class Asked(msgspec.Struct, frozen=True, tag="asked"):
    """A question to people; `number` is its own in this run of the worker."""

    number: int
    prompt: Prompt


class Withdrawn(msgspec.Struct, frozen=True, tag="withdrawn"):
    """Nobody needs to answer the question any more: its time is over."""

    number: int


class Answered(msgspec.Struct, frozen=True, tag="answered"):
    """The answer that counts."""

    number: int
    answer: Answer


class Closing(msgspec.Struct, frozen=True, tag="closing"):
    """The worker's event loop is over: there are no beats any more, it closes the journal."""


class Left(msgspec.Struct, frozen=True, tag="left"):
    """The worker's last word: whether the bench is `safe` and its lines are closed.

    `error` is what `--json` prints of why it could not run at all, with the `exit_code` of that.
    """

    safe: bool
    error: dict[str, str] | None = None
    exit_code: int = 0


class Status(msgspec.Struct, frozen=True, tag="status"):
    """A viewer wants to know how the run stands, once."""


class Follow(msgspec.Struct, frozen=True, tag="follow"):
    """A viewer wants to hear of everything from now on."""


class Reply(msgspec.Struct, frozen=True, tag="reply"):
    """A person's answer to the question `number`."""

    number: int
    answer: Answer


class Give(msgspec.Struct, frozen=True, tag="give"):
    """A person's order to the run."""

    order: Order


class Safe(msgspec.Struct, frozen=True, tag="safe"):
    """Emergency: the worker is killed now, and the bench made safe."""

    who: str = ""


class Done(msgspec.Struct, frozen=True, tag="done"):
    """What was asked is done, or on its way to the worker."""


class Refused(msgspec.Struct, frozen=True, tag="refused"):
    """What was asked is not done, and why."""

    why: str


class Ended(msgspec.Struct, frozen=True, tag="ended"):
    """The run has ended. `how` is "" where the worker closed it in good order.

    `safe` says whether all instruments are known to be safe, `rescue` what became of them where
    the guardian had to see to it. `error` and `exit_code` as in `Left`.
    """

    how: str = ""
    safe: bool = True
    rescue: str = ""
    error: dict[str, str] | None = None
    exit_code: int = 0


class Board(msgspec.Struct, frozen=True, tag="board"):
    """How the run stands: what is asked now, what was noticed lately."""

    run: str
    phase: Phase
    guardian: Process
    worker: Process | None = None
    progress: Progress | None = None
    asked: tuple[Asked, ...] = ()
    notices: tuple[Notice, ...] = ()
    ended: Ended | None = None


FromWorker = Beat | Told | Noticed | Asked | Withdrawn | Closing | Left
FromViewer = Status | Follow | Reply | Give | Safe
ToWorker = Beat | Give | Answered
ToViewer = Board | Told | Noticed | Asked | Withdrawn | Answered | Done | Refused | Ended
Message = Hello | FromWorker | FromViewer | ToWorker | ToViewer

MOST = 1 << 20
"""Bytes of the longest line."""

hello_of = msgspec.json.Decoder(Hello).decode
from_worker = msgspec.json.Decoder(FromWorker).decode
from_viewer = msgspec.json.Decoder(FromViewer).decode
to_worker = msgspec.json.Decoder(ToWorker).decode
to_viewer = msgspec.json.Decoder(ToViewer).decode

_encode = msgspec.json.Encoder().encode


def line_of(message: Message) -> bytes:
    """`message` as its line, with the line's end."""
    return _encode(message) + b"\n"
