from __future__ import annotations

from pathlib import Path

import pytest

from labctl.errors import UsageError
from labctl.scaffold.tree import lab_around, tree_around
from tests.house.tree import ROOT

PROJECT = '[project.entry-points."labctl.labs"]\nacme = "acme_lab.lab:LAB"\n'


@pytest.mark.parametrize("home", ["acme_lab", "src/acme_lab"])
def test_a_labs_tree_is_found_from_any_folder_of_it(home: str, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    (tmp_path / home / "drivers").mkdir(parents=True)
    found = lab_around(tmp_path / home / "drivers")
    assert (found.lab, found.root, found.home) == ("acme", tmp_path, tmp_path / home)
    assert (found.package, found.top, found.is_ours) == ("acme_lab.", "acme_lab", False)
    assert found.golden == tmp_path / home / "golden"


def test_our_own_tree_is_known(tmp_path: Path) -> None:
    found = tree_around(ROOT / "docs")
    assert (found.is_ours, found.package, found.home) == (True, "", ROOT)
    assert found.golden == ROOT / "tests" / "golden"
    with pytest.raises(UsageError, match="labctl's own tree"):
        lab_around(ROOT)


def test_another_project_is_no_lab(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\n', encoding="utf-8")
    with pytest.raises(UsageError, match="lies in no lab's source tree"):
        tree_around(tmp_path)


def test_a_project_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[project\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"pyproject\.toml"):
        tree_around(tmp_path)
