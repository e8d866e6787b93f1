"""The reference pages say what is there: tables of the journal, commands, decisions."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import lru_cache

from labctl.journal import SCHEMA_VERSION
from labctl.journal.schema import CHAIN, TABLES
from tests.house.tree import ROOT


def _page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def described(page: str) -> dict[str, tuple[str, ...]]:
    """Table name -> column names, by the rows of a Markdown table."""
    rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \|", page, re.MULTILINE)
    return {name: tuple(column.strip() for column in columns.split(",")) for name, columns in rows}


def test_every_table_of_the_journal_is_described() -> None:
    page = _page("wire-and-journal.md")
    assert described(page) == {table.name: table.names for table in (*TABLES, CHAIN)}
    assert f"describes version {SCHEMA_VERSION}." in page


def test_a_missing_column_would_be_found() -> None:
    assert described("| `steps` | attempt, t | x |") == {"steps": ("attempt", "t")}


@lru_cache
def commands() -> frozenset[str]:
    """The commands that `labctl --help` lists."""
    text = subprocess.run(
        [sys.executable, "-m", "labctl", "--help", "--lang", "en"],
        capture_output=True,
        encoding="utf-8",
        check=True,
        cwd=ROOT,
    ).stdout
    return frozenset(re.findall(r"^  ([a-z]+)  ", text, re.MULTILINE))


def test_every_command_is_described() -> None:
    described = re.findall(r"^## `labctl ([a-z]+)", _page("command-line.md"), re.MULTILINE)
    assert "run" in commands()
    assert set(described) == commands()


def test_no_command_that_is_there_is_listed_as_a_gap() -> None:
    listed = re.search(r"\*\*Not yet commands\*\*: ([^*]+?)\.\n", _page("gaps.md"))
    assert listed
    assert not set(re.findall(r"`([a-z ]+)`", listed[1])) & commands()


def test_every_decision_is_listed_and_dated() -> None:
    index = _page("decisions/index.md")
    records = sorted((ROOT / "docs/decisions").glob("[0-9]*.md"))
    assert records
    for record in records:
        text = record.read_text(encoding="utf-8")
        date = re.search(r"^(\d{4}-\d\d-\d\d), (accepted|superseded)", text, re.MULTILINE)
        assert date, record.name
        assert f"({record.name}) | {date[1]} |" in index, record.name
        assert text.count("\n") <= 70, f"{record.name} is longer than a page"
