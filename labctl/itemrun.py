"""One item of a run: bench, sample, operator, procedure, verdict.

Whatever an item comes to, it ends with a verdict in the journal; one that errs is INCOMPLETE.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from labctl import clock, finer
from labctl.asking.answering import operator_name
from labctl.asking.conditions import declare
from labctl.asking.exchange import exchanged
from labctl.asking.marks import marked
from labctl.asking.who import people_of
from labctl.attending import Attendant
from labctl.awake import staying_awake
from labctl.bench_guard import in_use
from labctl.bundle.sources import noted
from labctl.carrying import Carrier
from labctl.changes import Change
from labctl.desk import Desk
from labctl.discovery import Bound
from labctl.errors import InterlockError, JournalError, LabError
from labctl.evidence import Evidence, Instrument, Provenance
from labctl.failures import as_lab_error, name_role, reported
from labctl.herald import Herald
from labctl.indicator import Indicator
from labctl.itemdata import item_of
from labctl.journal import told
from labctl.journal.standing import NOTHING, Standing
from labctl.journal.writer import Journal
from labctl.labs import OpenBench
from labctl.landing import Lander, Landing
from labctl.lasting import check_lasting
from labctl.orders import Order
from labctl.outcomes import as_journalled
from labctl.platform.interrupts import Interrupts
from labctl.procedure import Procedure
from labctl.provenance import code_sha256, labctl_version, package_versions
from labctl.requests import ItemOutcome, Returned, RunRequest
from labctl.run import Run
from labctl.sameness import check_bench, check_instruments, check_sample, keep_certificates
from labctl.sample import Sample
from labctl.samples.past import exposed_before, keep_photo
from labctl.samples.recognising import recognition_of
from labctl.sheet import sample_in_place
from labctl.steps import no_snapshot
from labctl.tracing import OVERRIDES, trace
from labctl.truth import sample_request
from labctl.verdict import incomplete, judge
from labctl.viewer import ItemViewer
from labctl.watchdogs import fed
from labctl.watching import watching


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
    tell: ItemViewer
    desk: Desk
    number: int = 0
    simulated: bool = True
    began: float = 0.0
    trace: Path | None = None
    landing: Landing | None = None
    changed: tuple[Change, ...] = ()
    reached: bool = True
    used: tuple[Instrument, ...] = ()
    superseded: tuple[str, ...] = ()
    attendant: Attendant | None = None

    def __post_init__(self) -> None:
        self.herald = Herald(self.indicator.id, self.journal, self.tell, self.desk)
        self.control = self.herald.control

    async def perform(self, resolve: Callable[[Indicator], Bound | None]) -> ItemOutcome:
        """Do the item; every error but that of the journal ends in its outcome.

        One before an interrupted item is `reached` is raised: weeks of it are not given up for it.
        """
        self.began = clock.stamp()[1]
        try:
            bound = self._begin(resolve)
            await self.journal.flush()
            evidence, run = await self._measure(bound)
            request, number = self.request, self.number
            settled = finer.settled(run, self.indicator, evidence, request, self.journal, number)
            return self._judged(await settled)
        except JournalError:
            raise
        except InterlockError as error:
            return self._left(error)
        except Exception as error:
            if not self.reached:
                raise
            return self.failed(error)

    def failed(self, raised: BaseException) -> ItemOutcome:
        """The outcome of an item that erred, journalled."""
        error = as_lab_error(raised, self.indicator.id)
        name_role(error, self.used)
        row = reported(error)
        self.journal.stand_still(None)
        self.journal.fact(self.number, "error", row)
        verdict = incomplete(
            self.indicator, self.request.agreement, error.message, simulated=self.simulated
        )
        self.journal.fact(self.number, "verdict", verdict)
        return ItemOutcome(self.indicator.id, verdict, row, error.exit_code)

    def take(self, order: Order) -> None:
        """Do what a person ordered of this item."""
        if self.attendant is not None:
            self.attendant.take(order)

    @property
    def known(self) -> Standing:
        """How far an interrupted item had come."""
        return NOTHING if self.landing is None else self.landing.standing

    @property
    def left(self) -> bool:
        """Whether an interlock ended it: it stays interrupted, and with it the run."""
        return bool(self.control.tripped)

    def _left(self, error: InterlockError) -> ItemOutcome:
        """The outcome of an item that a trip took off its bench: it can be resumed."""
        row = reported(as_lab_error(error, self.indicator.id))
        self.control.tripped = self.control.tripped or error.message
        verdict = incomplete(
            self.indicator, self.request.agreement, error.message, simulated=self.simulated
        )
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
            self.herald.number = self.number
        return noted(bound, self.indicator.id, self.number, self.journal, self.request.runs)

    async def _measure(self, bound: Bound) -> tuple[Evidence, Run]:
        """The evidence, journalled, and the run that it comes from; the bench is closed again."""
        opened = await self._open(bound)
        async with in_use(opened, self.stop, self._note_failure) as bench:
            self.simulated = bench.simulated or any(
                one.identity.simulated for one in bench.instruments
            )
            sample = await self._prepared(bench)
            self.reached = True
            answer, run = await self._carried(bound, bench, sample)
            whole = as_journalled(answer, bound.procedure.name)
            changed = tuple(str(change) for change in self.changed if change.measures)
            further = (*changed, *self.superseded, *told.exchanged(self.used))
            further = (*further, *exposed_before(self.journal, self.number))
            evidence = marked(whole, run.gaps, bound.procedure.gaps, further)
            evidence = await trace(evidence, self.journal, self.number)
            self.journal.fact(self.number, "evidence", evidence)
            self.journal.fact(self.number, "provenance", self._provenance(bench, bound, run.sample))
            if (hear := self.request.on_evidence) is not None:
                hear(Returned(self.indicator.id, evidence, run.reductions, bench.bench_sha256))
        return evidence, run

    async def _carried(self, bound: Bound, bench: OpenBench, sample: Sample) -> tuple[Any, Run]:
        """What the procedure returns, with the run that it returned from."""

        def make(landing: Landing | None) -> Run:
            return self._run(bench, sample, landing, bound.procedure)

        async def procedure(run: Run) -> Evidence:
            if self.indicator.evidence != "document":
                for observed in await declare(self.indicator, run.asker):
                    run.observe(observed)
            return await bound.procedure.function(run, bench.rig)

        self.attendant = Attendant(self.journal, self.control, self.number, self.herald.refused)
        settled = self.attendant.settled
        carrier = Carrier(
            self.indicator.id, self.number, self.control, self.journal, bench, settled
        )
        since = None if self.landing is None else self.landing.since
        # A heartbeat that nobody hears would only keep a stuck virtual clock going.
        beat = None if self.request.desk is None else self.desk.beat
        async with (
            staying_awake(self.control, self.herald.dated),
            fed(bench.watchdogs, self.control.trip),
            watching(bench, self.control, beat, since) as watch,
        ):
            self.control.quiet = watch.quiet
            return await carrier.carry(procedure, make, self.landing)

    async def _open(self, bound: Bound) -> OpenBench:
        request, document = self.request, self.indicator.evidence == "document"
        where = request.dossier if document else request.bench
        needs_device = not document or where is None
        sample = sample_request(self.indicator, request.dut) if needs_device else None
        return await bound.lab.open_bench(
            where, rig=bound.procedure.rig, sample=sample, seed=request.seed, trace=self.trace
        )

    async def _prepared(self, bench: OpenBench) -> Sample:
        """Journal what is known before the test; the sample that is in place."""
        check_bench(self.known, bench)
        if self.landing is not None:
            await self.landing.outlast(bench)
        sample = self._sample(bench)
        self.journal.bench(bench.bench_sha256, bench.bench_name, bench.bench_text)
        self.journal.fact(self.number, "bench", [bench.bench_name, bench.bench_sha256])
        check_sample(self.known, sample)
        self.journal.fact(self.number, "sample", sample)
        if self.known.sample is None:
            await keep_photo(self.journal, self.number, sample, self.request.sample)
        check_instruments(self.known, bench.instruments)
        keep_certificates(self.known, bench, self.journal, self.number)
        if self.landing is None:  # going on is no beginning
            used = check_lasting(bench.certificates, self.indicator, self.began, self.request)
            self.journal.fact(self.number, OVERRIDES, used)
        self.used = (*self.known.used, *exchanged(self.known, bench.instruments))
        self.journal.instruments(self.number, self.used[len(self.known.used) :])
        await self.journal.flush()
        return sample

    def _run(
        self, bench: OpenBench, sample: Sample, landing: Landing | None, how: Procedure
    ) -> Run:
        """The procedure's `Run` for the item that begins, or goes on at `landing`."""
        self.superseded = () if landing is None else landing.standing.superseded
        request, journal, control = self.request, self.journal, self.control
        item = item_of(request, self.indicator, self.number, sample, bench, landing)
        people = people_of(request, self.desk, self.indicator.id, sample, bench)
        fresh = not how.continues_aged
        return Run(
            journal,
            item,
            self.tell,
            no_snapshot if request.bare else bench.snapshot,
            Lander(landing, bench, journal, how.gaps, self.herald.notice),
            control,
            people,
            self.herald.band,
            recognition_of(request, journal, control, people, bench, item, landing, fresh=fresh),
        )

    def _sample(self, bench: OpenBench) -> Sample:
        if self.indicator.evidence == "document":
            return bench.sample or Sample(self.request.sample or "", self.indicator.dut)
        return sample_in_place(self.request.sample, bench.sample, self.indicator.dut)

    def _provenance(self, bench: OpenBench, bound: Bound, sample: Sample) -> Provenance:
        return Provenance(
            instruments=self.used,
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
