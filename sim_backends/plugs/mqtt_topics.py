"""Topic names and filters of MQTT (5.0, section 4.7)."""

from __future__ import annotations


def is_name(topic: str) -> bool:
    """Whether something can be published to `topic`."""
    return bool(topic) and not any(character in topic for character in "+#")


def is_filter(text: str) -> bool:
    """Whether `text` can be subscribed to."""
    levels = text.split("/")
    for index, level in enumerate(levels):
        if "#" in level and (level != "#" or index != len(levels) - 1):
            return False
        if "+" in level and level != "+":
            return False
    return bool(text)


def matches(filter_: str, topic: str) -> bool:
    """Whether `topic` falls under `filter_`; topics with $ only where the filter names them."""
    wanted, given = filter_.split("/"), topic.split("/")
    if topic.startswith("$") and wanted[0] in ("+", "#"):
        return False
    for index, level in enumerate(wanted):
        if level == "#":
            return True
        if index >= len(given) or level not in ("+", given[index]):
            return False
    return len(wanted) == len(given)
