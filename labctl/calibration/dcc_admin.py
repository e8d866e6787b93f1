"""What a DCC says of itself: number, laboratory, instrument, dates (`dcc:administrativeData`)."""

from __future__ import annotations

from labctl.calibration.refusal import Where
from labctl.calibration.xmltree import Node

SERIAL = ("serial", "seriennummer", "serien-nr", "序列号", "出厂编号")
"""Words in the name of an identification that make it the serial number."""


def name_of(node: Node) -> str:
    """The name of an element, in English where it has one; "" without one."""
    contents = [content for name in node.all("name") for content in name.all("content")]
    english = [one for one in contents if one.attributes.get("lang") == "en"]
    return next((one.text for one in (*english, *contents)), "")


def number_of(core: Node, where: Where) -> str:
    """The certificate's number."""
    return core.said("uniqueIdentifier") or where.at("uniqueIdentifier").wrong("is missing")


def laboratory_of(administrative: Node, where: Where) -> str:
    """Name of the calibration laboratory, with its code where it has one."""
    laboratory = administrative.one("calibrationLaboratory")
    contact = None if laboratory is None else laboratory.one("contact")
    if laboratory is None or contact is None or not name_of(contact):
        where.at("calibrationLaboratory").wrong("has no name")
    code = laboratory.said("calibrationLaboratoryCode")
    return f"{name_of(contact)}, {code}" if code else name_of(contact)


def serial_of(administrative: Node, where: Where) -> str:
    """Serial number of the one item that was calibrated.

    It is the maker's identification; where the maker gave several, the one that is called so.
    """
    items = administrative.one("items")
    found = [] if items is None else items.all("item")
    place = where.at("items", 0 if items is None else items.line)
    if len(found) != 1:
        place.wrong(f"has {len(found)} items", "a certificate here is of one instrument")
    own = [
        one
        for one in found[0].inside()
        if one.name == "identification" and one.said("issuer") == "manufacturer"
    ]
    named = [one for one in own if _is_serial(one)]
    chosen = named or own
    serials = {one.said("value") for one in chosen}
    if len(serials) != 1:
        place.wrong(
            f"the maker gave {len(serials)} identifications, and which is the serial number is "
            "not said",
            "name it so, or write the certificate as TOML",
        )
    return serials.pop()


def _is_serial(identification: Node) -> bool:
    names = " ".join(one.text for one in identification.inside() if one.name == "content").lower()
    typed = any(word.endswith("_serialNumber") for word in identification.types)
    return typed or any(word in names for word in SERIAL)


def due_of(administrative: Node, where: Where) -> str:
    """The day by which it is to be calibrated again (`basic_recalibration`), ISO; "" if not
    said."""
    statements = administrative.one("statements")
    found = [] if statements is None else statements.all("statement")
    dates = {one.said("date") for one in found if "basic_recalibration" in one.types}
    dates.discard("")
    if len(dates) > 1:
        where.at("statements").wrong("recalibration is due on " + " and on ".join(sorted(dates)))
    return dates.pop()[:10] if dates else ""
