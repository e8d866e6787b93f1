"""Wrong passwords are slowed down: after some of them the next is not even looked at for a while.

Three counters go up with each: that of the name at the address, that of the name, that of the
address. The wait doubles with each failure and has an end, so that nobody is locked out for ever.
Who logged in from an address before is not slowed down there by what others try with his name.
"""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from labctl import clock

FORGET = 900.0
"""Seconds after which failures are forgotten."""

MANY = 10_000
"""Counters of a kind that are kept; the one that was used longest ago goes."""


@dataclass(frozen=True)
class Rule:
    """`free` failures without a wait; then 1 s, doubled each time up to `longest` in s."""

    free: int
    longest: float

    def wait(self, failures: int) -> float:
        """Seconds from the last failure in which nothing is tried."""
        over = failures - self.free
        return 0.0 if over < 0 else min(self.longest, 2.0 ** min(over, 20))


BOTH, NAME, ADDRESS = Rule(5, 300.0), Rule(20, 30.0), Rule(40, 60.0)
"""For a name at an address, for a name, for an address."""


@dataclass
class _Counters:
    rule: Rule
    rows: OrderedDict[str, tuple[int, float]] = field(
        default_factory=OrderedDict[str, tuple[int, float]]
    )

    def wait(self, key: str, now: float) -> float:
        failures, last = self.rows.get(key, (0, -math.inf))
        return 0.0 if now - last > FORGET else last + self.rule.wait(failures) - now

    def failed(self, key: str, now: float) -> None:
        failures, last = self.rows.pop(key, (0, -math.inf))
        self.rows[key] = (1 if now - last > FORGET else failures + 1, now)
        if len(self.rows) > MANY:
            self.rows.popitem(last=False)


class Throttle:
    """Counts wrong passwords; `now` gives seconds of any clock that does not jump."""

    def __init__(self, now: Callable[[], float] = clock.stopwatch) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._both, self._name = _Counters(BOTH), _Counters(NAME)
        self._address = _Counters(ADDRESS)
        self._known: OrderedDict[str, None] = OrderedDict()

    def wait(self, name: str, address: str) -> float:
        """Seconds for which `name` may not be tried from `address`; 0 where it may be now."""
        with self._lock:
            now, both = self._now(), _together(name, address)
            waits = [self._both.wait(both, now)]
            if both not in self._known:
                waits += [self._name.wait(name, now), self._address.wait(address, now)]
            return max(0.0, *waits)

    def failed(self, name: str, address: str) -> None:
        """A password was wrong."""
        with self._lock:
            now = self._now()
            self._both.failed(_together(name, address), now)
            self._name.failed(name, now)
            self._address.failed(address, now)

    def succeeded(self, name: str, address: str) -> None:
        """A password was right: what failed before for `name` at `address` is forgotten."""
        with self._lock:
            both = _together(name, address)
            self._both.rows.pop(both, None)
            self._known[both] = None
            self._known.move_to_end(both)
            if len(self._known) > MANY:
                self._known.popitem(last=False)


def _together(name: str, address: str) -> str:
    return f"{name}\n{address}"
