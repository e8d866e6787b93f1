"""Whether an interrupted item goes on with the bench, the instruments and the sample it had."""

from __future__ import annotations

from collections.abc import Sequence

from labctl.asking.exchange import may_take_its_place, same_but
from labctl.calibration import Certificate
from labctl.errors import BenchError
from labctl.evidence import Instrument
from labctl.journal.standing import Standing
from labctl.journal.writer import Journal
from labctl.labs import OpenBench
from labctl.sample import Sample
from labctl.tracing import CERTIFICATES


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


def keep_certificates(known: Standing, bench: OpenBench, journal: Journal, item: int) -> None:
    """Journal the bench's certificates; `BenchError` where one is not that which the item was begun
    with, but for instruments whose swap was ordered: a calibration meanwhile is one."""
    before = known.certificates[-1] if known.certificates else bench.certificates
    for role in sorted({*before, *bench.certificates} - set(known.swapped)):
        was, now = before.get(role), bench.certificates.get(role)
        if was != now:
            raise BenchError(
                f"role {role}: the certificate was changed since the item was begun: "
                f"{_named(was)}, now {_named(now)}",
                remedy="put it back, or say labctl swap: earlier readings stand by the old one",
            )
    journal.fact(item, CERTIFICATES, dict(bench.certificates))


def _named(one: Certificate | None) -> str:
    return "none" if one is None else f"{one.number} {one.sha256[:12]}".strip()
