"""Taking the leases of a run's instruments, all of them or none."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from labctl.leases.beating import Beating
from labctl.leases.claiming import Claim, leases_of
from labctl.leases.lease import BEAT, Lease, Pulse, this_holder
from labctl.leases.refusing import cannot_be_used
from labctl.leases.shelf import Shelf
from labctl.platform.processes import find_process


@dataclass(frozen=True)
class Held:
    """Leases that are held; `taken_over` are those that dead processes had left behind."""

    leases: tuple[Lease, ...] = ()
    taken_over: tuple[Lease, ...] = ()
    _beating: Beating | None = field(default=None, repr=False)

    @property
    def lost(self) -> tuple[str, ...]:
        """Leases that another run took, since nothing was heard of this process for too long.

        The bench must not be used any more.
        """
        return () if self._beating is None else tuple(self._beating.lost)

    def keep(self, pid: int) -> None:
        """Say that the process `pid` uses the bench too: another run waits for its end as well."""
        process = find_process(pid)
        if process is not None and self._beating is not None:
            self._beating.keep(process)


@contextmanager
def taken(
    addresses: Mapping[str, str],
    run: str,
    folder: Path,
    *,
    on_lost: Callable[[str], None] | None = None,
    beat: float = BEAT,
) -> Generator[Held]:
    """Hold the instruments at `addresses` (role -> address) for `run` inside the `with` block.

    `BenchError` where another run holds one: it names roles, addresses, run, machine, user and what
    to do. Leases that dead processes left are taken over and stand in `taken_over`: the caller
    journals them. Where the holder cannot be seen from here that takes 3.5 of its beats, in which
    this call blocks. `on_lost` is called, in a thread, for each lease that another run took in
    spite of all; `beat` in s is how often this process shows that it lives. Simulated instruments
    need no lease.
    """
    holder = this_holder(secrets.token_hex(8), run, beat)
    leases = leases_of(addresses, holder)
    if not leases:
        yield Held()
        return
    with _told(folder):
        shelf = Shelf(folder)
    claim = Claim(shelf, leases, run)
    beating = Beating(shelf, holder, claim.numbers, on_lost)
    try:
        with _told(folder):
            # First: whoever finds a lease of ours has to find our counter too.
            shelf.write_pulse(holder.token, Pulse(0))
            beating.start()
            claim.take()
        yield Held(tuple(leases.values()), tuple(claim.over), beating)
    finally:
        beating.end()
        claim.give_back()


@contextmanager
def _told(folder: Path) -> Generator[None]:
    """`BenchError` where the folder cannot be used."""
    try:
        yield
    except OSError as error:
        raise cannot_be_used(folder, error) from error
