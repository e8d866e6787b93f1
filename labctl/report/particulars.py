"""What ISO/IEC 17025:2017 asks of a report, and where it stands in ours.

`CLAUSES` is the list: 7.8.2.1 a to p, 7.8.2.2 and 7.8.6.2 a to c. Each names the place in the page,
by the id of an element, and what is stated there; what nobody stated is named as not stated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from labctl.i18n import N_, _
from labctl.report.notation import sentence
from labctl.report.wording import day, moment, name_of, plain, word

if TYPE_CHECKING:
    from labctl.laboratory import Laboratory
    from labctl.report.release import ReleaseView
    from labctl.report.tested_items import SampleView
    from labctl.runfile import ItemRecord, RunRecord


@dataclass(frozen=True)
class Matter:
    """What the clauses are answered from."""

    record: RunRecord
    laboratory: Laboratory
    release: ReleaseView
    samples: tuple[SampleView, ...]


@dataclass(frozen=True)
class Clause:
    """One item that a report has to hold: its `number`, `what` it is, the id of its `place`, and
    what is `stated`, "" where nothing is."""

    number: str
    what: str
    place: str
    stated: Callable[[Matter], str]


@dataclass(frozen=True)
class ClauseView:
    """A clause as the page shows it; `text` is "" where nothing is stated."""

    number: str
    what: str
    place: str
    text: str


def clause_views(matter: Matter) -> tuple[ClauseView, ...]:
    """Every clause with what the report states of it, in the current language."""
    return tuple(ClauseView(c.number, _(c.what), c.place, c.stated(matter)) for c in CLAUSES)


def _laboratory(matter: Matter) -> str:
    lab = matter.laboratory
    return "; ".join((lab.name, lab.address)) if lab.name and lab.address else ""


def _place(matter: Matter) -> str:
    return matter.laboratory.place or matter.laboratory.address


def _customer(matter: Matter) -> str:
    customer = matter.record.agreement.customer
    if customer is None:
        return ""
    return "; ".join(filter(None, (customer.name, customer.contact, customer.address)))


def _methods(matter: Matter) -> str:
    return _joined(_method(item) for item in matter.record.items)


def _method(item: ItemRecord) -> str:
    parts = (plain(item.indicator.method), item.indicator.standard, item.procedure)
    return " · ".join(filter(None, parts))


def _samples(matter: Matter) -> str:
    return _joined(
        ", ".join(filter(None, (one.id, one.kind, one.description, one.condition)))
        for one in matter.samples
    )


def _received(matter: Matter) -> str:
    texts = [_("received {day}").format(day=s.received) for s in matter.samples if s.received]
    texts += [_("sampled {day}").format(day=s.sampled) for s in matter.samples if s.sampled]
    return _joined(texts)


def _performed(matter: Matter) -> str:
    known = [i.provenance for i in matter.record.items if i.provenance is not None]
    if not known:
        return ""
    first, last = min(p.started_utc for p in known), max(p.ended_utc for p in known)
    return f"{moment(first)} … {moment(last)}"


def _issued(matter: Matter) -> str:
    return _("not issued: a draft") if matter.release.draft else matter.release.when


def _sampling(matter: Matter) -> str:
    sampling = matter.record.agreement.sampling
    if sampling is None:
        return ""
    return "; ".join(
        filter(None, (sampling.plan, sampling.method, sampling.by, day(sampling.date)))
    )


def _deviations(matter: Matter) -> str:
    return _joined(departures(matter.record)) or _("none known")


def departures(record: RunRecord) -> Iterator[str]:
    """Additions to the method, deviations from it and exclusions, of all items of a run."""
    for item in record.items:
        if item.verdict is not None:
            yield from (f"{item.id}: {text}" for text in item.verdict.deviations)
            for waiver in item.verdict.waived:
                text = _("{name} waived by {by}: {reason}")
                said = text.format(name=plain(waiver.name), by=waiver.by, reason=waiver.reason)
                yield f"{item.id}: {said}"
        if item.evidence is not None:
            yield from (f"{item.id}: {sentence(words)}" for words in item.evidence.invalid)
            yield from (f"{item.id}: {text}" for text in item.evidence.changed)
            for override in item.evidence.overrides:
                text = _("begun past a due date by {by}: {reason}")
                yield f"{item.id}: {text.format(by=override.by, reason=override.reason)}"


def _authoriser(matter: Matter) -> str:
    return "" if matter.release.draft else matter.release.by


def _external(matter: Matter) -> str:
    return _joined(externals(matter.record)) or _("none")


def externals(record: RunRecord) -> Iterator[str]:
    """Results that others provided: those agreed as such, and what rests on documents."""
    agreed = {one.indicator: one for one in record.agreement.external}
    for item in record.items:
        one = agreed.get(item.id)
        if one is not None:
            yield f"{item.id}: " + ", ".join(filter(None, (one.provider, one.document)))
        elif item.indicator.evidence == "document":
            yield _("{id}: shown by documents, not measured here").format(id=item.id)


def _conforming(matter: Matter) -> str:
    found = [i for i in matter.record.items if i.verdict is not None]
    return _joined(f"{i.id} ({name_of(i.indicator)})" for i in found)


def _specification(matter: Matter) -> str:
    return _joined(basis(item.indicator.id, item.indicator.clause) for item in matter.record.items)


def basis(indicator: str, clause: str) -> str:
    """The requirement that a result is judged by, as the map of indicators cites it."""
    return _("guideline, indicator {id} {clause}").format(id=indicator, clause=clause).strip()


def _rule(matter: Matter) -> str:
    return word(matter.record.agreement.rule)


def _joined(texts: Iterator[str] | list[str]) -> str:
    return "; ".join(dict.fromkeys(text for text in texts if text))


CLAUSES = (
    Clause("7.8.2.1 a", N_("title"), "title", lambda m: _("Test report")),
    Clause("7.8.2.1 b", N_("name and address of the laboratory"), "laboratory", _laboratory),
    Clause("7.8.2.1 c", N_("place of the activities"), "laboratory", _place),
    Clause(
        "7.8.2.1 d", N_("identification of every page, and the end"), "end", lambda m: m.record.id
    ),
    Clause("7.8.2.1 e", N_("name and contact of the customer"), "customer", _customer),
    Clause("7.8.2.1 f", N_("method"), "verdicts", _methods),
    Clause("7.8.2.1 g", N_("items: description, identification, condition"), "samples", _samples),
    Clause("7.8.2.1 h", N_("dates of receipt and of sampling"), "samples", _received),
    Clause("7.8.2.1 i", N_("dates of performance"), "dates", _performed),
    Clause("7.8.2.1 j", N_("date of issue"), "release", _issued),
    Clause("7.8.2.1 k", N_("sampling plan and method"), "customer", _sampling),
    Clause(
        "7.8.2.1 l",
        N_("that the results relate only to the items tested"),
        "only",
        lambda m: _("The verdicts speak of the items tested alone."),
    ),
    Clause("7.8.2.1 m", N_("results with their units"), "verdicts", _conforming),
    Clause("7.8.2.1 n", N_("additions, deviations, exclusions"), "departures", _deviations),
    Clause("7.8.2.1 o", N_("who authorised the report"), "release", _authoriser),
    Clause("7.8.2.1 p", N_("results of external providers"), "departures", _external),
    Clause(
        "7.8.2.2",
        N_("what the customer provided"),
        "only",
        lambda m: _("What the sheet of a sample states, and documents."),
    ),
    Clause("7.8.6.2 a", N_("results that the statement applies to"), "verdicts", _conforming),
    Clause("7.8.6.2 b", N_("specification that is met or not"), "verdicts", _specification),
    Clause("7.8.6.2 c", N_("decision rule"), "rule", _rule),
)
"""Every item, with its place; one without a statement is named as not stated."""
