from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from labctl.ci.changed import differing, files_of, touched
from labctl.discovery import Bound
from labctl.errors import UsageError
from labctl.indicator import Indicator
from labctl.labs import LABCTL_API, Lab, OpenBench
from labctl.procedure import Procedure
from labctl.proficiency.code import Code
from labctl.proficiency.record import Proven, Record, write
from tests.labctl.fakelab import INDICATOR, OhmRig

FILES = ("f01/d01.py", "methods/iv.py", "drivers/meter.py", "emulators/meter.py", "bench.toml")


def git(folder: Path, *words: str) -> None:
    who = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b", "GIT_COMMITTER_NAME": "a"}
    environment = {**os.environ, **who, "GIT_COMMITTER_EMAIL": "a@b"}
    subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, env=environment)


async def open_bench(*args: object, **options: object) -> OpenBench:
    raise AssertionError("not opened here")


async def measured(run: object, rig: object) -> None:
    raise AssertionError("not run here")


async def unrecorded(run: object, rig: object) -> None:
    raise AssertionError("not run here")


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A lab's package in a repository of its own, with a record of `measured`."""
    name = f"changed_{tmp_path.name}"
    root = tmp_path / name
    for file in FILES:
        path = root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("# as it was\n", encoding="utf-8")
        (path.parent / "__init__.py").write_text("", encoding="utf-8")
    code = Code(
        f"{name}.f01.d01",
        method=(f"{name}.methods.iv",),
        drivers=(f"{name}.drivers.meter",),
        emulators=(f"{name}.emulators.meter",),
        bench=f"{name}:bench.toml",
    )
    proven = {f"{measured.__module__}.measured": Proven(code, {"procedure": "as it was"})}
    write(root / "proficiency.toml", Record(proven, {}))
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "one")
    monkeypatch.syspath_prepend(tmp_path)
    yield root
    for module in [one for one in sys.modules if one.startswith(name)]:
        del sys.modules[module]


def found(tree: Path, base: str = "HEAD") -> list[str]:
    """Ids of those that are touched: 1.1-01 is on record, 1.1-02 is not, 1.1-03 has none."""
    lab = Lab("fake", LABCTL_API, {"procedures": tree.name}, open_bench)
    functions = {"1.1-01": measured, "1.1-02": unrecorded}

    def resolve(indicator: Indicator) -> Bound | None:
        function = functions.get(indicator.id)
        if function is None:
            return None
        return Bound(Procedure(function, (indicator.id,), OhmRig), lab)  # type: ignore[arg-type]

    rows = [msgspec.structs.replace(INDICATOR, id=f"1.1-0{n}") for n in (1, 2, 3)]
    return [one.id for one in touched(rows, base, resolve)]


def test_what_is_not_on_record_counts_as_touched(tree: Path) -> None:
    assert found(tree) == ["1.1-02"]


@pytest.mark.parametrize("file", FILES)
def test_any_file_that_it_was_tried_with_touches_it(tree: Path, file: str) -> None:
    (tree / file).write_text("# as it is\n", encoding="utf-8")
    assert found(tree) == ["1.1-01", "1.1-02"]
    git(tree, "commit", "-q", "-a", "-m", "two")
    assert found(tree) == ["1.1-02"]
    assert found(tree, "HEAD~1") == ["1.1-01", "1.1-02"]


def test_other_files_do_not(tree: Path) -> None:
    (tree / "methods" / "other.py").write_text("", encoding="utf-8")
    assert found(tree) == ["1.1-02"]
    assert {path.name for path in differing(tree.parent, "HEAD")} == {"other.py"}


def test_a_module_that_is_gone_touches_it(tree: Path) -> None:
    (tree / "methods" / "iv.py").unlink()
    assert None in set(files_of(Code(f"{tree.name}.methods.iv")))
    assert found(tree) == ["1.1-01", "1.1-02"]


def test_what_is_no_commit_is_told(tree: Path) -> None:
    with pytest.raises(UsageError, match="git diff failed") as raised:
        found(tree, "no-such-commit")
    assert raised.value.remedy
