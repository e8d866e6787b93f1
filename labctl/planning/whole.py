"""The items of a plan as one run: one behind the other, on benches, with their sums."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import msgspec

from labctl.i18n import N_
from labctl.planning.answers import Answer
from labctl.planning.certificates import outlives
from labctl.planning.document import BenchPlan, CertificatePlan, Disk, ItemPlan
from labctl.planning.items import capped
from labctl.planning.takes import Take
from labctl.quantity import Quantity
from labctl.rehearsing import StandIn
from labctl.words import Text

STOOD_IN = N_("{role}: rehearsed with {by} instead of {driver}")
CERTIFICATE = N_("the certificate of {of} ends on {due}, before the item does")
NO_INTERLOCK = N_("the bench is hazardous and names no hardware interlock: no run begins on it")


def in_order(found: Iterable[ItemPlan]) -> tuple[ItemPlan, ...]:
    """The items with the time at which each begins, one behind the other."""
    begin, placed = 0.0, list[ItemPlan]()
    for item in found:
        placed.append(msgspec.structs.replace(item, begin=begin))
        begin += item.duration or 0.0
    return tuple(placed)


def weighed(
    items: Iterable[ItemPlan], benches: Sequence[BenchPlan], start: datetime
) -> tuple[ItemPlan, ...]:
    """The items of a run that starts at `start`, with what their bench makes of their answers."""
    by_name = {bench.name: bench for bench in benches}
    return tuple(
        _weighed(item, by_name[item.bench], start) if item.bench else item for item in items
    )


def _weighed(item: ItemPlan, bench: BenchPlan, start: datetime) -> ItemPlan:
    for stand_in in bench.stand_ins:
        item = capped(item, Answer.AT_RISK, _stood_in(stand_in))
    for one in bench.certificates:
        if one.due is not None and outlives(item, one.due, start):
            item = capped(item, Answer.AT_RISK, _certificate(one))
    if bench.real and bench.hazardous and not bench.hardware_interlock.strip():
        item = capped(item, Answer.NOT_ATTAINABLE, NO_INTERLOCK)
    return item


def _stood_in(one: StandIn) -> Text:
    return Text(STOOD_IN, {"role": one.role, "by": one.by, "driver": one.driver})


def _certificate(one: CertificatePlan) -> Text:
    return Text(CERTIFICATE, {"of": one.of, "due": one.due or ""})


def located(takes: Iterable[Take], addresses: Mapping[str, str]) -> dict[str, str] | None:
    """What ended the first rehearsal that erred, with its role and that role's real address.

    The role is "" where none is known, and the address that of the rehearsal.
    """
    for one in takes:
        if one.error is not None:
            at = one.error["address"]
            role = next((i.role for i in one.instruments if i.address == at), "")
            return {**one.error, "role": role, "address": addresses.get(role, at)}
    return None


def disk_sum(items: Sequence[ItemPlan]) -> Disk:
    """Bytes of all items together."""
    journal = sum(item.disk.journal for item in items)
    return Disk(journal, sum(item.disk.attachments for item in items))


def used_sums(items: Iterable[ItemPlan]) -> dict[str, Quantity]:
    """What all items together use up, by name."""
    sums: dict[str, Quantity] = {}
    for item in items:
        for name, used in (item.used or {}).items():
            known = sums.get(name, Quantity(0.0, used.unit))
            sums[name] = Quantity(known.value + used.to(known.unit).value, known.unit)
    return sums
