from __future__ import annotations

from labctl.testing.check import Check


def test_a_check_is_named_by_subject_and_rule_and_looks_only_when_asked() -> None:
    looked: list[str] = []

    def find() -> list[str]:
        looked.append("once")
        return ["it is blue"]

    check = Check("driver acme.v1", "is red", find)
    assert str(check) == "driver acme.v1: is red"
    assert not looked
    assert check.findings() == ["it is blue"]
