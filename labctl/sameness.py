"""Whether an interrupted item goes on with the bench, the instruments and the sample it had."""

from __future__ import annotations

from collections.abc import Sequence

from labctl.asking.exchange import may_take_its_place, same_but
from labctl.errors import BenchError
from labctl.evidence import Instrument
from labctl.journal.standing import Standing
from labctl.labs import OpenBench
from labctl.sample import Sample


def check_bench(known: Standing, bench: OpenBench) -> None:
    """`BenchError` where the item was begun with another bench file, but for instruments whose swap
    was ordered."""
    name, sha256 = bench.bench_name, bench.bench_sha256
    swapped = known.swapped and same_but(known.bench_text, bench.bench_text, known.swapped)
    if known.bench not in ("", sha256) and not swapped:
        raise BenchError(
            f"the file of the bench {name} was changed since the item was begun",
            remedy="put it back as the run's journal holds it, or run the item anew",
        )


def check_instruments(known: Standing, found: Sequence[Instrument]) -> None:
    """`BenchError` where another instrument answers than the one that the item was begun with."""
    before = {one.role: one.identity for one in known.instruments}
    for one in found:
        if not may_take_its_place(known, one):
            raise BenchError(
                f"role {one.role}: another instrument than before the interruption: "
                f"{one.identity}, not {before[one.role]}",
                address=one.address,
                remedy="connect the instrument that the item was begun with, or say labctl swap",
            )


def check_sample(known: Standing, found: Sample) -> None:
    """`BenchError` where another sample is in place, or its sheet was changed meanwhile."""
    if known.sample is not None and known.sample != found:
        raise BenchError(
            f"the sample {found.id} or its sheet is not that which the item was begun with",
            remedy=f"put in {known.sample.id} with the sheet that it had, or run the item anew",
        )
