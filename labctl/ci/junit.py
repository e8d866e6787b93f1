"""What was tried as JUnit XML: a suite for each direction, a case for each device. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as Xml

from labctl.ci.trial import Tried
from labctl.testing.properties import properties_of
from labctl.testing.standing import Standing

REPLACED = "\N{REPLACEMENT CHARACTER}"


def junit(tried: Sequence[Tried], directions: dict[str, str]) -> str:
    """The document; `directions` holds the direction of each indicator by id."""
    root = Xml.Element("testsuites", _counts(tried))
    for direction in dict.fromkeys(directions[one.id] for one in tried):
        own = [one for one in tried if directions[one.id] == direction]
        suite = Xml.SubElement(root, "testsuite", {"name": direction, **_counts(own)})
        for one in own:
            _case(suite, direction, one)
    Xml.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + Xml.tostring(root, "unicode") + "\n"


def name(one: Tried) -> str:
    """What a device is called: `1.1-03 nominal seed 1 source_meter:silence@iv`."""
    return " ".join(filter(None, (one.id, one.dut, f"seed {one.seed}", one.fault)))


def _counts(tried: Sequence[Tried]) -> dict[str, str]:
    errors = sum(_is_error(one) for one in tried)
    failures = sum(not one.standing.good for one in tried) - errors
    seconds = sum(one.seconds for one in tried)
    return {
        "tests": str(len(tried)),
        "failures": str(failures),
        "errors": str(errors),
        "time": f"{seconds:.3f}",
    }


def _is_error(one: Tried) -> bool:
    return one.standing in (Standing.ERROR, Standing.DEFECT)


def _case(suite: Xml.Element, direction: str, one: Tried) -> None:
    case = Xml.SubElement(
        suite,
        "testcase",
        {"classname": direction, "name": name(one), "time": f"{one.seconds:.3f}"},
    )
    table = Xml.SubElement(case, "properties")
    for key, value in _properties(one):
        Xml.SubElement(table, "property", {"name": key, "value": value})
    if not one.standing.good:
        kind = "error" if _is_error(one) else "failure"
        told = Xml.SubElement(case, kind, {"message": _plain(one.why), "type": str(one.standing)})
        told.text = "\n".join((one.again, *one.kept))


def _properties(one: Tried) -> Iterator[tuple[str, str]]:
    yield from properties_of(one.id, one.dut, one.seed, one.outcome, one.rows)
    if one.margin is not None:
        yield "margin_in_U", f"{one.margin:.3g}"
    yield "laboratory_seconds", f"{one.laboratory:.0f}"


def _plain(text: str) -> str:
    """Text without the control characters that XML cannot hold."""
    return "".join(
        c if c.isprintable() or c in "\n\t" else "\N{REPLACEMENT CHARACTER}" for c in text
    )
