"""The temperatures between which a cell works: reduction and evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from labctl.evidence import Evidence, Figure, Range
from labctl.i18n import N_
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from labctl.words import Text, Words
from procedures.methods.battery.legs import of_sign
from procedures.methods.one_figure import BUDGET_DRAWS
from procedures.methods.storage_cell.cell import Cell, cell_on
from procedures.methods.storage_cell.driving import Seen, charge_of
from procedures.methods.storage_cell.reduction import given, line_error, true_current
from procedures.methods.storage_cell.span import KEPT_COLD, KEPT_HOT, Point, Side, Span, span
from procedures.methods.trace import trace
from rigs.storage_cell import StorageCellRig

LATE = 6 * 3600.0
"""Last seconds of a stay at a temperature, in which the discharge falls."""

HOW = N_(
    "Charged at 25 degC, a day at the temperature, discharged there with a third of the rated "
    "capacity per hour to the cut-off of the sample's sheet. The cell works where it gives at "
    "least 70 % of its capacity at 25 degC in the cold and 95 % in the heat: our choice, the text "
    "states none. Capacities at 25 degC were told before and after each way. Each end by a line "
    "through the two temperatures beside it; the temperature is that of the air round the cell in "
    "the discharge."
)
BEYOND = N_("No {side} end was found up to the last temperature tried: the cell works beyond it.")
COLD_SIDE, HOT_SIDE = "cold", "hot"
LEFT_OUT: tuple[Words, ...] = (
    N_("settling: a day, in which a cell follows the air within minutes"),
    N_("charging in the cold: the cell was charged at 25 degC"),
)


async def working_range(run: Run, rig: StorageCellRig, result: str) -> Evidence:
    """Evidence for `result`: lowest and highest temperature at which the cell works, in degC."""
    cell = cell_on(run)
    found = await span(run, rig, cell)
    return await run.reduce(lambda: _evidence(run, result, cell, found))


def _evidence(run: Run, result: str, cell: Cell, found: Span) -> Evidence:
    mc = run.monte_carlo
    ends = {
        COLD_SIDE: End(cell, found.reference, found.cold, KEPT_COLD),
        HOT_SIDE: End(cell, found.reference, found.hot, KEPT_HOT),
    }
    low, high = (end.figure(mc) for end in ends.values())
    budget = [
        line
        for side, end in ends.items()
        if end.is_found
        for line in mc.budget(end.draws, f"{result}, {side} end", BUDGET_DRAWS)
    ]
    tested = sorted(one.set for end in ends.values() for one in end.side.points)
    failed = [one.set for end in ends.values() for one in end.failed()]
    inside = tuple(t for t in tested if low.value < t < high.value)
    return run.evidence(
        {result: Range(low, high, between=inside, failed=tuple(t for t in failed if t in inside))},
        how=(HOW, *(Text(BEYOND, {"side": s}) for s, end in ends.items() if not end.is_found)),
        left_out=LEFT_OUT,
        unstated=cell.unstated(),
        budget=tuple(budget),
    )


@dataclass(frozen=True)
class End:
    """One end of the range: where a `cell` keeps just the share `kept` on the way `side`; its
    `reference` cycles tell how a capacity repeats."""

    cell: Cell
    reference: Sequence[Seen]
    side: Side
    kept: float

    def share(self, number: int) -> float:
        """Share of the capacity at 25 degC that point `number` kept, as the cycler shows it."""
        before, after = charge_of(self.side.before), charge_of(self.side.after)
        there = charge_of(self.side.points[number].discharge)
        return there / (before + self._place(number) * (after - before))

    def _place(self, number: int) -> float:
        """How far point `number` lies between the cycles at 25 degC, 0..1."""
        return (number + 1.0) / (len(self.side.points) + 1.0)

    @property
    def is_found(self) -> bool:
        """Whether a temperature was tried at which the cell does not work."""
        return any(self.share(n) < self.kept for n in range(len(self.side.points)))

    def failed(self) -> list[Point]:
        """The points at which the cell did not give what it should."""
        points = self.side.points
        return [one for n, one in enumerate(points) if self.share(n) < self.kept]

    def figure(self, mc: MonteCarlo) -> Figure:
        """The end in degC; the last temperature tried where the cell works beyond it."""
        if self.is_found:
            return mc.figure(self.draws(mc), "degC")
        return mc.figure(celsius_of(mc, self.cell, self.side.points[-1]), "degC")

    def beside(self) -> tuple[int, int]:
        """Numbers of the points nearest to the end: one that works, one that does not."""
        numbers = range(len(self.side.points))
        works = [n for n in numbers if self.share(n) >= self.kept]
        fails = [n for n in numbers if self.share(n) < self.kept]
        nearest = min(works, key=self.share, default=max(fails, key=self.share))
        others = [n for n in fails if n != nearest]
        return nearest, max(others or works, key=self.share)

    def draws(self, mc: MonteCarlo) -> Draws:
        """Draws of the temperature in degC at which just enough is left, (draws + 1,)."""
        pair = self.beside()
        shares = [self._kept(mc, number) for number in pair]
        warmth = [celsius_of(mc, self.cell, self.side.points[number]) for number in pair]
        slope = (shares[1][0] - shares[0][0]) / (warmth[1][0] - warmth[0][0])
        # Both temperatures have one error; the slope is told by what was read.
        middle = (warmth[0] + warmth[1]) / 2.0
        return middle + (self.kept - (shares[0] + shares[1]) / 2.0) / slope

    def _kept(self, mc: MonteCarlo, number: int) -> Draws:
        """Draws of the share that point `number` kept, (draws + 1,).

        The charge before was cut off as that of the cycles at 25 degC was; it scatters as those do.
        """
        one, (before, after) = self.side.points[number], (self.side.before, self.side.after)
        whole = given(mc, self.cell, before).charge
        whole = whole + self._place(number) * (given(mc, self.cell, after).charge - whole)
        up, down = of_sign(before.legs, 1)[-1], of_sign(one.discharge.legs, -1)[-1]
        current = true_current(mc, one.discharge, down)
        error = line_error(mc, one.discharge, one.discharge.voltage, down.voltage)
        above = error * up.slope * true_current(mc, before, up)
        apart = abs(charge_of(self.reference[-1]) - charge_of(self.reference[0]))
        name = f"repeatability/{one.set:g}"
        scatter = mc.rectangular(name, apart, "two cycles at 25 degC lie so far apart")[:, 0]
        return (current * down.seconds + error * down.slope * current - above + scatter) / whole


def celsius_of(mc: MonteCarlo, cell: Cell, one: Point) -> Draws:
    """Draws of the temperature in degC of the air round the cell in the discharge, (draws + 1,)."""
    late = [r for r in one.air.readings() if r.t >= one.air.t[-1] - LATE]
    return cell.air(mc, trace(late))[:, 0]
