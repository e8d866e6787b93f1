"""One item of a run: bench, sample, operator, procedure, verdict.

Whatever an item comes to, it ends with a verdict in the journal; one that errs is INCOMPLETE.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from labctl import clock
from labctl.bench_guard import in_use
from labctl.changes import Change
from labctl.discovery import Bound
from labctl.errors import BenchError, JournalError, LabError, UsageError
from labctl.evidence import Evidence, Instrument, Provenance
from labctl.failures import as_lab_error, reported
from labctl.gaps import Gaps, intolerable, told
from labctl.indicator import Indicator
from labctl.item import Item, bands_of, set_points_of, wanted_of
from labctl.journal.standing import NOTHING
from labctl.journal.writer import Journal
from labctl.labs import OpenBench
from labctl.landing import Lander, Landing
from labctl.operator import declare, operator_name, operators
from labctl.outcomes import as_journalled
from labctl.outside import between_steps
from labctl.platform.interrupts import Interrupts
from labctl.provenance import code_sha256, labctl_version, package_versions
from labctl.requests import ItemOutcome, RunRequest
from labctl.run import Run, Tell
from labctl.sample import Sample
from labctl.sheet import sample_in_place
from labctl.truth import sample_request
from labctl.verdict import incomplete, judge


@dataclass
class ItemRun:
    """An item under way; `number` is its number in the journal, `began` Unix time in s.

    `simulated` is true until the instruments have told who they are. `landing` says where an
    item goes on that was interrupted, `changed` what changed meanwhile. An interrupted item whose
    bench does not open, or has other instruments, is not `reached` and stays interrupted.
    """

    request: RunRequest
    journal: Journal
    stop: Interrupts
    indicator: Indicator
    tell: Tell
    number: int = 0
    simulated: bool = True
    began: float = 0.0
    trace: Path | None = None
    landing: Landing | None = None
    changed: tuple[Change, ...] = ()
    reached: bool = True

    async def perform(self, resolve: Callable[[Indicator], Bound | None]) -> ItemOutcome:
        """Do the item; every error but that of the journal ends in its outcome.

        One before an interrupted item is `reached` is raised: weeks of it are not given up for it.
        """
        self.began = clock.stamp()[1]
        try:
            bound = self._begin(resolve)
            await self.journal.flush()
            return self._judged(await self._measure(bound))
        except JournalError:
            raise
        except Exception as error:
            if not self.reached:
                raise
            return self.failed(error)

    def failed(self, raised: BaseException) -> ItemOutcome:
        """The outcome of an item that erred, journalled."""
        error = as_lab_error(raised, self.indicator.id)
        row = reported(error)
        self.journal.stand_still(None)
        self.journal.fact(self.number, "error", row)
        verdict = incomplete(
            self.indicator, self.request.agreement, error.message, simulated=self.simulated
        )
        self.journal.fact(self.number, "verdict", verdict)
        return ItemOutcome(self.indicator.id, verdict, row, error.exit_code)

    def _begin(self, resolve: Callable[[Indicator], Bound | None]) -> Bound:
        """Enter the item into the journal, also one that has no procedure."""
        bound, name, code = None, "", ""
        try:
            bound = resolve(self.indicator)
            if bound is not None:
                name = bound.procedure.name
                code = code_sha256(bound.procedure.function.__module__)
        finally:
            if self.landing is None:
                self.number = self.journal.item(self.indicator.id, self.indicator, name, code)
            else:
                self.number, self.reached = self.landing.item, False
                self.landing.approach(self.journal)
        if bound is None:
            raise UsageError(
                f"{self.indicator.id} has no procedure",
                remedy="labctl indicators lists those that have one",
            )
        return bound

    async def _measure(self, bound: Bound) -> Evidence:
        opened = await self._open(bound)
        async with in_use(opened, self.stop, self._note_failure) as bench:
            self.simulated = bench.simulated or any(
                one.identity.simulated for one in bench.instruments
            )
            run = await self._prepared(bench, bound.procedure.gaps)
            self.reached = True
            with between_steps(self.indicator.id):
                answer = await bound.procedure.function(run, bench.rig)
            await run.ended()
            whole = as_journalled(answer, bound.procedure.name)
            evidence = self._marked(whole, run, bound.procedure.gaps)
            self.journal.fact(self.number, "evidence", evidence)
            self.journal.fact(self.number, "provenance", self._provenance(bench, bound, run.sample))
        return evidence

    async def _open(self, bound: Bound) -> OpenBench:
        request, document = self.request, self.indicator.evidence == "document"
        where = request.dossier if document else request.bench
        needs_device = not document or where is None
        sample = sample_request(self.indicator, request.dut) if needs_device else None
        return await bound.lab.open_bench(
            where, rig=bound.procedure.rig, sample=sample, seed=request.seed, trace=self.trace
        )

    async def _prepared(self, bench: OpenBench, gaps: Gaps) -> Run:
        """Journal what is known before the test, and make the procedure's `Run`."""
        self._check_bench(bench)
        if self.landing is not None:
            await self.landing.outlast(bench)
        sample = self._sample(bench)
        self.journal.bench(bench.bench_sha256, bench.bench_name, bench.bench_text)
        self.journal.fact(self.number, "bench", [bench.bench_name, bench.bench_sha256])
        self.journal.fact(self.number, "sample", sample)
        self._check_instruments(bench.instruments)
        run = Run(
            self.journal,
            self._item(sample, bench),
            self.tell,
            bench.snapshot,
            Lander(self.landing, bench, self.journal, gaps.settle),
        )
        if self.indicator.evidence != "document":
            people = operators(self.request.operator, sample.aspects, simulated=bench.simulated)
            for observed in await declare(self.indicator, people):
                self.journal.event(self.number, "answer", f"{observed.aspect}: {observed.text}")
                run.observe(observed)
        await self.journal.flush()
        return run

    def _check_bench(self, bench: OpenBench) -> None:
        """`BenchError` where an interrupted item was begun with another bench file."""
        known = "" if self.landing is None else self.landing.standing.bench
        if known and known != bench.bench_sha256:
            raise BenchError(
                f"the file of the bench {bench.bench_name} was changed since the item was begun",
                remedy="put it back as the run's journal holds it, or run the item anew",
            )

    def _check_instruments(self, found: Sequence[Instrument]) -> None:
        """Journal who answered; `BenchError` where an interrupted item had other instruments."""
        known = () if self.landing is None else self.landing.standing.instruments
        if not known:
            self.journal.instruments(self.number, found)
        before = {one.role: one.identity for one in known}
        for one in found:
            if before.get(one.role, one.identity) != one.identity:
                raise BenchError(
                    f"role {one.role}: another instrument than before the interruption: "
                    f"{one.identity}, not {before[one.role]}",
                    address=one.address,
                    remedy="connect the instrument that the item was begun with",
                )

    def _marked(self, evidence: Evidence, run: Run, tolerated: Gaps) -> Evidence:
        """The evidence with what befell the run while it was taken."""
        return msgspec.structs.replace(
            evidence,
            invalid=intolerable(run.gaps, tolerated),
            changed=tuple(str(change) for change in self.changed if change.measures),
            how=(*evidence.how, *told(run.gaps)),
        )

    def _sample(self, bench: OpenBench) -> Sample:
        if self.indicator.evidence == "document":
            return bench.sample or Sample(self.request.sample or "", self.indicator.dut)
        return sample_in_place(self.request.sample, bench.sample, self.indicator.dut)

    def _item(self, sample: Sample, bench: OpenBench) -> Item:
        done = NOTHING if self.landing is None else self.landing.standing
        return Item(
            number=self.number,
            id=self.indicator.id,
            kind=self.indicator.evidence,
            sample=sample,
            seed=self.request.seed,
            wanted=wanted_of(self.indicator),
            set_points=set_points_of(self.indicator),
            contributions=bench.contributions,
            bands=bands_of(self.indicator, self.request.agreement),
            draws=self.request.draws,
            points=self.request.points,
            stored=done.stored,
            attempts=done.attempts,
            parts=done.parts,
            gaps=done.gaps,
            restored=bench.simulated,
            rehearsed=None if self.landing is None else self.landing.rehearsed,
        )

    def _provenance(self, bench: OpenBench, bound: Bound, sample: Sample) -> Provenance:
        return Provenance(
            instruments=tuple(bench.instruments),
            bench=bench.bench_name,
            bench_sha256=bench.bench_sha256,
            procedure=bound.procedure.name,
            code_version=labctl_version(),
            code_sha256=code_sha256(bound.procedure.function.__module__),
            packages=package_versions(),
            operator=operator_name(self.request.operator, simulated=bench.simulated),
            simulated=self.simulated,
            seed=self.request.seed,
            started_utc=self.began,
            ended_utc=clock.stamp()[1],
            sample=sample.id,
        )

    def _judged(self, evidence: Evidence) -> ItemOutcome:
        verdict = judge(self.indicator, evidence, self.request.agreement, simulated=self.simulated)
        self.journal.fact(self.number, "verdict", verdict)
        return ItemOutcome(self.indicator.id, verdict)

    def _note_failure(self, failure: LabError) -> None:
        self.journal.event(self.number, "not safe", str(failure))
