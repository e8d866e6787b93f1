"""Conditions in words: declared by someone, and the members that some of them list."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from labctl.evidence import Observed
from labctl.indicator import Condition
from labctl.judging.record import ConditionVerdict
from labctl.judging.states import State, conclude


def decide_aspect(condition: Condition, observed: Observed) -> ConditionVerdict:
    """The verdict on a condition in words.

    `must_include`: every named member is among those counted. `choose_from`: only named ones are.
    `for_example` binds nobody. Any other aspect is declared by a person and states the text.
    """
    state, reason = _state(condition, observed)
    declared = observed.text or ", ".join(observed.members)
    return msgspec.structs.replace(
        conclude(condition, state, reason), text=declared, declared_by=observed.declared_by
    )


def members(text: str) -> tuple[str, ...]:
    """The members that a text lists: separated by commas, without what stands in brackets."""
    bare = re.sub(r"[(（][^)）]*[)）]", "", text)
    return tuple(filter(None, (" ".join(part.split()) for part in re.split(r"[,，、;；]", bare))))


def _state(condition: Condition, observed: Observed) -> tuple[State, str]:
    if condition.aspect == "for_example":
        return "held", ""
    if condition.aspect in ("must_include", "choose_from"):
        return _members(condition, observed)
    return _declared(condition, observed)


def _members(condition: Condition, observed: Observed) -> tuple[State, str]:
    counted = _folded(observed.members or members(observed.text))
    named = _folded(members(condition.text))
    if not counted:
        return "not observed", "no member was named"
    if condition.aspect == "must_include":
        odd = [name for key, name in named.items() if key not in counted]
        word = "missing"
    else:
        odd = [name for key, name in counted.items() if key not in named]
        word = "not among those to choose from"
    return ("not held", f"{word}: {', '.join(odd)}") if odd else ("held", "")


def _declared(condition: Condition, observed: Observed) -> tuple[State, str]:
    """What was declared must state the condition; after a comma or bracket it may say more."""
    if not observed.text.strip() or not observed.declared_by.strip():
        return "not observed", "not declared by anyone"
    asked, declared = _key(condition.text), _key(observed.text)
    more = declared.removeprefix(asked)
    if not declared.startswith(asked) or (more and more.lstrip()[0] not in ",;:.(，；：。（"):
        return "not held", f"declared was {observed.text!r}, asked for {condition.text!r}"
    return "held", ""


def _folded(names: Iterable[str]) -> dict[str, str]:
    """Members by the key they are compared by: no case, no spacing, nothing in brackets."""
    return {_key(bare): name for name in names for bare in members(name) or (name,)}


def _key(text: str) -> str:
    return " ".join(text.casefold().split())
