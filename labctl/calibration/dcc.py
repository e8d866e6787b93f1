"""Import of a Digital Calibration Certificate: PTB's DCC schema 3.x with D-SI quantities.

A subset is read: administrative data, ambient temperature, adjustment, conformity as found, and
results that say how far the instrument was off. Anything else is named in `unread`. What is wrong
or could be read in two ways is refused by name. Signatures are not checked.
"""

from __future__ import annotations

from dataclasses import dataclass

from labctl.calibration.certificate import AsFound, Certificate, Table
from labctl.calibration.dcc_admin import due_of, laboratory_of, name_of, number_of, serial_of
from labctl.calibration.dcc_found import as_found_of, is_before, status_of
from labctl.calibration.dcc_tables import has_table, tables_of
from labctl.calibration.dcc_values import values_of
from labctl.calibration.refusal import Where
from labctl.calibration.xmltree import Node, tree_of
from labctl.errors import UnitError
from labctl.units import convert

NAMESPACE = "https://ptb.de/dcc"
ROOT = "digitalCalibrationCertificate"


@dataclass(frozen=True)
class _Results:
    tables: tuple[Table, ...]
    unread: tuple[str, ...]


def parse(data: bytes, where: Where) -> Certificate:
    """The certificate in the XML `data`; `BenchError` at `where` for what is wrong."""
    root = tree_of(data, where)
    _check_root(root, where)
    administrative, results = root.one("administrativeData"), root.one("measurementResults")
    core = None if administrative is None else administrative.one("coreData")
    if administrative is None or core is None or results is None:
        where.wrong("administrativeData, coreData or measurementResults is missing")
    place = where.at("administrativeData", administrative.line)
    found = _results(results, where.at("measurementResults", results.line))
    return Certificate(
        number=number_of(core, place),
        laboratory=laboratory_of(administrative, place),
        serial=serial_of(administrative, place),
        calibrated=core.said("endPerformanceDate")[:10],
        due=due_of(administrative, place),
        as_found=_as_found(results),
        adjusted=bool(status_of(results)),
        tables=found.tables,
        unread=found.unread,
    )


def _check_root(root: Node, where: Where) -> None:
    if root.name != ROOT or root.space != NAMESPACE:
        where.at(root.name, root.line).wrong(
            "this is no digital calibration certificate", f"its root is {ROOT} of {NAMESPACE}"
        )
    version = root.attributes.get("schemaVersion", "")
    if version.split(".")[0] != "3":
        where.at("schemaVersion", root.line).wrong(
            f"{version or 'none'}: schema 3.x is read", "ask the laboratory for a newer file"
        )


def _as_found(results: Node) -> AsFound:
    """Conformity before anything was adjusted."""
    measured = results.all("measurementResult")
    if not status_of(results):
        return as_found_of([part for one in measured for part in one.all("results")])
    before = [one for one in measured if is_before(one)]
    conditions = [
        part
        for one in results.inside()
        if one.name == "influenceCondition" and is_before(one)
        for part in one.all("data")
    ]
    return as_found_of([*conditions, *(part for one in before for part in one.all("results"))])


def _results(results: Node, where: Where) -> _Results:
    tables: list[Table] = []
    unread: list[str] = []
    measured = results.all("measurementResult")
    for one in measured:
        name = name_of(one)
        place = where.at(f"measurementResult {name!r}", one.line)
        if is_before(one):
            if len([other for other in measured if not is_before(other)]) == 0:
                place.wrong("was found before an adjustment, and nothing after it")
            unread.append(f"{name}: before the adjustment")
            continue
        temperature = _temperature(one, place)
        for result in (found for part in one.all("results") for found in part.all("result")):
            called = name_of(result) or name
            here = place.at(f"result {called!r}", result.line)
            more, left = tables_of(result, called, temperature, here)
            tables += more
            unread += left if more or has_table(result) else [f"{called}: is no table"]
    _check_names(tables, where)
    return _Results(tuple(tables), tuple(unread))


def _check_names(tables: list[Table], where: Where) -> None:
    names = [one.name for one in tables]
    for name in names:
        if names.count(name) > 1:
            where.wrong(f"two tables are called {name!r}", "write the certificate as TOML")


def _temperature(measured: Node, where: Where) -> tuple[float, float] | None:
    """Lowest and highest ambient temperature in degC; None where it is not stated."""
    conditions = [
        condition
        for all_of_them in measured.all("influenceConditions")
        for condition in all_of_them.all("influenceCondition")
        if "basic_temperature" in condition.types
    ]
    found: list[float] = []
    for condition in conditions:
        for quantity in (one for one in condition.inside() if one.name == "quantity"):
            values = values_of(quantity, where.at("basic_temperature", condition.line))
            if values is not None:
                found += _celsius(values.values, values.unit, where)
    return (min(found), max(found)) if found else None


def _celsius(values: tuple[float, ...], unit: str, where: Where) -> list[float]:
    try:
        return [convert(value, unit, "degC") for value in values]
    except UnitError as error:
        where.at("basic_temperature").wrong(error.message)
