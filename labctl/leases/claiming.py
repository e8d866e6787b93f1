"""Claiming the leases of a run's instruments, in an order that all runs keep."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping

from labctl.leases.keys import keys_of
from labctl.leases.lease import Holder, Lease
from labctl.leases.life import Found, is_local, state_of, watched
from labctl.leases.refusing import refused
from labctl.leases.shelf import Shelf, stem_of

_log = logging.getLogger(__name__)


def leases_of(addresses: Mapping[str, str], holder: Holder) -> dict[str, Lease]:
    """A lease for each thing that must be held to use `addresses` (role -> address), by its stem.

    All runs take theirs in the order of the stems, so that of several that want the same one gets
    on.
    """
    wanted: dict[str, dict[str, str]] = {}
    for role, address in addresses.items():
        for key in keys_of(address):
            wanted.setdefault(key, {})[role] = address
    leases = {
        stem_of(key): Lease(key, tuple(roles), tuple(dict.fromkeys(roles.values())), holder)
        for key, roles in wanted.items()
    }
    return dict(sorted(leases.items()))


class Claim:
    """The leases of one run, by stem; `numbers` of those that it has, `over` those left behind."""

    def __init__(self, shelf: Shelf, leases: Mapping[str, Lease], run: str) -> None:
        self.numbers: dict[str, int] = {}
        self.over: list[Lease] = []
        self._shelf = shelf
        self._leases = leases
        self._run = run
        self._local = is_local(shelf.path)
        self._seen: dict[str, tuple[int, Found | None]] = {}

    def take(self) -> None:
        """Take all. `BenchError` where somebody alive holds one: it names all that are held."""
        self._look(self._leases)
        for stem in self._leases:
            while not self._take(stem):
                self._look((stem,))
        for lease in self.over:
            self._shelf.end_pulse(lease.holder.token)

    def give_back(self) -> None:
        """Leave a free file behind for each lease; a folder out of reach is told, not raised."""
        for stem, number in self.numbers.items():
            try:
                given = self._shelf.free(stem, number + 1)
            except OSError as error:
                _log.warning("the lease %s cannot be given back: %s", stem, error)
                continue
            if not given:
                _log.warning("the lease %s had been taken by another run", stem)
        self.numbers.clear()

    def _take(self, stem: str) -> bool:
        """Whether the lease is ours; False where its file changed since it was looked at."""
        number, found = self._seen[stem]
        if not self._shelf.make(stem, number + 1, self._leases[stem]):
            return False
        self.numbers[stem] = number + 1
        if isinstance(found, Lease):
            self.over.append(found)
        return True

    def _look(self, stems: Iterable[str]) -> None:
        """Return when nobody alive holds any of `stems`."""
        wanted = tuple(stems)
        while True:
            self._seen |= {stem: self._found(stem) for stem in wanted}
            unknown = self._unknown(wanted)
            if not unknown:
                return
            match watched(self._shelf, unknown):
                case "silent":
                    return
                case "alive":
                    raise refused([found for _, found in unknown.values()], self._leases)
                case "changed":
                    continue

    def _unknown(self, stems: Iterable[str]) -> dict[str, tuple[int, Found]]:
        """Those of `stems` whose holder cannot be seen; `BenchError` where one is alive."""
        held: list[Found] = []
        unknown: dict[str, tuple[int, Found]] = {}
        for stem in stems:
            number, found = self._seen[stem]
            if found is None:
                continue
            state = state_of(self._shelf, found, local=self._local, run=self._run)
            if state == "held":
                held.append(found)
            elif state == "unknown":
                unknown[stem] = (number, found)
        if held:
            raise refused(held, self._leases)
        return unknown

    def _found(self, stem: str) -> tuple[int, Found | None]:
        number = self._shelf.top(stem)
        return number, self._shelf.read(stem, number) if number else None
