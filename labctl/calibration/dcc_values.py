"""Values of a D-SI quantity: `si:real`, `si:realListXMLList`, either inside `si:hybrid`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from labctl.calibration.dsi import UnknownUnit, unit_of
from labctl.calibration.refusal import Where
from labctl.calibration.xmltree import Node
from labctl.errors import UnitError
from labctl.units import convert, convert_difference

T = TypeVar("T")

REALS = ("real", "realListXMLList")
EXPANDED = {
    "expandedUnc": "uncertainty",
    "expandedMU": "valueExpandedMU",
    "expandedUncXMLList": "uncertaintyXMLList",
    "expandedMUXMLList": "valueExpandedMUXMLList",
}
STANDARD = {
    "standardMU": "valueStandardMU",
    "standardMUXMLList": "valueStandardMUXMLList",
}
"""Element of an uncertainty -> the element of its value: of D-SI 1.3 (Unc) and 2 (MU)."""

WRAPPED = ("measurementUncertaintyUnivariate", "measurementUncertaintyUnivariateXMLList")
REFUSED = (
    *("coverageInterval", "coverageIntervalXMLList"),
    *("coverageIntervalMU", "coverageIntervalMUXMLList", "relativeUncertainty"),
)


@dataclass(frozen=True)
class Stated:
    """An uncertainty as it is stated of one value, in the value's unit.

    `distribution` is the file's own word in small letters, "" without one; `probability` is 0 where
    none is stated.
    """

    expanded: float
    k: float
    probability: float
    distribution: str


@dataclass(frozen=True)
class Values:
    """The values of a quantity in `unit`, each with its uncertainty as far as one is stated."""

    values: tuple[float, ...]
    unit: str
    stated: tuple[Stated, ...]


def values_of(quantity: Node, where: Where) -> Values | None:
    """The values of a `dcc:quantity`; None where it has none that are real numbers.

    Of a hybrid, which says the same in several units, the one that states an uncertainty counts,
    else the first. `BenchError` at `where` for anything that is not well formed.
    """
    for name in REFUSED:
        if quantity.one(name) is not None:
            where.at(name).wrong("such an uncertainty is not read", "state it with k, or by hand")
    hybrid = quantity.one("hybrid")
    reals = (quantity if hybrid is None else hybrid).all(*REALS)
    if not reals:
        return None
    found = [_real(real, where.at(real.name, real.line)) for real in reals]
    return next((one for one in found if one.stated), found[0])


def _real(real: Node, where: Where) -> Values:
    single = real.name == "real"
    texts = (real.said("value" if single else "valueXMLList")).split()
    units = [_unit(text, where) for text in real.said("unit" if single else "unitXMLList").split()]
    if not texts or not units:
        where.wrong("has no value or no unit")
    values = [_number(text, where) for text in texts]
    each = spread(units, len(values), where.at("unit"))
    stated = _stated(real, len(values), where)
    own = units[0]
    try:
        return Values(
            tuple(convert(value, unit, own) for value, unit in zip(values, each, strict=True)),
            own,
            tuple(_in(one, unit, own) for one, unit in zip(stated, each, strict=False)),
        )
    except UnitError as error:
        where.wrong(error.message, "a list has units of one kind")


def _in(stated: Stated, unit: str, own: str) -> Stated:
    size = convert_difference(stated.expanded, unit, own)
    return Stated(size, stated.k, stated.probability, stated.distribution)


def _stated(real: Node, n: int, where: Where) -> tuple[Stated, ...]:
    """The uncertainties of `n` values; none where the element states none."""
    wrapped = [node for name in WRAPPED for node in real.all(name)]
    found = [child for node in (real, *wrapped) for child in node.children]
    for child in found:
        if child.name in REFUSED:
            where.at(child.name, child.line).wrong(
                "an interval does not say its distribution", "state it with k, or by hand"
            )
    kinds = [child for child in found if child.name in EXPANDED or child.name in STANDARD]
    if len(kinds) > 1:
        where.wrong("states two uncertainties: " + ", ".join(kind.name for kind in kinds))
    return _uncertainty(kinds[0], n, where.at(kinds[0].name, kinds[0].line)) if kinds else ()


def _uncertainty(kind: Node, n: int, where: Where) -> tuple[Stated, ...]:
    standard = kind.name in STANDARD
    suffix = "XMLList" if kind.name.endswith("XMLList") else ""
    name = STANDARD[kind.name] if standard else EXPANDED[kind.name]

    def numbers(element: str, default: str) -> list[float]:
        texts = kind.said(element).split() or default.split()
        if not texts:
            where.at(element).wrong("is missing")
        return spread([_number(text, where.at(element)) for text in texts], n, where.at(element))

    sizes = numbers(name, "")
    k = numbers(f"coverageFactor{suffix}", "1" if standard else "")
    share = numbers(f"coverageProbability{suffix}", "0")
    words = kind.said(f"distribution{suffix}").lower().split() or [""]
    words = spread(words, n, where.at("distribution"))
    rows = zip(sizes, k, share, words, strict=True)
    return tuple(Stated(size, factor, part, word) for size, factor, part, word in rows)


def spread(given: list[T], n: int, where: Where) -> list[T]:
    """`given` for each of `n` values: one stands for all (D-SI, lists)."""
    if len(given) == 1:
        return given * n
    if len(given) != n:
        where.wrong(f"{len(given)} entries for {n} values")
    return given


def _unit(text: str, where: Where) -> str:
    try:
        return unit_of(text)
    except UnknownUnit as error:
        where.at("unit").wrong(str(error), "write the unit by hand, with labctl certificate --toml")


def _number(text: str, where: Where) -> float:
    try:
        return float(text)
    except ValueError:
        where.wrong(f"{text!r} is no number")
