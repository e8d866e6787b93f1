from __future__ import annotations

from pathlib import Path

import pytest

from labctl.provenance import code_sha256, labctl_version, package_versions


def test_versions_name_python_labctl_and_what_runs() -> None:
    versions = package_versions()
    assert {"python", "labctl-hil", "msgspec", "numpy"} <= set(versions)
    assert "pytest" not in versions
    assert versions["labctl-hil"] == labctl_version()


def test_code_hashes_change_with_the_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "hashed_package"
    package.mkdir()
    (package / "__init__.py").write_text("", encoding="utf-8")
    (package / "a.py").write_text("x = 1\n", encoding="utf-8", newline="\n")
    monkeypatch.syspath_prepend(tmp_path)
    before, module = code_sha256("hashed_package"), code_sha256("hashed_package.a")
    code_sha256.cache_clear()
    (package / "a.py").write_text("x = 1\n", encoding="utf-8", newline="\r\n")
    assert (code_sha256("hashed_package"), code_sha256("hashed_package.a")) == (before, module)
    code_sha256.cache_clear()
    (package / "a.py").write_text("x = 2\n", encoding="utf-8")
    assert code_sha256("hashed_package") != before
    assert code_sha256("hashed_package.a") != module


def test_a_package_that_is_not_there_has_no_hash() -> None:
    assert code_sha256("no_such_package_at_all") == ""
