"""An instrument in another one's place: accepted where a person ordered the swap of its role."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Sequence
from typing import Any

from labctl.evidence import Instrument
from labctl.journal.standing import Standing

STAYS = ("driver", "limits")
"""What the bench file says of a role for whatever instrument fills it."""


def may_take_its_place(known: Standing, found: Instrument) -> bool:
    """Whether `found` may be there: the instrument that was, or the swap of that one was ordered.

    Another one has to be of the same driver.
    """
    before = {one.role: one for one in known.instruments}.get(found.role)
    if before is None or before.identity == found.identity:
        return True
    return known.swapped.get(found.role) == before.identity and found.driver == before.driver


def exchanged(known: Standing, found: Sequence[Instrument]) -> tuple[Instrument, ...]:
    """Those of `found` that the item was not gone on with last; all where it begins."""
    return tuple(one for one in found if one not in known.instruments)


def same_but(before: str, after: str, roles: Collection[str]) -> bool:
    """Whether two bench files say the same but for the instruments in `roles`.

    Driver and limits of those roles have to be the same too.
    """
    try:
        return _without(tomllib.loads(before), roles) == _without(tomllib.loads(after), roles)
    except tomllib.TOMLDecodeError:
        return False


def _without(bench: dict[str, Any], roles: Collection[str]) -> dict[str, Any]:
    entries: dict[str, dict[str, Any]] = dict(bench.get("roles", {}))
    for role in roles:
        if role in entries:
            kept = entries[role]
            entries[role] = {name: kept.get(name) for name in STAYS}
    return {**bench, "roles": entries}
