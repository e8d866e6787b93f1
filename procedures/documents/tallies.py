"""From the entries that count to a row's result. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence

from labctl.errors import UnitError
from labctl.evidence import Count, Figure, Present, Result
from labctl.item import Wanted
from labctl.units import convert, convert_difference
from procedures.documents import identifiers
from procedures.documents.format import Entry
from procedures.documents.rules import Needs, Rule, Tally

NORMAL_95 = 1.959963984540054
"""Half width of the 95 % interval of a normal distribution, in standard uncertainties."""

HOME = {"cn", "china", "prchina", "peoplesrepublicofchina", "中国", "中华人民共和国"}


def tally(row: Wanted, rule: Rule, entries: Sequence[Entry]) -> Result | str:
    """The row's result in its unit, or in words why there is none."""
    if rule.tally is Tally.PRESENT:
        return Present(bool(entries), "; ".join(f"{e.title} ({e.file})" for e in entries[:3]))
    if rule.tally is Tally.ONE:
        return _counted(len(entries), row)
    if rule.tally is Tally.DISTINCT:
        return _counted(len(distinct(entries, rule)), row)
    try:
        amounts = [_amount(entry, row.unit, rule) for entry in entries]
    except (UnitError, ValueError) as error:
        return str(error)
    return _stated(amounts, row) if rule.tally is Tally.STATED else _sum(amounts, row, rule)


def distinct(entries: Sequence[Entry], rule: Rule) -> set[str]:
    """Names of the things shown, doubles removed; an entry without members is one by its title."""
    names: set[str] = set()
    for entry in entries:
        for name in entry.members or (entry.title,):
            names.add(identifiers.normal_name(name))
    return names - {""} - (HOME if rule.needs is Needs.PARTNERS else set())


def _counted(number: int, row: Wanted) -> Count:
    return Count(float(number), float(number), row.unit)


def _amount(entry: Entry, unit: str, rule: Rule) -> tuple[float, float]:
    """Amount and standard uncertainty of an entry in `unit`; ValueError says what is missing."""
    if entry.amount is not None:
        if not entry.unit:
            raise ValueError(f"{entry.title!r} states {entry.amount:g} without a unit")
        return _finite(entry, convert(entry.amount, entry.unit, unit)), abs(
            convert_difference(entry.u, entry.unit, unit)
        )
    if entry.consumption is not None and entry.price is not None:
        product = f"({entry.consumption.unit})*({entry.price.unit})"
        return _finite(
            entry, convert(entry.consumption.value * entry.price.value, product, unit)
        ), 0.0
    if rule.tally is Tally.SUM and not (entry.consumption or entry.price):
        return 1.0, 0.0
    raise ValueError(f"{entry.title!r} states no amount")


def _finite(entry: Entry, value: float) -> float:
    if not math.isfinite(value):
        raise ValueError(f"{entry.title!r} states no finite amount")
    if value < 0:
        raise ValueError(f"{entry.title!r} states the negative amount {value:g}")
    return value


def _stated(amounts: Sequence[tuple[float, float]], row: Wanted) -> Result | str:
    if not amounts:
        return "no entry that counts states it"
    value, u = amounts[0]
    if any(not math.isclose(other, value, rel_tol=1e-9) for other, _ in amounts):
        told = ", ".join(f"{other:g}" for other, _ in amounts)
        return f"the entries do not agree: {told} {row.unit}"
    return _figure(value, max(u, *(other for _, other in amounts)), row.unit)


def _sum(amounts: Sequence[tuple[float, float]], row: Wanted, rule: Rule) -> Result | str:
    if not amounts and rule.tally is Tally.COST:
        return "no cost entry counts"
    value = math.fsum(value for value, _ in amounts)
    return _figure(value, math.hypot(*(u for _, u in amounts)), row.unit)


def _figure(value: float, u: float, unit: str) -> Figure:
    return Figure(value, unit, u, value - NORMAL_95 * u, value + NORMAL_95 * u)
