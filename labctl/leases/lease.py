"""What stands in a lease: who holds which instrument, since when, and how to know whether he lives.

Times in it are for people. No clock of two machines is ever compared: whether a holder on another
machine lives is told by a counter that he moves.
"""

from __future__ import annotations

import getpass
from collections.abc import Iterable

import msgspec

from labctl import clock
from labctl.platform.hosts import host_name, process_space
from labctl.platform.processes import Process, is_alive, this_process

BEAT = 5.0
"""Seconds between two moves of a holder's counter."""


class Holder(msgspec.Struct, frozen=True):
    """A process that holds leases: of which `run` and `user`, on which machine, since when (UTC).

    `token` names it in the folder. `beat` in s is how often it moves its counter.
    """

    token: str
    run: str
    user: str
    host: str
    space: str
    process: Process
    since: str
    beat: float = BEAT


class Lease(msgspec.Struct, frozen=True):
    """One instrument that is held: its key, the roles and addresses that stand for it."""

    key: str
    roles: tuple[str, ...]
    addresses: tuple[str, ...]
    holder: Holder


class Pulse(msgspec.Struct, frozen=True):
    """What a holder writes anew with each beat: the counter, and processes that use the bench."""

    beats: int
    keepers: tuple[Process, ...] = ()


def this_holder(token: str, run: str, beat: float) -> Holder:
    """This process as a holder; `beat` in s."""
    since = clock.wall().isoformat(timespec="seconds")
    return Holder(
        token, run, user_name(), host_name(), process_space(), this_process(), since, beat
    )


def user_name() -> str:
    """Who is logged on; "?" where the system does not tell."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"


def is_here(holder: Holder, *, local: bool) -> bool:
    """Whether the life of a holder's process can be told from here.

    `local` says that only this machine uses the folder: then another boot is this machine's own,
    and its processes are gone.
    """
    if holder.host != host_name() or holder.space != process_space():
        return False
    return local or holder.process.boot == this_process().boot


def any_alive(holder: Holder, keepers: Iterable[Process]) -> bool:
    """Whether the holder's process, or one that uses the bench for it, runs on this machine."""
    return any(is_alive(process) for process in (holder.process, *keepers))
