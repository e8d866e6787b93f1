"""How a driver wants its line: data that stands in the driver's class."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

NOISE = 3.0
"""Seconds after which an instrument that never pauses is taken as one that talks by itself.

It may be told to stop then; an answer is not taken from it.
"""


@dataclass(frozen=True)
class Backoff:
    """How often an idempotent transaction is tried, and how long is waited in between.

    `first` in s is the wait before the second try; each further one is `factor` times longer, up
    to `longest` in s. One try only: nothing is repeated.
    """

    tries: int = 3
    first: float = 0.2
    factor: float = 2.0
    longest: float = 10.0

    def waits(self) -> Iterator[float]:
        """The waits in s, one fewer than tries."""
        wait = self.first
        for _ in range(self.tries - 1):
            yield min(wait, self.longest)
            wait *= self.factor


@dataclass(frozen=True)
class MessageSettings:
    """Terminators and time-out of a line of text.

    `timeout` in s is that of one answer where the command asks for no other. `quiet` in s is how
    long the line must be silent, after a failure, to be taken as free of late answers.
    `idempotent` are the queries that may be sent again after the line failed, each as its first
    word; a query that starts, clears or takes out something is not among them. `blocks` are those
    answered with bytes of a definite length (IEEE 488.2, 8.7.9), also as their first word; such an
    answer is a text of one character a byte.
    """

    write_terminator: str = "\n"
    read_terminator: str = "\n"
    timeout: float = 2.0
    quiet: float = 0.25
    idempotent: frozenset[str] = frozenset()
    blocks: frozenset[str] = frozenset()
    backoff: Backoff = Backoff()


@dataclass(frozen=True)
class RegisterSettings:
    """Time-out of one Modbus request in s, and the silence in s that follows a failure.

    Reading registers is taken as idempotent, unless `backoff` allows one try only. An instrument
    that knows no function 06 has `single` False: one value too is written by function 16.
    """

    timeout: float = 1.0
    quiet: float = 0.3
    backoff: Backoff = Backoff()
    single: bool = True


@dataclass(frozen=True)
class BytesSettings:
    """A binary line: `timeout` of one frame and silence after a failure (`quiet`), both in s.

    `pause` in s is kept between the end of one frame and the start of the next.
    """

    timeout: float = 2.0
    quiet: float = 0.25
    pause: float = 0.0


@dataclass(frozen=True)
class AttributeSettings:
    """A Bluetooth device: `timeout` of one read or write and of the connection, in s.

    Reading is taken as idempotent, unless `backoff` allows one try only.
    """

    timeout: float = 5.0
    connect_timeout: float = 20.0
    backoff: Backoff = Backoff()


@dataclass(frozen=True)
class Will:
    """What the broker publishes for a client that is gone without saying so."""

    topic: str
    payload: bytes
    qos: int = 1
    retain: bool = True


@dataclass(frozen=True)
class TopicSettings:
    """A broker's client: `timeout` of one answer in s, `keepalive` in whole s, its last will.

    `quiet` in s is how long the topics of answers must be silent after a failed request;
    `backoff` is that of connecting again.
    """

    timeout: float = 5.0
    quiet: float = 0.25
    keepalive: int = 30
    will: Will | None = None
    backoff: Backoff = Backoff()


@dataclass(frozen=True)
class ProcessSettings:
    """Software under test: `timeout` of one line in s; `grace` in s to end before it is killed."""

    timeout: float = 10.0
    grace: float = 2.0


@dataclass(frozen=True)
class FolderSettings:
    """A watched folder: `timeout` for a file, `settled` time without change, `poll`, all in s."""

    timeout: float = 60.0
    settled: float = 1.0
    poll: float = 0.25


@dataclass(frozen=True)
class SdkSettings:
    """A vendor library's process: `timeout` of a call and of its start, both in s.

    `backoff` is that of starting it again after it hung or died.
    """

    timeout: float = 10.0
    start_timeout: float = 30.0
    backoff: Backoff = Backoff()


LinkSettings = (
    MessageSettings
    | RegisterSettings
    | BytesSettings
    | AttributeSettings
    | TopicSettings
    | ProcessSettings
    | FolderSettings
    | SdkSettings
)
"""Any of the above: the class of a driver's `settings` says which kind of link it wants."""
