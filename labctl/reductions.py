"""The reductions behind an item's figures, kept so that more draws can be asked of them.

A procedure hands a reduction over instead of its finished figure and learns nothing of what is
asked of it afterwards: it knows no limit.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from labctl.evidence import Figure
from labctl.i18n import N_
from labctl.traceable import Unstated
from labctl.words import Text, Words

if TYPE_CHECKING:
    from labctl.uncertainty.montecarlo import MonteCarlo, Reduction
    from labctl.uncertainty.shapes import Draws

FIRST_ORDER = N_(
    "{key}: first-order GUM gives u = {u} {unit} with {freedom} effective degrees of freedom where "
    "the draws give {drawn} {unit}: the figure is not linear in its errors."
)


class Reduced(NamedTuple):
    """A reduction to a figure in `unit` that carries the marks `reasons`."""

    reduction: Reduction
    unit: str
    reasons: tuple[str, ...]


class Reductions:
    """The reductions of one item by the key of their figure."""

    def __init__(self) -> None:
        self._known: dict[str, Reduced] = {}
        self._mc: MonteCarlo | None = None
        self.columns: dict[str, Draws] = {}
        self.notes: list[Text] = []

    def figure(self, key: str, reduced: Reduced, mc: MonteCarlo) -> Figure:
        """The figure `key` from the draws of `mc`; what first-order GUM says against it is noted.

        All figures of an item come from one Monte Carlo. Their draws stay in `columns`.
        """
        self._mc, self._known[key] = mc, reduced
        column = self.columns[key] = reduced.reduction(mc)
        figure = mc.figure(column, reduced.unit)
        if mc.itemised:
            self._compare(key, reduced, mc, figure)
        return _marked(figure, reduced.reasons)

    @property
    def drawn(self) -> Mapping[str, int]:
        """How many draws each figure was made of."""
        return {} if self._mc is None else dict.fromkeys(self._known, self._mc.draws)

    @property
    def unstated(self) -> tuple[Unstated, ...]:
        """The instruments whose readings stand behind the figures without an accuracy."""
        silent = () if self._mc is None else sorted(self._mc.silent)
        return tuple(Unstated(f"accuracy of {name}", "instrument") for name in silent)

    @property
    def corrected(self) -> tuple[Words, ...]:
        """What corrected the readings behind the figures, in sentences."""
        return () if self._mc is None else self._mc.tables.said

    def finer(self, key: str, draws: int) -> Figure:
        """The figure `key` from so many `draws`, the first of which are those it was made of."""
        from labctl.uncertainty.intervals import symmetric
        from labctl.uncertainty.propagation import propagate

        assert self._mc is not None
        known = self._known[key]
        column = propagate(known.reduction, draws, self._mc)
        lo, hi = symmetric(column[1:])
        u = float(column[1:].std(ddof=1))
        return _marked(Figure(float(column[0]), known.unit, u, lo, hi), known.reasons)

    def _compare(self, key: str, reduced: Reduced, mc: MonteCarlo, figure: Figure) -> None:
        from labctl.uncertainty.firstorder import TooMany

        try:
            first = mc.first_order(reduced.reduction)
        except TooMany:
            return  # a check that cannot be made says nothing of the figure
        if first.differs(figure):
            values = {"u": f"{first.u:.3g}", "unit": reduced.unit, "drawn": f"{figure.u:.3g}"}
            self.notes.append(
                Text(FIRST_ORDER, {"key": key, "freedom": f"{first.freedom:.3g}", **values})
            )


def _marked(figure: Figure, reasons: tuple[str, ...]) -> Figure:
    return Figure(figure.value, figure.unit, figure.u, figure.lo, figure.hi, reasons)
