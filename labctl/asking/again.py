"""An item computed and judged again from what is recorded, after an answer was amended.

The procedure is executed with all stored steps, on a rig whose lines refuse everything. Evidence
and verdict are made again; those before stay in the journal.
"""

from __future__ import annotations

from dataclasses import dataclass

from labctl import clock
from labctl.asking.conditions import declare
from labctl.asking.marks import marked
from labctl.discovery import Bound
from labctl.errors import UsageError
from labctl.evidence import Evidence, Provenance
from labctl.failures import as_lab_error, reported
from labctl.finer import FACT as DRAWN
from labctl.finer import repeated, settled
from labctl.holding import NoCheckpoints
from labctl.indicator import Indicator
from labctl.itemdata import item_of
from labctl.journal.reader import Reader
from labctl.journal.standing import Standing, standing
from labctl.journal.writer import Journal
from labctl.labs import OpenBench
from labctl.landing import Landing
from labctl.outcomes import as_journalled
from labctl.outside import between_steps
from labctl.requests import RunRequest
from labctl.run import Run
from labctl.sameness import check_bench
from labctl.samples.past import exposed_before
from labctl.tracing import trace
from labctl.verdict import Verdict, incomplete, judge


class NotRecorded(UsageError):
    """The procedure wants a step that was not done, or an answer that was not given."""


class _Recorded(NoCheckpoints):
    """Checkpoints that no step passes: what is not recorded cannot be had."""

    async def checkpoint(self) -> None:
        """`NotRecorded`: a step is about to be done."""
        raise NotRecorded(
            "the procedure goes another way now, to a step that was not done",
            remedy="labctl resume does it on the bench",
        )


@dataclass(frozen=True)
class Again:
    """The item `number` of a run, to be computed again; `changed` says what of the code was."""

    request: RunRequest
    indicator: Indicator
    number: int
    journal: Journal
    changed: tuple[str, ...] = ()

    async def judged(self, bound: Bound) -> Verdict | None:
        """The verdict now, journalled with its evidence; None where the bench is needed for it.

        A procedure that errs gives INCOMPLETE with the error, as in a run.
        """
        with Reader(self.journal.path) as reader:
            known = standing(reader, self.number, restored=False)
            before = reader.fact(self.number, "provenance", Provenance)
        simulated = before is None or before.simulated
        try:
            evidence, run = await self._evidence(bound, known)
        except NotRecorded:
            self._take_back()
            return None
        except Exception as raised:
            return self._failed(raised, simulated)
        self.journal.fact(self.number, "error", None)
        self.journal.fact(self.number, "evidence", evidence)
        evidence = await settled(
            run, self.indicator, evidence, self.request, self.journal, self.number
        )
        verdict = judge(self.indicator, evidence, self.request.agreement, simulated=simulated)
        self.journal.fact(self.number, "verdict", verdict)
        return verdict

    async def recomputed(self, bound: Bound, known: Standing) -> Evidence:
        """The evidence that follows now from the steps and answers of `known`, with the draws that
        the journal names.

        `NotRecorded` where the procedure wants more; any other error is the procedure's own, or
        the bench file's.
        """
        evidence, run = await self._evidence(bound, known)
        with Reader(self.journal.path) as reader:
            drawn = reader.fact(self.number, DRAWN, dict[str, int]) or {}
        return repeated(run, evidence, drawn)

    async def _evidence(self, bound: Bound, known: Standing) -> tuple[Evidence, Run]:
        bench = await self._bench(bound, known)
        try:
            run = self._run(bench, known)
            with between_steps(self.indicator.id):
                if self.indicator.evidence != "document":
                    for observed in await declare(self.indicator, run.asker):
                        run.observe(observed)
                answer = await bound.procedure.function(run, bench.rig)
        finally:
            await bench.close()
        whole = as_journalled(answer, bound.procedure.name)
        exposed = exposed_before(self.journal, self.number)
        further = (*self.changed, *known.superseded, *exposed)
        evidence = marked(whole, run.gaps, bound.procedure.gaps, further)
        return await trace(evidence, self.journal, self.number), run

    async def _bench(self, bound: Bound, known: Standing) -> OpenBench:
        request, document = self.request, self.indicator.evidence == "document"
        where = request.dossier if document else request.bench
        bench = await bound.lab.open_bench(
            where, rig=bound.procedure.rig, sample=None, seed=request.seed, offline=True
        )
        try:
            check_bench(known, bench)
        except BaseException:
            await bench.close()
            raise
        return bench

    def _run(self, bench: OpenBench, known: Standing) -> Run:
        if known.sample is None:
            raise UsageError(f"{self.indicator.id} never had a sample in place")
        landing = Landing(self.number, known, clock.now(), real=True, held=True)
        item = item_of(self.request, self.indicator, self.number, known.sample, bench, landing)
        return Run(self.journal, item, _tell_nobody, checkpoints=_Recorded())

    def _take_back(self) -> None:
        self.journal.fact(self.number, "error", None)
        self.journal.fact(self.number, "verdict", None)

    def _failed(self, raised: Exception, simulated: bool) -> Verdict:
        error = as_lab_error(raised, self.indicator.id)
        agreement = self.request.agreement
        verdict = incomplete(self.indicator, agreement, error.message, simulated=simulated)
        self.journal.fact(self.number, "error", reported(error))
        self.journal.fact(self.number, "verdict", verdict)
        return verdict


def _tell_nobody(done: float, text: str, reading: str) -> None:
    """Nobody watches: it takes no time."""
