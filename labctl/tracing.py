"""What a journal knows of the calibrations behind an item's readings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from labctl.calibration import Certificate
from labctl.evidence import Evidence, Instrument
from labctl.journal.reader import Reader
from labctl.journal.writer import Journal
from labctl.traceable import Calibrated, Override

CERTIFICATES = "certificates"
"""Fact of an item: the certificates of its bench by role, once for each time it was opened."""

OVERRIDES = "overrides"
"""Fact of an item: who let it begin although a calibration ends before it."""

Span = tuple[float, float]
"""Unix times in s of a first and a last reading."""


async def trace(evidence: Evidence, journal: Journal, item: int) -> Evidence:
    """`traced`, with all that is recorded of the item so far on the disk."""
    await journal.flush()
    with Reader(journal.path) as reader:
        return traced(evidence, reader, item)


def traced(evidence: Evidence, reader: Reader, item: int) -> Evidence:
    """`evidence` of the item number `item` with the calibrations of what was read, and overrides.

    A certificate that belongs to no role, that of the reference cell, counts over all readings. An
    instrument that is no simulated one and stands in a budget without one is named as such.
    """
    used = tuple(dict.fromkeys(reader.instruments(item)))
    known = _certificates(reader, item)
    bare = [one for one in used if _is_bare(one, evidence, known)]
    found = tuple(_over(known, bare, used, _spans(reader, item))) if known or bare else ()
    overrides = reader.fact(item, OVERRIDES, tuple[Override, ...]) or ()
    return msgspec.structs.replace(evidence, calibrations=found, overrides=overrides)


def _certificates(reader: Reader, item: int) -> list[tuple[str, Certificate]]:
    """Certificates with their roles, also those of instruments that were exchanged."""
    stated = reader.facts(item, CERTIFICATES, dict[str, Certificate])
    return list(
        {
            (role, c.serial, c.number): (role, c) for all in stated for role, c in all.items()
        }.values()
    )


def _is_bare(one: Instrument, evidence: Evidence, known: Sequence[tuple[str, Certificate]]) -> bool:
    """Whether a real instrument stands in a budget without a certificate."""
    serial = one.identity.serial
    behind = any(line.source.startswith(f"{serial}/") for line in evidence.budget)
    certified = any(c.serial == serial and (serial or role == one.role) for role, c in known)
    return behind and not certified and not one.identity.simulated


def _over(
    known: Sequence[tuple[str, Certificate]],
    bare: Sequence[Instrument],
    used: Sequence[Instrument],
    spans: Mapping[str, Span],
) -> Iterator[Calibrated]:
    """The certificates that are `known` of what was read, and what has none, over their `spans`."""
    if not spans:
        return
    whole = min(first for first, _ in spans.values()), max(last for _, last in spans.values())
    roles = {one.role for one in used}
    for role, one in known:
        span = spans.get(one.serial) if role in roles else whole
        if span is not None:
            yield Calibrated(
                role, one.serial, *span, one.number, one.laboratory, one.calibrated, one.due
            )
    for one in bare:
        if one.identity.serial in spans:
            yield Calibrated(one.role, one.identity.serial, *spans[one.identity.serial])


def _spans(reader: Reader, item: int) -> dict[str, Span]:
    """By serial number, when the first and the last reading of an instrument was taken."""
    sql = (
        "SELECT c.serial, min(r.utc), max(r.utc) FROM readings r"
        " JOIN channels c ON c.id = r.channel WHERE c.item = ? GROUP BY c.serial"
    )
    return {serial: (first, last) for serial, first, last in reader.rows(sql, item)}
