"""Every item of every run that rests on one instrument, and what becomes of its verdict."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import msgspec

from labctl import manifest
from labctl.affected.enlarged import Enlargement, bound, certificate_of
from labctl.affected.judging import moved, widened
from labctl.affected.uses import Span, Use, uses
from labctl.agreement import Agreement
from labctl.calibration import Certificate
from labctl.errors import JournalError
from labctl.evidence import Evidence, Provenance
from labctl.i18n import N_
from labctl.indicator import Indicator
from labctl.journal.plain import decode, encode
from labctl.journal.reader import Reader
from labctl.runfolder import RunFolder
from labctl.sample import Sample
from labctl.verdict import Outcome, Verdict
from labctl.verification.judgement import judged

UNKNOWN = N_("how wrong the instrument was is not stated: nothing is proven any more")
UNSCALED = N_("its error or its uncertainty is not known at every reading: nothing is proven")
UNBUDGETED = N_("the budget has no line of this instrument, although it was read")
UNREAD = N_("it belongs to the bench and no reading of it was recorded: what it did is not known")
HOLDS = N_("the same follows with the larger error")
CHANGES = N_("another verdict follows with the larger error")
NO_VERDICT = N_("there was no verdict")
UNDECIDED = N_("nothing was decided on: the item had erred")


@dataclass(frozen=True)
class Affected:
    """One item: its verdict `was`, what follows `now` (None where nobody can say), and `why`.

    `proven` says that the verdict holds with the larger error. Whatever it says, the verdict stands
    under a warning and is no acceptance. `uses` are the readings, `ratio` the error in units of
    their standard uncertainty, None where it is not stated.
    """

    run: str
    path: Path
    id: str
    sample: str
    uses: tuple[Use, ...]
    was: Outcome | None
    now: Outcome | None
    proven: bool
    why: str
    simulated: bool
    ratio: float | None = None

    @property
    def changed(self) -> bool:
        """Whether another verdict follows."""
        return self.now is not None and self.now is not self.was


@dataclass(frozen=True)
class Findings:
    """All that were found, oldest run first; `unreadable` are runs that may be affected too."""

    items: tuple[Affected, ...]
    unreadable: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """The instrument `serial`, the stretch of time, and how wrong it was, None where not stated."""

    serial: str
    span: Span
    enlargement: Enlargement | None = None


def find(runs: Path, question: Question) -> Findings:
    """The items in the folder `runs` that rest on the instrument within the stretch of time."""
    items: list[Affected] = []
    unreadable: list[str] = []
    for file in sorted(runs.glob(f"*/{manifest.FILE}")):
        try:
            with Reader(RunFolder(file.parent).journal) as reader:
                items += _of_run(reader, file.parent, question)
        except (JournalError, msgspec.MsgspecError) as error:
            unreadable.append(f"{file.parent.name}: {error}")
    return Findings(tuple(items), tuple(unreadable))


def _of_run(reader: Reader, path: Path, question: Question) -> Iterator[Affected]:
    for number, id, text, *_ in reader.items():
        own = uses(reader, number, question.serial, question.span)
        if own or _took_part(reader, number, question):
            yield _item(reader, path, number, id, decode(text, Indicator), own, question)


def _took_part(reader: Reader, number: int, question: Question) -> bool:
    """Whether the instrument was on the bench in that time without any recorded reading."""
    serial, span = question.serial, question.span
    if all(one.identity.serial != serial for one in reader.instruments(number)):
        return False
    if uses(reader, number, serial, Span(-1e18)):
        return False  # it was read, at other times
    source = reader.fact(number, "provenance", Provenance)
    return source is None or (source.started_utc <= span.until and source.ended_utc >= span.since)


def _item(
    reader: Reader,
    path: Path,
    number: int,
    id: str,
    indicator: Indicator,
    own: tuple[Use, ...],
    question: Question,
) -> Affected:
    verdict = reader.fact(number, "verdict", Verdict)
    sample = reader.fact(number, "sample", Sample)
    plain = Affected(
        run=path.name,
        path=path,
        id=id,
        sample="" if sample is None else sample.id,
        uses=own,
        was=None if verdict is None else verdict.outcome,
        now=None,
        proven=False,
        why=UNREAD,
        simulated=verdict is not None and verdict.simulated,
        ratio=bound(question.enlargement, own, _certificate(reader, number, question.serial)),
    )
    if verdict is None:
        return replace(plain, why=NO_VERDICT)
    evidence = reader.fact(number, "evidence", Evidence)
    if evidence is None:
        return replace(plain, now=verdict.outcome, proven=True, why=UNDECIDED)
    if not own:
        return plain
    agreement = decode(encode(reader.meta().get("agreement", {})), Agreement)
    shifts = moved(evidence.budget, question.serial, plain.ratio or 0.0)

    def now() -> Outcome:
        wider = partial(widened, shifts=shifts)
        simulated = plain.simulated
        return judged(reader, number, indicator, agreement, simulated=simulated, seen=wider).outcome

    return _again(plain, shifts, now)


def _certificate(reader: Reader, number: int, serial: str) -> Certificate | None:
    """The certificate by which the item's readings of the instrument were corrected."""
    return certificate_of(reader.fact(number, "certificates", dict[str, Certificate]), serial)


def _again(plain: Affected, shifts: Mapping[str, float], judge: Callable[[], Outcome]) -> Affected:
    """The item judged again with the larger error, where it is known what that does."""
    ratio = plain.ratio
    if ratio is None:
        return replace(plain, why=UNKNOWN)
    if not math.isfinite(ratio):
        return replace(plain, why=UNSCALED)
    if ratio > 0 and not shifts:
        return replace(plain, why=UNBUDGETED)
    now = judge()
    same = now is plain.was
    return replace(plain, now=now, proven=same, why=HOLDS if same else CHANGES)
