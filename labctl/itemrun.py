"""One item of a run: bench, sample, operator, procedure, verdict.

Whatever an item comes to, it ends with a verdict in the journal; one that errs is INCOMPLETE.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import msgspec

from labctl import clock
from labctl.awake import staying_awake
from labctl.bench_guard import in_use
from labctl.carrying import Carrier
from labctl.changes import Change
from labctl.desk import Notice, NoticeKind
from labctl.discovery import Bound
from labctl.errors import InterlockError, JournalError, LabError, UsageError
from labctl.evidence import Evidence, Observed, Provenance
from labctl.failures import as_lab_error, reported
from labctl.gaps import Gaps, intolerable, told
from labctl.holding import PAUSED, Control
from labctl.indicator import Indicator
from labctl.itemdata import item_of
from labctl.journal.standing import NOTHING, Standing
from labctl.journal.writer import Journal
from labctl.labs import OpenBench
from labctl.landing import Lander, Landing
from labctl.operator import declare, operator_name, operators
from labctl.orders import Continue, Order, Pause
from labctl.outcomes import as_journalled
from labctl.platform.interrupts import Interrupts
from labctl.provenance import code_sha256, labctl_version, package_versions
from labctl.requests import ItemOutcome, RunRequest
from labctl.run import Run
from labctl.sameness import check_bench, check_instruments, check_sample
from labctl.sample import Sample
from labctl.sheet import sample_in_place
from labctl.truth import sample_request
from labctl.verdict import incomplete, judge
from labctl.viewer import ItemViewer
from labctl.watching import watching
from labctl.words import Words


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
    number: int = 0
    simulated: bool = True
    began: float = 0.0
    trace: Path | None = None
    landing: Landing | None = None
    changed: tuple[Change, ...] = ()
    reached: bool = True
    declared: tuple[Observed, ...] = ()

    def __post_init__(self) -> None:
        self.control = Control(self._held)

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
        except InterlockError as error:
            return self._left(error)
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

    def take(self, order: Order) -> None:
        """Do what a person ordered of this item."""
        match order:
            case Pause(who):
                self.control.pause(who)
            case Continue(who):
                self.journal.event(self.number, "continued", who)
                self.control.release(PAUSED)
            case _:
                pass

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
            sample = await self._prepared(bench)
            self.reached = True
            answer, run = await self._carried(bound, bench, sample)
            whole = as_journalled(answer, bound.procedure.name)
            evidence = self._marked(whole, run, bound.procedure.gaps)
            self.journal.fact(self.number, "evidence", evidence)
            self.journal.fact(self.number, "provenance", self._provenance(bench, bound, run.sample))
        return evidence

    async def _carried(self, bound: Bound, bench: OpenBench, sample: Sample) -> tuple[Any, Run]:
        """What the procedure returns, with the run that it returned from."""
        gaps = bound.procedure.gaps

        def make(landing: Landing | None) -> Run:
            return self._run(bench, sample, landing, gaps)

        def procedure(run: Run) -> Awaitable[Evidence]:
            return bound.procedure.function(run, bench.rig)

        carrier = Carrier(self.indicator.id, self.number, self.control, self.journal, bench)
        since = None if self.landing is None else self.landing.since
        beat = None if self.request.desk is None else self.request.desk.beat
        async with (
            staying_awake(self.control, self._note_clock),
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

    def _held(self, what: str, why: str) -> None:
        """Journal a hold or a trip, and tell it to whoever watches."""
        self.journal.event(self.number, what, why)
        self.tell.stands(self.control.state)
        self.notice(cast("NoticeKind", what), why)

    def notice(self, kind: NoticeKind, text: Words) -> None:
        """Tell people of something that befell the item."""
        if self.request.desk is not None:
            t, utc = clock.stamp()
            self.request.desk.notice(Notice(kind, text, self.indicator.id, t, utc))

    async def _prepared(self, bench: OpenBench) -> Sample:
        """Journal what is known before the test; the sample that is in place."""
        check_bench(self.known, bench.bench_name, bench.bench_sha256)
        if self.landing is not None:
            await self.landing.outlast(bench)
        sample = self._sample(bench)
        self.journal.bench(bench.bench_sha256, bench.bench_name, bench.bench_text)
        self.journal.fact(self.number, "bench", [bench.bench_name, bench.bench_sha256])
        check_sample(self.known, sample)
        self.journal.fact(self.number, "sample", sample)
        check_instruments(self.known, bench.instruments)
        if not self.known.instruments:
            self.journal.instruments(self.number, bench.instruments)
        if self.indicator.evidence != "document":
            people = operators(self.request.operator, sample.aspects, simulated=bench.simulated)
            self.declared = tuple(await declare(self.indicator, people))
            for observed in self.declared:
                self.journal.event(self.number, "answer", f"{observed.aspect}: {observed.text}")
        await self.journal.flush()
        return sample

    def _run(self, bench: OpenBench, sample: Sample, landing: Landing | None, gaps: Gaps) -> Run:
        """The procedure's `Run` for the item that begins, or goes on at `landing`."""
        run = Run(
            self.journal,
            item_of(self.request, self.indicator, self.number, sample, bench, landing),
            self.tell,
            bench.snapshot,
            Lander(landing, bench, self.journal, gaps.settle),
            self.control,
        )
        for observed in self.declared:
            run.observe(observed)
        return run

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

    def _note_clock(self, text: str) -> None:
        self.journal.event(self.number, "clock", text)

    def _note_failure(self, failure: LabError) -> None:
        self.journal.event(self.number, "not safe", str(failure))
