from __future__ import annotations

from pathlib import Path

import pytest

from labctl.errors import UsageError
from labctl.scaffold.plan import Plan


def test_files_are_made_changed_and_appended_to(tmp_path: Path) -> None:
    table = tmp_path / "table.toml"
    table.write_text("a = {\n}\n", encoding="utf-8")
    plan = Plan()
    plan.package(tmp_path / "x", tmp_path / "y", summary="Things.")
    plan.add(tmp_path / "new" / "file", "one\n")
    plan.append(tmp_path / "new" / "file", "two\n")
    plan.append(table, "b = 1\n")
    plan.insert(table, "}", "  c,\n")
    plan.carry_out()
    assert (tmp_path / "new" / "file").read_text(encoding="utf-8") == "one\ntwo\n"
    assert table.read_text(encoding="utf-8") == "a = {\n  c,\n}\nb = 1\n"
    assert (tmp_path / "y" / "__init__.py").read_text(encoding="utf-8") == '"""Things."""\n'


def test_a_package_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "__init__.py").write_text("x = 1\n", encoding="utf-8")
    plan = Plan()
    plan.package(tmp_path, summary="Things.")
    plan.carry_out()
    assert (tmp_path / "__init__.py").read_text(encoding="utf-8") == "x = 1\n"


def test_nothing_is_written_where_one_file_is_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "b").write_text("mine\n", encoding="utf-8")
    plan = Plan()
    plan.add(tmp_path / "a", "new\n")
    plan.add(tmp_path / "b", "new\n")
    with pytest.raises(UsageError, match=r"nothing was written; there already: .*b"):
        plan.carry_out()
    assert not (tmp_path / "a").exists()
    assert (tmp_path / "b").read_text(encoding="utf-8") == "mine\n"


def test_a_file_to_add_to_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        Plan().append(tmp_path / "none", "x\n")
    (tmp_path / "table").write_text("a\n", encoding="utf-8")
    with pytest.raises(UsageError, match="has no line '}'"):
        Plan().insert(tmp_path / "table", "}", "x\n")
