from __future__ import annotations

from pathlib import Path

from fastapi.routing import APIRoute

from labctl.web.api import ROUTERS
from labctl.web.roles import LEAST, MEANS, NAMES, WORDS, Role, Verb, may
from tests.house.tree import ROOT

OPEN = {"/login", "/logout"}
"""Paths that need nobody to be logged in."""


def test_every_verb_has_a_least_role_and_words() -> None:
    assert set(LEAST) == set(MEANS) == set(Verb)
    assert set(NAMES) == set(Role) == set(WORDS.values())


def test_a_role_may_do_what_the_ones_before_it_may() -> None:
    for verb in Verb:
        able = [role for role in Role if may(role, verb)]
        assert able == [role for role in Role if role >= LEAST[verb]] and able[-1:] == [Role(4)]
    assert not may(Role.VIEWER, Verb.ABORT) and may(Role.TECHNICIAN, Verb.ABORT)


def test_every_route_asks_who_may() -> None:
    unguarded = set()
    for router in ROUTERS:
        for route in router.routes:
            assert isinstance(route, APIRoute)
            calls = {str(one.call) for one in route.dependant.dependencies}
            if not any("allowed" in call for call in calls):
                unguarded.add(route.path)
    assert unguarded == OPEN


def test_the_documentation_has_the_same_table() -> None:
    text = Path(ROOT / "docs/serve.md").read_text(encoding="utf-8")
    rows = [f"| `{verb.value}` | {MEANS[verb]} | {LEAST[verb].word} |" for verb in Verb]
    assert "\n".join(rows) in text
