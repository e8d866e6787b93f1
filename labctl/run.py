"""What a procedure sees of its run: steps, readings, set points, evidence.

A `Run` holds no limit, no true value and no indicator. Names of steps are scoped by the step or
soak that calls them (`light/sweep-3600`) and are unique in an item. A step's result is plain data:
the procedure gets it back as the journal holds it, the first time and after every resume.
"""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from labctl.asking.answering import Answering
from labctl.asking.asked import Asker
from labctl.asking.prompts import Question
from labctl.beside import beside
from labctl.evidence import Attachment, Contribution, Evidence, Figure, Observed, Reading, Result
from labctl.exposure import Exposure
from labctl.gaps import Gap, without
from labctl.holding import Checkpoints
from labctl.item import Item, Wanted
from labctl.journal.writer import Journal
from labctl.lookout import Lookout, Warn, warn_nobody
from labctl.quantity import Quantity
from labctl.reductions import Reduced, Reductions
from labctl.sample import Sample
from labctl.soak import Soak
from labctl.steps import Arrange, Land, Snapshot, Steps, attempt_under_way, no_gap, no_snapshot
from labctl.telling import Tell, Teller
from labctl.traceable import Unstated
from labctl.words import Words, sentences

if TYPE_CHECKING:
    from labctl.uncertainty import MonteCarlo
    from labctl.uncertainty.montecarlo import Reduction

__all__ = ["Run", "Wanted"]

T = TypeVar("T")


