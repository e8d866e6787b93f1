"""Where an interrupted item goes on: at its last snapshot, after an outage, or by the wall clock.

A simulated bench stands still while labctl is dead. Without an outage the item goes on at the very
moment of its last snapshot: lines are opened and the bench is arranged before that moment, on the
instruments as they come from the maker, and then world and instruments become what they were. With
an outage they become so first, are made safe and age through it, and are arranged afterwards, as a
real bench is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from labctl import clock
from labctl.desk import NoticeKind
from labctl.errors import Defect
from labctl.gaps import Gap, Gaps, intolerable
from labctl.i18n import N_
from labctl.journal.leaving import SAFE
from labctl.journal.standing import Standing
from labctl.journal.writer import Journal
from labctl.labs import OpenBench
from labctl.words import Text, Words

AHEAD = 1e6
"""Seconds of virtual time in which the bench is opened and arranged before it goes on."""

GAP = N_("The item goes on after {seconds} s in which it was interrupted.")

Tell = Callable[[NoticeKind, Words], None]
"""Tells people of something that befell the item."""


@dataclass(frozen=True)
class Landing:
    """Where the item number `item` goes on that had come as far as `standing`.

    `alive` is the run time in s of the last sign of life, `outage` how long the simulated bench was
    without labctl, in s, `state` how the bench was left in the gap. In `real` time nothing can be
    done before the moment of the snapshot. `held`: labctl did not die, it took the item off its
    bench, because of the holds named by `causes`.
    """

    item: int
    standing: Standing
    alive: float
    outage: float = 0.0
    state: str = SAFE
    real: bool = False
    held: bool = False
    causes: frozenset[str] = frozenset()

    @property
    def lost(self) -> bool:
        """Whether there was time in which nobody knows what became of the bench."""
        return bool(self.causes) if self.held else self.rehearsed is None

    @property
    def away(self) -> float:
        """Run time in s from which on the item was not on its bench."""
        return self.alive if self.standing.snapshot is None else self.standing.snapshot.t

    @property
    def rehearsed(self) -> frozenset[str] | None:
        """The scopes that are arranged before the moment at which the bench goes on.

        None where it does not go on as it was.
        """
        snapshot = self.standing.snapshot
        if snapshot is None or self.outage or self.real or self.standing.unrecognised:
            return None
        return frozenset(snapshot.scopes)

    @property
    def since(self) -> float | None:
        """Run time in s at which a bench that is put back is there again; None where it is now."""
        snapshot = self.standing.snapshot
        return None if snapshot is None or self.rehearsed is None else snapshot.t

    @property
    def start(self) -> float | None:
        """Run time in s at which the loop starts; None where no snapshot says so."""
        snapshot = self.standing.snapshot
        if snapshot is None:
            return None
        return snapshot.t if self.rehearsed is None else snapshot.t - AHEAD

    def approach(self, journal: Journal) -> None:
        """Date what is noted before the bench goes on with that moment."""
        snapshot = self.standing.snapshot
        if snapshot is not None and self.rehearsed is not None:
            journal.stand_still((snapshot.t, clock.VIRTUAL_EPOCH + snapshot.t))

    async def outlast(self, bench: OpenBench) -> None:
        """After an outage: the bench as it was, made safe, and aged through it."""
        snapshot = self.standing.snapshot
        if snapshot is None or self.rehearsed is not None:
            return
        bench.restore(snapshot.state, drivers=False)
        await bench.rig.safe()
        await clock.sleep(self.outage)

    async def land(self, bench: OpenBench, journal: Journal, settle: float) -> Gap:
        """Everything is arranged: go on, and note the gap; `settle` in s is given the device."""
        snapshot = self.standing.snapshot
        if snapshot is not None and self.rehearsed is not None:
            if clock.now() > snapshot.t:
                raise Defect(f"opening and arranging took more than {AHEAD:g} s")
            await clock.sleep_until(snapshot.t)
            bench.restore(snapshot.state, drivers=True)
            journal.stand_still(None)
        elif self.standing.exposed:
            await clock.sleep(settle)
        gap, exposed = max(0.0, clock.now() - self.away), self.standing.exposed
        return journal.gap(self.item, gap, self.state, exposed=exposed)


@dataclass(frozen=True)
class Lander:
    """Lets an item go on: what its `Run` calls, which knows nothing of the indicator."""

    landing: Landing | None
    bench: OpenBench
    journal: Journal
    tolerated: Gaps
    tell: Tell

    async def __call__(self) -> Gap | None:
        """Go on where the interrupted item was; the gap, or None where there was none.

        People are told of it, and of what it makes certain already.
        """
        if self.landing is None:
            return None
        gap = await self.landing.land(self.bench, self.journal, self.tolerated.settle)
        if gap.seconds > 0:
            self.tell("gap", Text(GAP, {"seconds": f"{gap.seconds:.6g}"}))
        for why in intolerable((*self.landing.standing.gaps, gap), self.tolerated):
            self.tell("unattainable", why)
        return gap
