"""Role: battery cycler."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from drivers.driver import Driver
from drivers.roles.arrays import ReadingArray
from labctl.evidence import Reading

if TYPE_CHECKING:
    from drivers.roles.arrays import FloatArray, IntArray


@dataclass(frozen=True)
class ChannelStatus:
    """A channel at one instant: `state`, `step` and `cycle` numbers from 1, voltage in V, current
    in A (charge positive), charge in C and energy in J of the step so far, cell temperature in
    degC where a sensor is fitted, `alarm` in the cycler's words (empty: none)."""

    state: Literal["idle", "working", "paused", "finished", "protected"]
    step: int
    cycle: int
    voltage: Reading
    current: Reading
    charge: Reading
    energy: Reading
    temperature: Reading | None
    alarm: str


@dataclass(frozen=True, eq=False)
class CyclerRecord:
    """Logged points, arrays of shape (n,): `index` of the point in the cycler's log from 0, `cycle`
    and `step` numbers from 1, `time` in s since the start of the test, voltage in V, current in A
    (charge positive), charge in C and energy in J since the start of the step."""

    index: IntArray
    cycle: IntArray
    step: IntArray
    time: FloatArray
    voltage: ReadingArray
    current: ReadingArray
    charge: ReadingArray
    energy: ReadingArray


@dataclass(frozen=True)
class CyclerStep:
    """A finished or running step: `kind` as programmed (`CC charge`, `rest`), start and end in s
    since the start of the test (`end` is nan while it runs), why it ended."""

    cycle: int
    step: int
    kind: str
    start: float
    end: float
    ended_by: str


@dataclass(frozen=True)
class Rest:
    """No current for `duration` in s."""

    duration: float


@dataclass(frozen=True)
class ConstantCurrent:
    """`current` in A (charge positive) until `voltage` in V or for `duration` in s."""

    current: float
    voltage: float | None = None
    duration: float | None = None


@dataclass(frozen=True)
class ConstantVoltage:
    """`voltage` in V with at most `current` in A, until it falls to `end_current` in A or for
    `duration` in s; a negative current discharges."""

    voltage: float
    current: float
    end_current: float | None = None
    duration: float | None = None


@dataclass(frozen=True)
class Loop:
    """Back to step `to` (from 1) until it was run `times` times in all."""

    to: int
    times: int


ProgramStep = Rest | ConstantCurrent | ConstantVoltage | Loop
"""A step of a program."""


class BatteryCycler(Driver, Protocol):
    """Runs charge and discharge programs on cells by itself and keeps their log.

    A program beyond the cycler's or the bench's limits is `LimitRefused`; a start on a channel
    that works on another test, and a protection event, are `InstrumentError`.
    """

    async def channels(self) -> tuple[int, ...]:
        """Numbers of the channels, none of them a quantity."""
        ...

    async def start(self, channel: int, *, program: str, test: str) -> None:
        """Have the test named `test` running `program` (name on the cycler) on `channel`.

        Asking again for the test that is running changes nothing.
        """
        ...

    async def start_steps(
        self, channel: int, steps: Sequence[ProgramStep], *, interval: float, test: str
    ) -> None:
        """As `start`, with the program made of `steps` and recorded every `interval` in s.

        `UsageError` or `LimitRefused` for a step that cannot be.
        """
        ...

    async def stop(self, channel: int) -> None:
        """Channel open, no current; its log stays."""
        ...

    async def status(self, channel: int) -> ChannelStatus:
        """Voltage in V, current in A, charge in C, energy in J and state at this moment."""
        ...

    async def records(self, channel: int, *, first: int, count: int) -> CyclerRecord:
        """Up to `count` points of the present test from point `first` on, in V, A, C, J and s."""
        ...

    async def steps(self, channel: int) -> tuple[CyclerStep, ...]:
        """Steps of the present test so far, times in s."""
        ...

    async def acknowledge_alarm(self, channel: int) -> None:
        """No alarm pending; `InstrumentError` where its cause stands."""
        ...
