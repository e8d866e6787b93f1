"""The table of limits in docs/operate-a-lab-pc.md is what the drivers keep."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from drivers.conformance.fitting import fits, roles
from drivers.conformance.folder import OURS, folder_of

PAGE = Path(__file__).resolve().parents[2] / "docs" / "operate-a-lab-pc.md"
HEAD = "| role | driver | limits |\n|---|---|---|\n"


def rows() -> list[str]:
    """A line for each role and set of limits that drivers of the role keep."""
    found: dict[tuple[str, str], list[str]] = {}
    for subject in folder_of(OURS).subjects():
        kind: Any = subject.kind
        limits = ", ".join(f"{name} ({unit})" for name, unit in sorted(kind.limit_units.items()))
        for role in roles(OURS):
            if limits and fits(kind, role):
                found.setdefault((role.__name__, limits), []).append(f"`{subject.name}`")
    return sorted(f"| {role} | {', '.join(who)} | {what} |" for (role, what), who in found.items())


def test_the_table_is_what_the_drivers_keep() -> None:
    wanted = HEAD + "\n".join(rows()) + "\n"
    text = PAGE.read_text(encoding="utf-8")
    assert wanted in text, f"the table should be:\n{wanted}"
