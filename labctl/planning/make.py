"""Making a plan: every item is rehearsed on its bench, then the whole is summed up."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import msgspec

from labctl import clock, sheet
from labctl.agreement import Agreement
from labctl.discovery import Bound, procedure_for
from labctl.errors import BenchError, Defect, UsageError
from labctl.indicator import Indicator
from labctl.planning import items as parts
from labctl.planning import whole
from labctl.planning.answers import Answer, worst
from labctl.planning.certificates import certificate_plans
from labctl.planning.document import BenchPlan, ItemPlan, RunPlan
from labctl.planning.takes import Cast, Take, take
from labctl.provenance import labctl_version
from labctl.rehearsing import Rehearsal
from labctl.requests import Progress
from labctl.sample import Sample
from labctl.truth import sample_request

REHEARSALS = 2
"""How often an item is rehearsed, each time with other instruments and another sample."""

Resolve = Callable[[Indicator], Bound | None]


@dataclass(frozen=True)
class PlanRequest:
    """What is to be planned; the names are those of `RunRequest`.

    `dut` is "nominal" or the path of a truth file. Each item is rehearsed `rehearsals` times, with
    the seeds `seed`, `seed` + 1, ...; `draws` as in `RunRequest` (None: as a rehearsal needs).
    """

    targets: tuple[str, ...]
    items: tuple[Indicator, ...]
    agreement: Agreement
    bench: Path | None = None
    dut: str = "nominal"
    sample: str | None = None
    seed: int = 1
    rehearsals: int = REHEARSALS
    draws: int | None = None
    on_progress: Callable[[Progress], None] | None = None


def make_plan(request: PlanRequest, resolve: Resolve = procedure_for) -> RunPlan:
    """The plan of a run; nothing of a real bench is opened.

    `BenchError` where the bench file is wrong, or serves none of the items; `UsageError` where the
    device or the number of rehearsals cannot be; `KeyboardInterrupt` where it is stopped.
    """
    if request.dut == "failing":
        raise UsageError("a plan is for a device that conforms", remedy="--dut nominal, or a file")
    if request.rehearsals < 1:
        raise UsageError("there is nothing to plan from without a rehearsal")
    return _Planner(request, resolve).plan()


@dataclass
class _Planner:
    """A plan being made."""

    request: PlanRequest
    resolve: Resolve
    rehearsals: dict[type, Rehearsal] = field(default_factory=dict[type, Rehearsal])
    refused: list[BenchError] = field(default_factory=list[BenchError])

    def __post_init__(self) -> None:
        self.sheet = _sheet(self.request.sample)
        self.start: datetime = clock.wall()

    def plan(self) -> RunPlan:
        """The whole plan."""
        found = [self._item(number, one) for number, one in enumerate(self.request.items)]
        if self.refused and not self.rehearsals:
            raise self.refused[0]
        items = whole.in_order(found)
        benches = tuple(self._bench(one, items) for one in self.rehearsals.values())
        return self._summed(whole.weighed(items, benches, self.start), benches)

    def _item(self, number: int, indicator: Indicator) -> ItemPlan:
        bound = self.resolve(indicator)
        if bound is None:
            return parts.unrehearsed(indicator, "", Answer.NOT_ATTAINABLE, parts.NO_PROCEDURE)
        name = bound.procedure.name
        if indicator.evidence == "document":
            return parts.unrehearsed(indicator, name, Answer.BY_DOCUMENTS, parts.DOCUMENTS)
        try:
            rehearsal = self._rehearsal(bound)
        except BenchError as error:
            self.refused.append(error)
            return parts.unrehearsed(indicator, name, Answer.NOT_ATTAINABLE, error.message)
        return self._rehearsed(number, indicator, bound, rehearsal)

    def _rehearsed(
        self, number: int, indicator: Indicator, bound: Bound, rehearsal: Rehearsal
    ) -> ItemPlan:
        request, before = self.request, len(rehearsal.used)
        cast = Cast(indicator, bound, rehearsal, request.agreement, request.dut)
        if request.draws is not None:
            cast = dataclasses.replace(cast, draws=request.draws)
        truth = sample_request(indicator, request.dut).truth
        takes = [
            take(cast, request.seed + index, self._tell(number, index))
            for index in range(request.rehearsals)
        ]
        _refuse_defects(takes)
        used = rehearsal.used[before:]
        plan = parts.item_plan(
            indicator, truth, request.agreement, takes, used, bound.procedure.name
        )
        if rehearsal.real:
            asked = (*parts.declarations(indicator, self.sheet), *plan.prompts)
            plan = msgspec.structs.replace(plan, prompts=asked)
        error = whole.located(takes, rehearsal.addresses)
        return msgspec.structs.replace(plan, bench=rehearsal.bench, error=error)

    def _rehearsal(self, bound: Bound) -> Rehearsal:
        """The bench of a procedure, prepared once for each class of rig."""
        rig = bound.procedure.rig
        if rig not in self.rehearsals:
            if bound.lab.rehearse is None:
                raise BenchError(
                    f"the lab {bound.lab.name!r} cannot rehearse its benches",
                    remedy="let its Lab name `rehearse`, as rigs.lab does",
                )
            self.rehearsals[rig] = bound.lab.rehearse(self.request.bench, rig, self.sheet)
        return self.rehearsals[rig]

    def _tell(self, number: int, index: int) -> Callable[[Progress], None] | None:
        show, count, times = self.request.on_progress, len(self.request.items), self.request
        if show is None:
            return None

        def tell(progress: Progress) -> None:
            done = (index + progress.done) / times.rehearsals
            text = progress.text if progress.done < 1 else ""  # a rehearsal comes to no verdict
            show(dataclasses.replace(progress, index=number, count=count, done=done, text=text))

        return tell

    def _bench(self, one: Rehearsal, items: Sequence[ItemPlan]) -> BenchPlan:
        return BenchPlan(
            name=one.bench,
            path=str(one.path),
            sha256=one.sha256,
            real=one.real,
            stand_ins=one.stand_ins,
            guards=one.guards,
            hazardous=one.hazardous,
            hardware_interlock=one.hardware_interlock,
            certificates=certificate_plans(
                one.certificates, self.start, [item for item in items if item.bench == one.bench]
            ),
        )

    def _summed(self, items: tuple[ItemPlan, ...], benches: tuple[BenchPlan, ...]) -> RunPlan:
        request = self.request
        return RunPlan(
            answer=worst(item.answer for item in items),
            targets=request.targets,
            made=self.start.isoformat(timespec="seconds"),
            labctl=labctl_version(),
            rule=request.agreement.rule,
            agreement=request.agreement.sha256,
            dut="nominal" if request.dut == "nominal" else "file",
            seed=request.seed,
            rehearsals=request.rehearsals,
            benches=benches,
            items=items,
            duration=sum(item.duration or 0.0 for item in items),
            disk=whole.disk_sum(items),
            used=whole.used_sums(items),
            used_unknown=tuple(i.id for i in items if i.used is None and i.rehearsals),
        )


def _sheet(option: str | None) -> Sample | None:
    """The sheet that `--sample` names, or that of a sample of which only the id is known."""
    if option is None:
        return None
    return sheet.sample_in_place(option, None, "")


def _refuse_defects(takes: Iterable[Take]) -> None:
    for one in takes:
        if one.error is not None and one.exit_code == Defect.exit_code:
            raise Defect(one.error["message"], remedy=one.error["remedy"])
