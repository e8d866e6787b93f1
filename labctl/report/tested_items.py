"""The items tested, as a reader sees them: identity, condition, dates, photograph, fingerprint."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from labctl.errors import JournalError
from labctl.i18n import N_, _
from labctl.judging.estimates import NORMAL_95
from labctl.report.conditions import rounded
from labctl.report.notation import number, with_unit
from labctl.report.results import NOTHING
from labctl.report.wording import day, moment, plain

if TYPE_CHECKING:
    from labctl.quantity import Quantity
    from labctl.runfile import ItemRecord, RunRecord
    from labctl.sample import Sample
    from labctl.samples.fingerprint import Fingerprint

PICTURES = ("image/png", "image/jpeg")
LARGEST_PHOTO = 4_000_000
"""Bytes of a photograph that is put into the page; a larger one stays an attachment."""

OCCASIONS = {
    "start": N_("at the start"),
    "resume": N_("after an interruption"),
    "hold": N_("after a hold"),
}


@dataclass(frozen=True)
class SampleView:
    """One sample; texts are "" where nobody stated them."""

    id: str
    kind: str
    lot: str
    description: str
    condition: str
    received: str
    sampled: str
    properties: tuple[tuple[str, str], ...]
    photo: str = ""


@dataclass(frozen=True)
class FingerprintView:
    """One quantity of a fingerprint: when it was taken and why, its value, its reference."""

    taken: str
    occasion: str
    name: str
    value: str
    reference: str
    matches: bool


def sample_views(record: RunRecord) -> tuple[SampleView, ...]:
    """The samples of a run, each once."""
    known = {item.sample.id: item.sample for item in record.items if item.sample is not None}
    return tuple(_sample(record, sample) for sample in known.values() if sample.id)


def fingerprint_views(item: ItemRecord) -> tuple[FingerprintView, ...]:
    """Every quantity of an item's fingerprints, oldest first."""
    return tuple(view for taken in item.fingerprints for view in _fingerprint(taken))


def _fingerprint(taken: Fingerprint) -> Iterator[FingerprintView]:
    for name, value in taken.values.items():
        known = taken.reference.get(name)
        reference = NOTHING if known is None else f"{_quantity(known)} ({plain(taken.against)})"
        yield FingerprintView(
            moment(taken.utc),
            _(OCCASIONS[taken.occasion]),
            plain(name),
            _quantity(value),
            reference,
            taken.matches,
        )


def _photo(record: RunRecord, sample: Sample) -> str:
    """The sample's picture inside the page; "" where there is none, or it is missing or large."""
    photo = sample.photo
    if photo is None or photo.size > LARGEST_PHOTO or photo.media_type not in PICTURES:
        return ""
    try:
        data = record.attachment(photo.sha256)
    except JournalError:
        return ""  # labctl verify tells
    return f"data:{photo.media_type};base64,{b64encode(data).decode('ascii')}"


def _sample(record: RunRecord, sample: Sample) -> SampleView:
    return SampleView(
        id=sample.id,
        kind=plain(sample.kind),
        lot=sample.lot,
        description=sample.description,
        condition=sample.condition,
        received=day(sample.received),
        sampled=day(sample.sampled),
        properties=tuple((plain(k), _quantity(q)) for k, q in sample.properties.items()),
        photo=_photo(record, sample),
    )


def _quantity(quantity: Quantity) -> str:
    if not quantity.u > 0:
        return with_unit(number(quantity.value), quantity.unit)
    value, expanded = rounded(quantity.value, NORMAL_95 * quantity.u)
    return with_unit(f"({value} ± {expanded})", quantity.unit)
