"""Role: power dispatch (a way to give a site's controller power commands and to hear from it).

Set points and powers of the units are counted out of them: active power is positive when they feed
into the grid, reactive power when it raises the voltage. They are those of the units together, not
less the loads beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


@dataclass(frozen=True)
class ControllerTime:
    """A time `stamp` that the controller's own clock told, between two times of the host's.

    All are Unix times in s. The stamp was made after `sent` and before `answered`, so the
    difference of the clocks is known to half of that span (F. Cristian, Probabilistic clock
    synchronization, Distributed Computing 3, 1989).
    """

    stamp: float
    sent: float
    answered: float

    @property
    def skew(self) -> float:
        """The controller's clock minus the host's in s, the stamp being taken for the middle."""
        return self.stamp - 0.5 * (self.sent + self.answered)

    @property
    def doubt(self) -> float:
        """Limits of error of `skew` in s: +- half of the time between question and answer."""
        return 0.5 * (self.answered - self.sent)


@dataclass(frozen=True)
class PowerCommand:
    """A command as the controller took it.

    `number` is the host's, `count` how many commands the controller has taken since its start,
    `active` in W and `reactive` in var are the set points in force, `taken` is when it took it.
    """

    number: int
    count: int
    active: float
    reactive: float
    taken: ControllerTime


@dataclass(frozen=True)
class SiteReading:
    """Of one window of the controller's meters: active power in W and reactive power in var of all
    units, power in W that the site draws from the grid at the point of common coupling (negative:
    it feeds in), rms voltage in V and frequency in Hz there, mean state of charge in %.

    `stamp` is the end of the window in Unix s by the controller's own clock, `count` the number of
    the window since its start.
    """

    active: Reading
    reactive: Reading
    drawn: Reading
    voltage: Reading
    frequency: Reading
    state_of_charge: Reading
    stamp: float
    count: int


class PowerDispatch(Driver, Protocol):
    """Gives power commands to a site and hears what it does.

    Power beyond the site's or the bench's limits is `LimitRefused`; a command that the controller
    refuses, or does not take, is `InstrumentError`.
    """

    async def set_power(self, active: float, reactive: float = 0.0) -> PowerCommand:
        """Set points in W and var of all units together; how the controller took them."""
        ...

    async def measure(self) -> SiteReading:
        """The last whole window of the controller's meter: W, var, V, Hz and %."""
        ...

    async def controller_time(self) -> ControllerTime:
        """What the controller's clock says now, in Unix s."""
        ...
