"""What a run tested, for the register of runs: indicator, sample and outcome of each item."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from labctl.errors import BenchError
from labctl.evidence import Provenance
from labctl.indicator import Indicator
from labctl.journal.reader import Reader
from labctl.register import Tested
from labctl.requests import RunRequest
from labctl.sample import Sample
from labctl.verdict import Verdict


def asked(request: RunRequest) -> tuple[Tested, ...]:
    """The items that a run is to do, on the sample that `--sample` names; "" where none is."""
    sample = _named(request.sample)
    return tuple(Tested(indicator.id, sample) for indicator in request.items)


def tested(journal: Path, items: tuple[Indicator, ...], sample: str = "") -> tuple[Tested, ...]:
    """The same with what the `journal` knows of each item; `sample` stands where it knows none.

    `JournalError` where it cannot be read.
    """
    with Reader(journal) as reader:
        known = {one.indicator: one for one in journalled(reader)}
    bare = (Tested(indicator.id, sample) for indicator in items)
    return tuple(_filled(one, known.get(one.indicator)) for one in bare)


def journalled(reader: Reader) -> Iterator[Tested]:
    """Each item that was begun: its sample, its verdict, whether it was simulated."""
    for number, id, *_ in reader.items():
        sample = reader.fact(number, "sample", Sample)
        verdict = reader.fact(number, "verdict", Verdict)
        yield Tested(
            id,
            "" if sample is None else sample.id,
            "" if verdict is None else str(verdict.outcome),
            _simulated(reader, number),
        )


def _simulated(reader: Reader, number: int) -> bool | None:
    source = reader.fact(number, "provenance", Provenance)
    if source is not None:
        return source.simulated
    used = reader.instruments(number)
    return any(one.identity.simulated for one in used) if used else None


def _filled(bare: Tested, known: Tested | None) -> Tested:
    if known is None:
        return bare
    return Tested(known.indicator, known.sample or bare.sample, known.outcome, known.simulated)


def _named(option: str | None) -> str:
    """The id that `--sample` means: that of a sheet, or the option itself; a sheet that cannot be
    read is told by the item that needs it."""
    if not option:
        return ""
    from labctl.sheet import is_sheet, load

    if is_sheet(option):
        try:
            return load(Path(option)).id
        except BenchError:
            return ""
    return option
