"""The tests of one command: processes for each procedure, the record, and what they pool."""

from __future__ import annotations

from collections.abc import Sequence

from labctl.discovery import procedure_for
from labctl.errors import UsageError
from labctl.indicator import Indicator
from labctl.labs import Lab
from labctl.proficiency.marks import Marks
from labctl.proficiency.pool import processes
from labctl.proficiency.proving import Asked, Proved, Tell, prove
from labctl.proficiency.record import Proof, Record, read, record_path, write


class Session:
    """Proves one group after the other as `asked`; with `record` what is fresh is not done again.

    The record is written after each group, so an interrupted command goes on where it stood.
    """

    def __init__(self, asked: Asked, record: bool) -> None:
        self._asked = asked
        self._record = record
        self._held = self._count = 0

    def prove(self, group: Sequence[Indicator], tell: Tell) -> Proved:
        """The test of a group, in fresh processes: what they load is what the procedure uses."""
        path = record_path(_lab(group[0])) if self._record else None
        known = read(path)
        fresh = self._fresh(group, known)
        if fresh is not None:
            self._pool(fresh.marks)
            return fresh
        with processes() as workers:
            proved = prove(group, self._asked, workers, tell)
        if path is not None:
            write(path, read(path).having(proved))
        self._pool(proved.marks)
        return proved

    def pooled(self) -> tuple[int, int]:
        """How many true values of figures their intervals hold, of how many."""
        return self._held, self._count

    def _pool(self, marks: Sequence[Marks]) -> None:
        figures = [one for one in marks if one.edge]
        self._count += sum(one.draws for one in figures)
        self._held += sum(one.draws - one.misses for one in figures)

    def _fresh(self, group: Sequence[Indicator], record: Record) -> Proved | None:
        """What the record has on a group; None where one is missing, stale, or of fewer draws."""
        fresh = record.fresh()
        if not all(one.id in fresh and fresh[one.id].draws >= self._asked.draws for one in group):
            return None
        first = fresh[group[0].id]
        marks = tuple(_marks(one.id, fresh[one.id]) for one in group)
        return Proved(first.procedure, marks, first.seed, record.code[first.procedure].modules)


def _lab(indicator: Indicator) -> Lab:
    bound = procedure_for(indicator)
    if bound is None:
        raise UsageError(f"{indicator.id} has no procedure")
    return bound.lab


def _marks(id: str, one: Proof) -> Marks:
    nan = float("nan")
    return Marks(
        id,
        one.draws,
        one.misses,
        nan if one.u_ratio is None else one.u_ratio,
        nan if one.bias is None else one.bias,
        one.edge,
        one.edge_pass,
        one.ok,
        one.mirror,
        one.mirror_fail,
        one.why,
    )
