"""Whether a DCC's instrument was adjusted, and whether it conformed before."""

from __future__ import annotations

from collections.abc import Iterable

from labctl.calibration.certificate import AsFound
from labctl.calibration.dcc_tables import has_table
from labctl.calibration.xmltree import Node

BEFORE = ("beforeAdjustment", "beforeRepair")
AFTER = ("afterAdjustment", "afterRepair")


def status_of(node: Node) -> frozenset[str]:
    """What its influence conditions say of an adjustment or a repair."""
    found = (one.said("status") for one in node.inside() if one.name == "influenceCondition")
    return frozenset(word for word in found if word in (*BEFORE, *AFTER))


def is_before(node: Node) -> bool:
    """Whether what stands in `node` was measured before an adjustment.

    A measurement result whose condition `beforeAdjustment` has the old readings in itself holds
    the new ones.
    """
    if node.name == "influenceCondition":
        return node.said("status") in BEFORE
    conditions = [
        one for all_of_them in node.all("influenceConditions") for one in all_of_them.children
    ]
    said = {one.said("status") for one in conditions if not has_table(one)}
    return bool(said & set(BEFORE)) and not said & set(AFTER)


def as_found_of(parts: Iterable[Node]) -> AsFound:
    """Whether everything in `parts` conformed (`basic_conformity`); "" where that is not said."""
    words: set[str] = set()
    for part in parts:
        for one in part.inside():
            if one.name in ("metaData", "statement") and "basic_conformity" in one.types:
                said = f"{one.said('conformity')} {one.said('conformityXMLList')}"
                words |= set(said.split())
    if words & {"fail", "noPass"}:
        return "outside"
    return "within" if words == {"pass"} else ""
