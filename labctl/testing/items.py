"""Checks as items of pytest: one that finds something fails with the findings, no traceback."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from labctl.errors import LabError
from labctl.testing.check import Check


class NotConforming(Exception):
    """A check found something."""


class LabNode(pytest.Collector):
    """The lab in a test report, its package before the names of the checks."""

    def collect(self) -> Iterable[pytest.Item]:
        """Nothing: its items are made from the checks."""
        return ()


class CheckItem(pytest.Item):
    """One check."""

    def __init__(self, *, check: Check, **rest: Any) -> None:
        super().__init__(**rest)  # pyright: ignore[reportUnknownMemberType]
        self.check = check

    def runtest(self) -> None:
        """`NotConforming` with all that is wrong; a check that raises fails as it is."""
        found = self.check.findings()
        if found:
            raise NotConforming("\n".join(found))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The findings alone, or an error's own words; of any other exception its traceback."""
        if isinstance(excinfo.value, NotConforming | LabError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, None, str]:
        """It stands in no file."""
        return self.path, None, self.name


def items(node: LabNode, checks: Iterable[Check]) -> list[pytest.Item]:
    """An item for each check, in their order."""
    found: list[pytest.Item] = []
    for check in checks:
        found.append(CheckItem.from_parent(node, name=check.name, check=check))  # pyright: ignore[reportUnknownMemberType]
    return found


def lab_node(session: pytest.Session, lab: str, package: str) -> LabNode:
    """The node of `lab`; its checks are called `package::<check>`."""
    return LabNode.from_parent(session, name=lab, nodeid=package)  # pyright: ignore[reportUnknownMemberType]
