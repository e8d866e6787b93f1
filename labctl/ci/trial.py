"""One job of `labctl ci`: devices measured on simulated benches, undisturbed and with faults."""

from __future__ import annotations

import shlex
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from labctl.ci.moments import Fault, drawn, named
from labctl.discovery import procedure_for
from labctl.engine import Resolve
from labctl.indicator import Indicator
from labctl.judging.record import RowVerdict
from labctl.requests import ItemOutcome
from labctl.testing.faulted import OFF, Came, came, spoiled, wrong
from labctl.testing.measuring import Device, Measured, laboratory, measured
from labctl.testing.offered import Offered
from labctl.testing.standing import Standing, margin, standing, why

TRIES = 4
"""Draws for each fault that is asked for, since one may be drawn again."""


class Job(msgspec.Struct, frozen=True):
    """The device `dut` of each of `indicators` on benches of `seed`.

    Of one indicator also with `faults` faults drawn by the seed, or with the `fault` of that name
    (role:kind@step) alone. What fails is kept in the folder `keep`.
    """

    indicators: tuple[Indicator, ...]
    dut: str
    seed: int
    keep: str
    faults: int = 0
    fault: str = ""


class Tried(msgspec.Struct, frozen=True):
    """What came of one device: `standing` of its procedure, and `why` in words.

    `fault` is the fault's name, "" without one, `lasted` how long it lasted, and `came` what it
    did. `rows` are those of the verdict, `margin` how many U it is from turning over. `laboratory`
    are the seconds of run time, `seconds` the real ones. `kept` are the folders of runs kept.
    """

    id: str
    dut: str
    seed: int
    standing: Standing
    outcome: str
    why: str
    fault: str = ""
    lasted: str = ""
    came: str = ""
    rows: tuple[RowVerdict, ...] = ()
    margin: float | None = None
    laboratory: float = 0.0
    seconds: float = 0.0
    error: dict[str, str] | None = None
    kept: tuple[str, ...] = ()

    @property
    def again(self) -> str:
        """The one line that repeats it."""
        words = ["labctl", "ci", "--only", self.id, "--seed", str(self.seed), "--dut", self.dut]
        words += ["--fault", self.fault] if self.fault else []
        return shlex.join(words)


def carried(job: Job, resolve: Resolve = procedure_for) -> list[Tried]:
    """Do a job; what fails is done again with a trace, and kept."""
    with tempfile.TemporaryDirectory(prefix="labctl-ci-") as folder:
        work = _Work(job, Path(folder), resolve)
        whole = work.measured(job.indicators)
        found = [] if job.fault else list(work.undisturbed(whole))
        if len(job.indicators) == 1 and (job.fault or job.faults):
            found += work.disturbed(whole)
    return found


@dataclass(frozen=True)
class _Work:
    """A job under way, with its runs below `folder`."""

    job: Job
    folder: Path
    resolve: Resolve

    def measured(
        self, indicators: Sequence[Indicator], bench: str = "", keep: bool = False
    ) -> Measured:
        """Measure the job's device of each; what is kept has a trace."""
        device = Device(self.job.dut, self.job.seed, bench)
        runs = Path(self.job.keep) if keep else self.folder
        return measured(indicators, device, runs, trace=keep, resolve=self.resolve)

    def undisturbed(self, whole: Measured) -> Iterator[Tried]:
        """What came of each item."""
        records = whole.records()
        for indicator, item, record in zip(self.job.indicators, whole.items, records, strict=True):
            found = standing(item, self.job.dut)
            kept = () if found.good else self.kept(indicator)
            yield msgspec.structs.replace(
                self._tried(item, found, why(item), kept),
                laboratory=laboratory(record),
                seconds=whole.seconds / len(records),
            )

    def disturbed(self, whole: Measured) -> Iterator[Tried]:
        """The same item with faults, one at a time; none where it errs without them."""
        [indicator], [item] = self.job.indicators, whole.items
        if item.error is not None:
            return
        for fault in self._faults(indicator, whole):
            yield self._with(indicator, fault, whole)

    def kept(self, indicator: Indicator, bench: str = "") -> tuple[str, ...]:
        """Measure one again and keep journal and trace."""
        return (str(self.measured([indicator], bench, keep=True).path),)

    def _faults(self, indicator: Indicator, whole: Measured) -> Iterator[Fault]:
        job, offered = self.job, self._offered(indicator)
        key = f"{job.seed}/{indicator.id}/{job.dut}"
        if job.fault:
            yield named(whole.path, offered, job.fault, key)
            return
        draws = (drawn(whole.path, offered, key, number) for number in range(TRIES * job.faults))
        found = {fault.name: fault for fault in draws if fault is not None}
        yield from list(found.values())[: job.faults]

    def _offered(self, indicator: Indicator) -> Sequence[Offered]:
        bound = self.resolve(indicator)
        if bound is None or bound.lab.faults is None:
            return ()
        return bound.lab.faults(None, rig=bound.procedure.rig, seed=self.job.seed)

    def _with(self, indicator: Indicator, fault: Fault, whole: Measured) -> Tried:
        bench = spoiled(whole.bench_text(), [fault.table])
        run = self.measured([indicator], bench)
        [item], [record] = run.items, run.records()
        found = came(item, whole.items[0].verdict.rows)
        [before] = whole.records()
        used = {one.address for one in (*record.instruments, *before.instruments)}
        problems = list(wrong(item, found, dut=self.job.dut, addresses=used))
        kept = self.kept(indicator, bench) if problems else ()
        told = "; ".join(filter(None, (*problems, f"{found.what}: {found.text}".rstrip(": "))))
        return msgspec.structs.replace(
            self._tried(item, _standing(found, problems), told, kept),
            fault=fault.name,
            lasted=fault.lasts,
            came=found.what,
            laboratory=laboratory(record),
            seconds=run.seconds,
        )

    def _tried(self, item: ItemOutcome, found: Standing, told: str, kept: tuple[str, ...]) -> Tried:
        return Tried(
            id=item.id,
            dut=self.job.dut,
            seed=self.job.seed,
            standing=found,
            outcome=str(item.verdict.outcome),
            why=told,
            rows=item.verdict.rows,
            margin=margin(item.verdict, self.job.dut),
            error=item.error,
            kept=kept,
        )


def _standing(found: Came, problems: Sequence[str]) -> Standing:
    """What a faulted item says: a figure or a verdict that a fault turned is the worst but one."""
    if not problems:
        return Standing.RIGHT
    wrong_verdict = found.what == OFF or any("device" in problem for problem in problems)
    return Standing.WRONG if wrong_verdict else Standing.ERROR
