"""Every rule over every file; and of each rule, that it finds what it is there to find."""

from __future__ import annotations

import pytest

from tests.house.rules import (
    arrows,
    clock,
    docstrings,
    encoding,
    names,
    platform,
    reflection,
    size,
)
from tests.house.tree import Rule, Source, sources

RULES = [
    module.RULE
    for module in (arrows, clock, docstrings, encoding, names, platform, reflection, size)
]
by_name = pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])


def _found(rule: Rule) -> list[str]:
    return [finding for source in sources() for finding in rule.findings(source)]


@by_name
def test_every_file_keeps_the_rule(rule: Rule) -> None:
    broken = [finding for finding in _found(rule) if rule.excuse(finding) is None]
    assert not broken, "\n" + "\n".join(broken)


@by_name
def test_every_excuse_is_needed_and_has_a_reason(rule: Rule) -> None:
    used = {rule.excuse(finding) for finding in _found(rule)}
    assert set(rule.allowed) <= used
    assert all(len(reason.split()) >= 4 for reason in rule.allowed.values())


@by_name
def test_the_rule_looks_at_files(rule: Rule) -> None:
    assert any(rule.applies(source.path) for source in sources())


@by_name
def test_the_rule_finds_each_bad_example(rule: Rule) -> None:
    assert rule.bad
    for path, text in rule.bad:
        assert rule.findings(Source(path, text)), (path, text)


@by_name
def test_the_rule_leaves_each_good_example(rule: Rule) -> None:
    for path, text in rule.good:
        assert not rule.findings(Source(path, text)), (path, text)