class Run:
    """One item of a run, as its procedure sees it.

    `tell` is told of progress, `snapshot` gives the simulated bench as it is; `land` is awaited
    before the first step that is done. At `checkpoints` the procedure may be taken off its bench.
    `people` answer its prompts, `warn` is told of conditions out of their bands. `meet` is awaited
    before the first step too, and before the bench is arranged for it.
    """

    def __init__(
        self,
        journal: Journal,
        item: Item,
        tell: Tell,
        snapshot: Snapshot = no_snapshot,
        land: Land = no_gap,
        checkpoints: Checkpoints | None = None,
        people: Answering | None = None,
        warn: Warn = warn_nobody,
        meet: Arrange | None = None,
    ) -> None:
        self._journal = journal
        self._item = item
        self._teller = Teller(tell)
        self._steps = Steps(journal, item, snapshot, land, checkpoints, meet)
        self._observed: list[Observed] = []
        self._attachments: list[Attachment] = []
        self._lookout = Lookout(warn)
        self.reductions = Reductions()
        self.asker = Asker(self._steps, people, item.answered, self._attachments)

    @property
    def item(self) -> str:
        """The item's id."""
        return self._item.id

    @property
    def sample(self) -> Sample:
        """The sample under test, with its sheet."""
        return self._item.sample

    @property
    def seed(self) -> int:
        """Seed of the run's random streams."""
        return self._item.seed

    @property
    def contributions(self) -> Mapping[str, Quantity]:
        """The bench's contributions to uncertainty by name; `u` is the standard uncertainty."""
        return self._item.contributions

    @cached_property
    def monte_carlo(self) -> MonteCarlo:
        """The item's Monte Carlo, made at its first use."""
        from labctl.uncertainty import DRAWS, MonteCarlo, circumstances_of

        item = self._item
        around = circumstances_of(item.certificates, item.ambient, item.distributions)
        made = MonteCarlo(self._item.draws or DRAWS, self._item.seed, circumstances=around)
        made.itemised = not self._item.bare
        return made

    def wanted(self) -> tuple[Wanted, ...]:
        """The rows that the evidence must hold, in the indicator's order."""
        return self._item.wanted

    def set_point(self, quantity: str, unit: str) -> float:
        """Value in `unit` of the indicator's numeric condition on `quantity`.

        It is a set point, not a limit; `UsageError` where the indicator states none.
        """
        return self._item.set_point(quantity).to(unit).value

    def band(self, quantity: str, unit: str) -> tuple[float, float] | None:
        """What the readings of the condition on `quantity` must stay in, (low, high) in `unit`.

        An end may be infinite. It belongs to a condition, not to a criterion; None where the
        indicator states no such condition.
        """
        band = self._item.bands.get(quantity)
        return None if band is None else band.to(unit)

    async def step(self, name: str, fn: Callable[[], Awaitable[T]], result: type[T]) -> T:
        """Run `fn` once in the life of the run; afterwards return its stored result.

        `result` is the type of the result (numbers, text, lists, dicts, msgspec structs). On
        return the result is on the disk. A name used twice, or a result that is no plain data of
        that type, is a `Defect`.
        """
        return await self._steps.once(name, fn, result)

    def scope(self, name: str, arrange: Arrange) -> AbstractAsyncContextManager[None]:
        """The steps inside `async with run.scope(...)` are named `name/...` and need `arrange`.

        `arrange` brings the bench to the state that they start from, and is no step: it is awaited
        before the first of them that is really done in this process, so once in a run, and once
        more after each resume that falls between them. Done twice it must do no harm.
        """
        return self._steps.scope(name, arrange)

    async def ask(self, prompt: Question[T]) -> T:
        """What a person answers to `prompt`; asked once in the life of the run, as a step is done.

        `OperatorError` where nobody answers who should. The wait is run time like any other.
        """
        return (await self.asker.ask(prompt)).value

    async def record(self, channel: str, *readings: Reading) -> None:
        """Journal `readings` on `channel`; waits only while the journal's queue is full."""
        if readings:
            self._teller.heard(channel, readings[-1])
            await self._journal.record(self._item.number, channel, readings, attempt_under_way())

    async def readings(self, channel: str) -> list[Reading]:
        """Readings of a channel so far, as the journal holds them, in the order of recording.

        Those of an attempt that was interrupted and done again are not among them.
        """
        return await self._journal.readings(self._item.number, channel)

    def exposed(self, t: float) -> float:
        """Run time `t` in s with the interruptions of exposures before it taken out."""
        return without(self._steps.gaps, t)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The interruptions of this item so far."""
        return tuple(self._steps.gaps)

    async def soak(
        self,
        name: str,
        seconds: float,
        every: float,
        fn: Callable[[float], Awaitable[None]],
        until: float = 0.95,
    ) -> None:
        """Call `fn(elapsed s)` at 0, `every`, ..., `seconds` on exact times, as one step.

        Progress moves from where it stands to `until` (0..1). A point whose time has passed is
        not left out but late, which is noted in the journal. Steps inside `fn` are scoped by
        `name` and need names of their own at every point. After a resume `fn` is called for the
        points that were not committed; what it keeps in variables is lost, so a point whose
        result is needed later, or by the next one, belongs to `log`.
        """

        async def point(elapsed: float, _: None) -> None:
            await fn(elapsed)

        await self.log(name, seconds, every, point, type(None), until)

    async def log(
        self,
        name: str,
        seconds: float,
        every: float,
        fn: Callable[[float, T | None], Awaitable[T]],
        result: type[T],
        until: float = 0.95,
    ) -> list[T]:
        """As `soak` for `seconds` each `every` s, with a result of type `result` at every point.

        `fn` gets the result of the point before, None at the first. Returns all results, those
        of the points before a resume included.
        """
        exposure = Exposure(self._steps, name, result, self.progress)
        soak = Soak(exposure.full, seconds, self._teller.done, until)
        return await exposure.soak(soak, every, fn)

    async def cycles(
        self,
        name: str,
        count: int,
        fn: Callable[[int, T | None], Awaitable[T]],
        result: type[T],
        until: float = 0.95,
    ) -> list[T]:
        """Call `fn(index, result of the cycle before)` for cycles 0 to `count` - 1, as one step.

        As `log`, but each cycle begins when the one before has ended, and every cycle is committed.
        """
        exposure = Exposure(self._steps, name, result, self.progress)
        return await exposure.cycles(count, fn, self._teller.done, until)

    async def ended(self) -> None:
        """The procedure has returned: a resumed item that found all its steps done goes on now."""
        await self._steps.land()

    def look_at(self, quantity: str, value: float, unit: str) -> None:
        """A condition is `value` in `unit` now: people are told where it stays out of its band."""
        self._lookout.see(quantity, value, unit, self.band(quantity, unit))

    def observe(self, observed: Observed) -> None:
        """Add a condition as observed to the evidence."""
        self._observed.append(observed)

    async def attach(self, name: str, data: bytes, media_type: str) -> Attachment:
        """Keep a file with the run under its SHA-256; it is on the disk on return."""
        attachment = Attachment(name, hashlib.sha256(data).hexdigest(), media_type, len(data))
        await self._journal.attach(self._item.number, attachment, data)
        self._attachments.append(attachment)
        return attachment

    def progress(self, done: float, text: str) -> None:
        """Tell the viewer how far this item is (0..1) and what it does."""
        self._teller.progress(done, text)

    async def reduce(self, fn: Callable[[], T]) -> T:
        """What `fn` computes of readings, while the run goes on watching its bench.

        A computation of seconds on the event loop would keep interlocks from being read.
        """
        return await beside(fn, "reduction")

    def figure(
        self, key: str, reduction: Reduction, unit: str, reasons: tuple[str, ...] = ()
    ) -> Figure:
        """The figure of criterion `key` in `unit`, of the draws that `reduction` computes.

        More draws may be asked of the reduction when the procedure has returned. `reasons` are
        the figure's marks.
        """
        return self.reductions.figure(key, Reduced(reduction, unit, reasons), self.monte_carlo)

    def evidence(
        self,
        results: Mapping[str, Result],
        *,
        how: Words | Sequence[Words],
        left_out: tuple[Words, ...] = (),
        budget: tuple[Contribution, ...] = (),
        missing: tuple[str, ...] = (),
        unstated: tuple[Unstated, ...] = (),
        invalid: tuple[Words, ...] = (),
    ) -> Evidence:
        """The evidence, with the conditions observed and the files attached so far.

        `results` by criterion key, each in a unit of its own choice; `how` says in words how they
        were computed; `left_out` names what no bench can state and their uncertainty does not
        contain, `unstated` what it should contain, `missing` what could not be shown, `invalid`
        what makes it no evidence: a camera that saw nothing.
        """
        return Evidence(
            results=dict(results),
            conditions=tuple(self._observed),
            attachments=tuple(self._attachments),
            budget=budget,
            left_out=left_out,
            missing=missing,
            how=(*sentences(how), *self.reductions.notes, *self.reductions.corrected),
            kind=self._item.kind,
            invalid=invalid,
            unstated=(*unstated, *self.reductions.unstated),
        )
