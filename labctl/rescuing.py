"""What a lab offers to whoever makes a bench safe that another process used: the door `rescue`.

It is prepared before the bench is used, so that nothing has to be loaded when it is needed, and it
is independent of the process that used the bench, which may be dead.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Literal, Protocol

import msgspec

from labctl.errors import LabError
from labctl.rehearsing import Certificate

DEADLINE = 30.0
"""Seconds for which a silent instrument is tried again."""

PATIENCE = 0.15
"""Seconds of silence after which an instrument no longer delays the one after it."""

BY_HAND = "switch this instrument off by hand, then look why it does not answer"
"""What is left to do where an instrument could not be made safe."""

State = Literal["safe", "unreached", "failed"]
"""Safe by its own read-back; nobody answered; it answered and is not known to be safe."""


class RoleRescue(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one role.

    `error` is that of the last try, as `LabError.as_dict` gives it, with a remedy; None where the
    instrument is safe. `seconds` is from the begin of the rescue, `tries` how often it was tried.
    """

    role: str
    address: str
    state: State
    seconds: float
    tries: int
    error: dict[str, str] | None = None


class RescueReport(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a bench, its roles in the order in which they are made safe.

    `simulated`: its instruments lived in the process that used it, so there is nothing to do and
    `roles` is empty. `seconds` is how long all of it took.
    """

    bench: str
    roles: tuple[RoleRescue, ...]
    seconds: float
    simulated: bool = False

    @property
    def is_safe(self) -> bool:
        """Whether every instrument is safe by its own read-back."""
        return all(one.state == "safe" for one in self.roles)

    @property
    def unsafe(self) -> tuple[RoleRescue, ...]:
        """The roles that a person has to see to."""
        return tuple(one for one in self.roles if one.state != "safe")

    def told(self) -> str:
        """One line for a log or an event: what is safe, and what is not and why."""
        if self.simulated:
            return f"{self.bench}: simulated, its instruments ended with the process that had them"
        safe = ", ".join(
            f"{one.role} in {one.seconds:.2f} s" for one in self.roles if not one.error
        )
        parts = [f"safe: {safe}"] if safe else []
        parts += [f"NOT SAFE: {one.role} at {one.address}: {_why(one)}" for one in self.unsafe]
        return f"{self.bench}: " + "; ".join(parts)


OnPowerReturn = Literal["hold", "resume", "abort"]
"""What becomes of an interrupted run once its bench is safe: it is left to a person, gone on with
as soon as its interlocks read good, or closed."""

Tell = Callable[[RoleRescue], None]
"""Is told of each role at the moment when it is safe or given up."""


class Rescue(Protocol):
    """A bench that can be made safe. Nothing has been sent to an instrument yet."""

    @property
    def bench_name(self) -> str:
        """Name of the bench, from its file."""
        ...

    @property
    def simulated(self) -> bool:
        """Whether its instruments live in the process that uses it: then there is nothing to do."""
        ...

    @property
    def on_power_return(self) -> OnPowerReturn:
        """What its file says becomes of an interrupted run once it is safe."""
        ...

    @property
    def addresses(self) -> Mapping[str, str]:
        """Role -> address, in the order in which the roles are made safe."""
        ...

    @property
    def problems(self) -> Mapping[str, LabError]:
        """Roles that cannot be made safe as the bench file stands: no driver, a secret missing.

        Whoever is going to use the bench refuses to begin; a rescue goes on without them.
        """
        ...

    @property
    def certificates(self) -> Sequence[Certificate]:
        """The calibrations of its instruments, of which people are told when they end."""
        ...

    async def safe(
        self, deadline: float = DEADLINE, patience: float = PATIENCE, tell: Tell | None = None
    ) -> RescueReport:
        """Take every instrument to its safe state, and read back that it is there.

        All are tried, each until it is safe or `deadline` in s has passed; one that is silent for
        `patience` in s no longer delays the next. It raises no `LabError`: failures stand in the
        report. It may be called again.
        """
        ...


class RescueOpener(Protocol):
    """Prepares the rescue of the bench file `bench` (None: a rig's own simulated one).

    `rig` is the rig's class, whose order of roles counts; None finds it by the name in the file.
    `text` is the file as it stood, where it is not to be read again. All code that is needed is
    loaded on return. `BenchError` where the file cannot be read.
    """

    def __call__(self, bench: Path | None, rig: type | None = None, text: str = "") -> Rescue:
        """The prepared rescue."""
        ...


def _why(one: RoleRescue) -> str:
    error = one.error or {}
    return "; ".join(error[key] for key in ("message", "remedy") if error.get(key))
